"""The one place where steps meet: land, stage, gate, link, build, gate, publish."""

from __future__ import annotations

import hashlib
import importlib
import json
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import duckdb
import polars as pl

from expectations import gates, measures
from ingest import landing
from ingest.discover import listed_in_inbox
from ingest.landing import digest
from ingest.session import Session
from iplake import lake, registry
from iplake.contract import Batch, Connector, Drift, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import (
    UNREADABLE,
    ConfigError,
    GateFailed,
    LakeError,
    Locked,
    RecordRejected,
    SourceChanged,
)
from iplake.log import get_logger
from iplake.manifest import snapshots
from iplake.settings import settings
from transforms.schema import Clean, conform, refuse
from warehouse import build_state, linking, linking_rights, mentions, meta, shard_task
from warehouse.publish import publish as publish_build
from warehouse.reader import Release, list_releases
from warehouse.staging import (
    ROW_GROUP_ROWS,
    Count,
    Receipt,
    Staged,
    StagingWriter,
    add_up,
    merge_drift,
    refused_part,
    staged_parts,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from warehouse.build import BuildResult

log = get_logger(__name__)

Progress = Callable[[str], None]

CHANGE_REASONS = "^(unknown_.*|missing_field|missing_required|wrong_type)$"
"""Refusals that speak of a source that changed, rather than of a damaged record."""

FEW_CHANGED = 10
"""Fewer changed records in one snapshot are judged by the share of all records alone."""

STAGING_GATE = "staging"
PUBLISH_GATE = "publish"

BUILD = "build"
"""The lock on the build that is to be published next."""

WORTH_WORKERS_BYTES = 32 << 20
"""From here on the start of further processes costs less than it saves."""

BATCHES_AHEAD = 3
"""A block of a delimited file makes so many at most: the next block is read meanwhile."""


def connector(source: Source) -> Connector:
    """Return the module `ingest/<domain>/<source>.py`."""
    return cast("Connector", importlib.import_module(f"ingest.{source.domain}.{source.name}"))


def cleaners(source: Source) -> dict[str, Clean]:
    """Return the transforms of a source, one per table, in `transforms/<domain>/<source>.py`."""
    module = importlib.import_module(f"transforms.{source.domain}.{source.name}")
    return cast("dict[str, Clean]", module.CLEAN)


def land(address: str, since: date | None = None, until: date | None = None) -> list[str]:
    """Fetch what is new at a source; return the ids of the snapshots that it offers now.

    With `since` and `until` (both included) only files of those days are fetched; files
    without a day of their own always are.
    """
    source = registry.get(address)
    is_direct = fetches_directly(source)
    if is_direct and source.access and not source.access.automated and not source.inbox:
        raise ConfigError(
            "the source's terms do not let a program fetch from it; name a mirror that may",
            source=address,
            reason=source.access.reason,
        )
    with lake.locked(f"land {address}"), Session(source, settings()) as session:
        takes_inbox = is_direct and source.inbox
        with naming(source):
            offered = list(
                listed_in_inbox(source)
                if takes_inbox
                else connector(source).discover(session, source)
            )
        if not offered:
            raise SourceChanged("the source offers no files at all", source=address)
        wanted = [each for each in offered if _is_between(each.published, since, until)]
        return _land_each(session, source, wanted)


@contextmanager
def naming(source: Source, **facts: object) -> Iterator[None]:
    """Have every error say which source and file it is about; what nobody can read changed."""
    told = {"source": source.address, **facts}
    try:
        yield
    except RecordRejected as error:
        raise SourceChanged(error.message, **{**told, **error.facts}) from error
    except LakeError as error:
        error.facts = {**told, **error.facts}
        raise
    except UNREADABLE as error:
        raise SourceChanged(
            "not of the form that its connector reads; look what changed, and mend the connector",
            **told,
            said=f"{type(error).__name__}: {error}"[:300],
        ) from error


def fetches_directly(source: Source) -> bool:
    """Return whether a source is fetched from its publisher: no mirror, no other address."""
    overrides = settings().for_source(source.domain, source.name)
    return settings().mirror is None and overrides.base_url is None


def _land_each(session: Session, source: Source, wanted: Sequence[Resource]) -> list[str]:
    """Land files one by one; what a person has to look at does not keep back the others."""
    newest = {manifest.request: manifest for manifest in snapshots(source)}
    landed: list[str] = []
    changed: list[SourceChanged] = []
    for resource in wanted:
        try:
            with naming(source):
                manifest = landing.land(session, source, resource, newest.get(resource.request))
        except SourceChanged as error:
            log.error("not landed", source=source.address, file=resource.name, said=str(error))
            changed.append(error)
        else:
            landed.append(manifest.snapshot_id)
    if changed:
        raise changed[0]
    return landed


def _is_between(day: date | None, since: date | None, until: date | None) -> bool:
    if day is None:
        return True
    return (since is None or day >= since) and (until is None or day <= until)


def stage(address: str, snapshot_id: str) -> Receipt:
    """Stage one landed snapshot, unless that was done before by the same code."""
    source = registry.get(address)
    with lake.locked(f"stage {address} {snapshot_id}"):
        return _stage(source, snapshot_id)


def _stage(source: Source, snapshot_id: str) -> Receipt:
    file = landing.raw_file(source, snapshot_id)
    fingerprint = code_fingerprint(source)
    done = lake.receipt_path(source, snapshot_id)
    if done.exists():
        receipt = Receipt.from_json(done.read_text(encoding="utf-8"))
        if receipt.fingerprint == fingerprint:
            return receipt
    with tempfile.TemporaryDirectory(dir=lake.scratch()) as scratch:
        parts = stage_parts(source, file, Path(scratch), settings().jobs)
        counts = add_up(staged.counts for _, staged in parts)
        forget(source, snapshot_id)
        for table in source.tables:
            lake.empty(source, table).unlink(missing_ok=True)
        for number, (folder, _) in enumerate(parts):
            for table in source.tables:
                name = f"{snapshot_id}.{number:04d}"
                rows = lake.ensure(lake.staging(source, table))
                for at, part in enumerate(staged_parts(folder, table)):
                    part.replace(rows / f"{name}.{at:04d}.parquet")
                refused = lake.ensure(lake.quarantine(source, table))
                refused_part(folder, table).replace(refused / f"{name}.parquet")
    receipt = Receipt(
        address=source.address,
        snapshot_id=snapshot_id,
        file_name=file.name,
        fingerprint=fingerprint,
        parts=len(parts),
        counts=counts,
        drift=merge_drift(found for _, staged in parts for found in staged.drift),
    )
    lake.ensure(done.parent)
    done.write_text(receipt.to_json(), encoding="utf-8")
    _warn_of(receipt.drift, source, file.name)
    main = counts[source.main_table]
    log.info(
        "staged",
        source=source.address,
        file=file.name,
        records=main.records,
        rows=main.staged,
    )
    return receipt


def current_snapshots(source: Source) -> list[str]:
    """Return the newest landed snapshot of each file that a source offers."""
    newest = {manifest.request: manifest.snapshot_id for manifest in snapshots(source)}
    return sorted(newest.values())


def drop_superseded(address: str) -> list[str]:
    """Remove staged rows of snapshots that a newer one replaces; raw bytes stay. Return ids."""
    source = registry.get(address)
    staged = {path.stem for path in lake.receipts(source).glob("*.json")}
    superseded = sorted(staged - set(current_snapshots(source)))
    for snapshot_id in superseded:
        forget(source, snapshot_id)
    return superseded


def drop_unfinished() -> None:
    """Remove staged parts that no receipt speaks of: a run was killed while it moved them.

    Parts of a snapshot that is being staged now are left to that run.
    """
    for source in registry.sources().values():
        finished = {path.stem for path in lake.receipts(source).glob("*.json")}
        parts = [path for table in source.tables for path in lake.staging(source, table).glob("*")]
        found = {path.name.partition(".")[0] for path in parts if path.name != lake.EMPTY}
        for snapshot_id in sorted(found - finished):
            try:
                with lake.locked(f"stage {source.address} {snapshot_id}"):
                    if not lake.receipt_path(source, snapshot_id).exists():
                        log.warning("an unfinished staging is dropped", source=source.address)
                        forget(source, snapshot_id)
            except Locked:
                continue


def forget(source: Source, snapshot_id: str) -> None:
    """Remove all staged and quarantined rows of a snapshot, its receipt first."""
    lake.receipt_path(source, snapshot_id).unlink(missing_ok=True)
    for table in source.tables:
        for folder in (lake.staging(source, table), lake.quarantine(source, table)):
            for path in folder.glob(f"{snapshot_id}.*.parquet"):
                path.unlink()


def stage_files(address: str, files: Sequence[Path], out: Path, jobs: int) -> dict[str, Count]:
    """Stage given raw files without network or lake into `<out>/<table>.parquet`.

    Refused records of all tables go to `<out>/quarantine.parquet`. Returns the counts.
    """
    return _stage_files(registry.get(address), files, out, jobs).counts


def stage_with_drift(
    address: str, files: Sequence[Path], out: Path, jobs: int
) -> tuple[Drift, ...]:
    """Stage given raw files as `stage_files` does; return their fields that nobody knows."""
    return _stage_files(registry.get(address), files, out, jobs).drift


def _stage_files(source: Source, files: Sequence[Path], out: Path, jobs: int) -> Staged:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        parts: list[tuple[Path, Staged]] = []
        for number, path in enumerate(files):
            if not path.is_file():
                raise ConfigError("no such file", file=path)
            file = RawFile(path, path.name, path.name, digest(path, "sha256")[:16], None)
            parts += stage_parts(source, file, Path(scratch) / str(number), jobs)
        for table in source.tables:
            staged = [part for folder, _ in parts for part in staged_parts(folder, table)]
            _concatenate(staged, out / f"{table}.parquet")
        refused = [refused_part(folder, table) for folder, _ in parts for table in source.tables]
        _concatenate(refused, out / "quarantine.parquet")
    drift = merge_drift(found for _, each in parts for found in each.drift)
    _warn_of(drift, source, ", ".join(path.name for path in files))
    return Staged(add_up(each.counts for _, each in parts), drift)


def _warn_of(drift: Sequence[Drift], source: Source, file: str) -> None:
    if drift:
        log.warning(
            "fields that nobody knows were left out; `iplake sources check` lists them",
            source=source.address,
            file=file,
            fields=", ".join(f"{each.table}.{each.field}" for each in drift)[:500],
        )


def _concatenate(parts: Sequence[Path], target: Path) -> None:
    if len(parts) == 1:
        parts[0].replace(target)
        return
    pl.scan_parquet(list(parts)).sink_parquet(
        target, compression="zstd", compression_level=1, row_group_size=ROW_GROUP_ROWS
    )


def stage_parts(
    source: Source, file: RawFile, folder: Path, jobs: int
) -> list[tuple[Path, Staged]]:
    """Stage every shard of a file into a folder of its own; return what each came to.

    Shards depend on the file alone, never on `jobs`, so that the output does not either.
    """
    # Workers start while a large file's shards are sought, and end where it has none.
    is_large = file.path.stat().st_size >= WORTH_WORKERS_BYTES
    with shard_task.started(jobs - 1 if is_large else 0) as workers:
        with naming(source, snapshot=file.snapshot_id, file=file.name):
            shards = list(connector(source).shards(file))
        folders = [folder / f"{number:04d}" for number in range(len(shards) or 1)]
        if not shards:
            staged = [stage_shard(source, file, None, folders[0], is_alone=jobs > 1)]
        else:
            here = partial(stage_shard, source, file)
            others = [partial(worker.stage, source, file) for worker in workers]
            staged = shard_task.share([here, *others], zip(shards, folders, strict=True))
    return list(zip(folders, staged, strict=True))


def stage_shard(
    source: Source, file: RawFile, shard: Shard | None, folder: Path, *, is_alone: bool = False
) -> Staged:
    """Stage one shard in this process; raise if a record was lost.

    A shard that has both cores for itself is read, cleaned and written at the same time.
    """
    clean = cleaners(source)
    refused: dict[str, set[int]] = {table: set() for table in source.tables}
    batches = connector(source).read(file, source, shard)
    about = naming(source, snapshot=file.snapshot_id, file=file.name)
    with about, StagingWriter(source, file, folder, is_alone=is_alone) as writer:
        for batch in _ahead(batches) if is_alone else batches:
            cleaned = clean_batch(source, batch, clean[batch.table], refused)
            marks = cleaned.filter(pl.col("_reason").is_not_null())
            refused[batch.table].update(marks["_record_number"].to_list())
            writer.write(batch, cleaned)
    return writer.staged()


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Yield batches, some more being read meanwhile."""
    with ThreadPoolExecutor(1) as reading:
        coming = deque(reading.submit(next, batches, None) for _ in range(BATCHES_AHEAD))
        while (batch := coming.popleft().result()) is not None:
            coming.append(reading.submit(next, batches, None))
            yield batch


def clean_batch(
    source: Source, batch: Batch, clean: Clean, refused: Mapping[str, set[int]]
) -> pl.DataFrame:
    """Return a batch's rows cleaned and marked, as many and in the same order as before.

    Rows that hang on a refused record of the table that they refer to are refused with it.
    """
    table = source.tables[batch.table]
    frame = clean(pl.DataFrame(batch.rows).lazy())
    parents = {target.partition(".")[0] for target in table.references.values()}
    gone = set().union(*(refused.get(parent, ()) for parent in parents - {batch.table}))
    if gone:
        orphan = pl.col("_record_number").is_in(sorted(gone))
        frame = refuse(frame, orphan, "parent_refused", pl.lit("its record was refused"))
    cleaned = conform(frame, table).collect()
    if cleaned.height != batch.rows.num_rows:
        raise LakeError(
            "a transform must keep every row; mark refusals instead of filtering",
            source=source.address,
            table=batch.table,
            rows_in=batch.rows.num_rows,
            rows_out=cleaned.height,
        )
    return cleaned


def code_fingerprint(source: Source) -> str:
    """Return a digest of all code and declarations that shape a source's staged rows.

    A snapshot whose receipt has another fingerprint is staged anew.
    """
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for path in code_of(source):
        hashed.update(path.relative_to(root).as_posix().encode() + b"\0")
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def code_of(source: Source) -> list[Path]:
    """Return the files that shape a source's staged rows: its own, and those that are shared.

    In a domain's folder what bears the name of no source is shared by all its sources.
    """
    root = Path(__file__).parents[1]
    declared = (root / "iplake" / "catalog" / source.domain).glob("*.yml")
    others = tuple(path.stem for path in declared if path.stem != source.name)
    return [
        root / "iplake" / "catalog" / source.domain / f"{source.name}.yml",
        *(
            path
            for path in sorted(root.glob(f"ingest/{source.domain}/*.py"))
            if path.name.startswith(source.name) or not path.name.startswith(others)
        ),
        root / "transforms" / source.domain / f"{source.name}.py",
        root / "warehouse" / "staging.py",
        *sorted(root.glob("ingest/*.py")),
        *sorted(root.glob("ingest/readers/*.py")),
        *sorted(root.glob("transforms/*.py")),
        *sorted(root.glob("iplake/identifiers/**/*.py")),
    ]


def gate_staging(address: str) -> None:
    """Measure a source's staged tables against its declaration; raise GateFailed on a breach.

    Raises SourceChanged if too many records are not of the declared kind any more.
    """
    source = registry.get(address)
    refuse_changed(source)
    found = list(measures.of_staging(source, settings().profile, _last_staged(source)))
    gates.judge(STAGING_GATE, address, found)


def refuse_changed(source: Source) -> None:
    """Raise SourceChanged if more records than a table's share lack or change what it promises.

    The share is of all records, and of those of a snapshot too if FEW_CHANGED or more are
    changed there: a new file is not to hide behind all the older ones. Names the first record:
    its file, its place, and what is wrong with it.
    """
    total = counts(source)
    records = {
        snapshot_id: Receipt.from_json(path.read_text(encoding="utf-8")).counts
        for snapshot_id in current_snapshots(source)
        if (path := lake.receipt_path(source, snapshot_id)).exists()
    }
    for name, table in source.tables.items():
        refused = [
            path
            for snapshot_id in records
            for path in sorted(lake.quarantine(source, name).glob(f"{snapshot_id}.*.parquet"))
        ]
        if not refused:
            continue
        changed = (
            pl.scan_parquet(refused)
            .filter(pl.col("reason_code").str.contains(CHANGE_REASONS))
            .group_by("_snapshot_id", maintain_order=True)
            .agg(pl.len().alias("records"), pl.col("locator", "reason_code", "detail").first())
            .collect()
        )
        share = table.max_quarantine_share
        is_much = changed["records"].sum() > share * total[name].records
        for row in changed.iter_rows(named=True):
            of_snapshot = share * records[row["_snapshot_id"]][name].records
            if is_much or (row["records"] >= FEW_CHANGED and row["records"] > of_snapshot):
                raise SourceChanged(
                    "records are no longer as declared; look what changed, and mend the "
                    "declaration or the connector",
                    source=source.address,
                    table=name,
                    records=row["records"],
                    snapshot=row["_snapshot_id"],
                    first=row["locator"],
                    reason=row["reason_code"],
                    found=row["detail"],
                )


def _last_staged(source: Source) -> dict[str, int]:
    release = _last_release()
    if release is None:
        return {}
    with duckdb.connect(release.database, read_only=True) as connection:
        rows = connection.execute(
            """select table_name, row_count from meta."table" where source = ?""",
            [source.address],
        ).fetchall()
    return dict(rows)


def _last_release() -> Release | None:
    # A change of profile changes the amount of data by design: that is no drift.
    current = _current_release()
    return current if current and current.facts["profile"] == settings().profile else None


def _current_release() -> Release | None:
    return next((each for each in list_releases() if each.is_current), None)


def refresh_source(address: str, progress: Progress) -> None:
    """Land, stage and gate one source; a failure is noted for `iplake status` and raised."""
    source = registry.get(address)
    with noting_failure(source):
        progress(f"{address}: landing")
        failed: SourceChanged | None = None
        try:
            landed = land(address)
        except SourceChanged as error:
            # A file that a person has to look at does not keep the others from being staged.
            failed, landed = error, current_snapshots(source)
        for snapshot_id in landed:
            progress(f"{address}: staging {snapshot_id}")
            stage(address, snapshot_id)
        drop_superseded(address)
        if failed:
            raise failed
        gate_staging(address)


@contextmanager
def noting_failure(source: Source) -> Iterator[None]:
    """Keep the reason of a failure where `iplake status` finds it, until all is well again."""
    note = lake.failure(source)
    try:
        yield
    except LakeError as error:
        lake.ensure(note.parent)
        told = {"error": type(error).__name__, "reason": str(error)}
        note.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        raise
    note.unlink(missing_ok=True)


def refuse_unless_gated() -> None:
    """Raise GateFailed if a source's staged data was refused at the first gate."""
    refused = sorted(
        {
            str(row["subject"])
            for row in gates.results()
            if row["gate"] == STAGING_GATE
            and row["severity"] == "critical"
            and not row["is_passed"]
        }
    )
    if refused:
        raise GateFailed(
            "staged data of these sources was refused; mend them before a build",
            sources=", ".join(refused),
        )


def build(layers: Sequence[str] = build_state.LAYERS) -> list[BuildResult]:
    """Build the named dbt layers, in order, into the build that is to be published next."""
    with lake.locked(BUILD):
        return [_build(layer) for layer in layers]


def _build(layer: str) -> BuildResult:
    from warehouse.build import build_models

    refuse_unless_gated()
    if layer == build_state.LAYERS[0]:
        drop_unfinished()
    built = build_models(layer)
    if layer == "link":
        # Splink takes a second to import, which no other step needs.
        from transforms.linkage import document_places, rights
        from transforms.linkage.co_occurrence import names_together
        from transforms.linkage.parties import link_parties
        from transforms.linkage.party_type import party_types
        from transforms.linkage.search import search_names

        linker = linking.PartyLinker(
            partial(link_parties, spark=spark_session()), names_together, party_types, search_names
        )
        linkers = linking_rights.Linkers(
            patent_families=rights.patent_families,
            works=rights.literature_works,
            patent_works=rights.patent_works,
            mark_families=rights.trademark_families,
            sep_chain=rights.declared_families,
            document_places=document_places.document_places,
        )
        # What one owner files at two offices is evidence of who it is, and marks go by owner.
        documents = linking_rights.link_documents(linkers)
        things = linking_rights.read_things()
        parties = linking.link(linker, things, _current_release(), date.today(), linkage_version())
        marks = linking_rights.link_marks(linkers)
        return replace(built, row_counts={**built.row_counts, **documents, **parties, **marks})
    return built


def read_search_name(name: str) -> tuple[str, str, str, bool]:
    """Return the plain and bare form of a name, its canonical words, and if it is Chinese."""
    from transforms.linkage import search

    read = search.read_search_name(name)
    return read.plain_name, read.bare_name, read.canonical_words, read.pinyin is not None


def spark_session() -> SparkSession | None:
    """Return a session on the Spark that the settings name, if they name one."""
    remote = settings().spark_remote
    if remote is None:
        return None
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ConfigError(
            "IPLAKE_SPARK_REMOTE wants pyspark-client; install it beside iplake",
            remote=remote,
        ) from error
    return SparkSession.builder.remote(remote).getOrCreate()


def linkage_version() -> str:
    """Return a digest of all code and word lists that decide which names are one party."""
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for path in sorted((root / "transforms" / "linkage").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            hashed.update(path.relative_to(root).as_posix().encode() + b"\0")
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]


def gate_marts() -> None:
    """Measure the marts of the build against their promises; raise GateFailed on a breach."""
    with lake.locked(BUILD):
        _gate_marts()


def _gate_marts() -> None:
    if not lake.build_manifest().exists():
        raise ConfigError("there is no build; run `iplake build`")
    profile = settings().profile
    promises = [
        measures.MartPromise(
            model.name, model.key, int(model.least_rows.get(profile, 1)), model.required
        )
        for model in meta.read_models(lake.build_manifest())
        if model.layer == "marts"
    ]
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        found = list(measures.of_marts(connection, promises, _last_marts()))
    gates.judge(PUBLISH_GATE, gates.MARTS, found)
    build_state.pass_gate()


def _last_marts() -> dict[str, int]:
    release = _last_release()
    counts = release.facts["row_counts"] if release else {}
    assert isinstance(counts, dict)
    prefix = "marts."
    return {
        name.removeprefix(prefix): rows for name, rows in counts.items() if name.startswith(prefix)
    }


def publish() -> Release:
    """Publish the gated build as the current release, and write the gates' Data Docs.

    Raises GateFailed if a source is refused meanwhile, ConfigError for a build half done.
    """
    with lake.locked(BUILD):
        return _publish()


def _publish() -> Release:
    refuse_unless_gated()
    build_state.refuse_unfinished()
    release = publish_build(lake.build_database(), lake.build_manifest(), date.today())
    gates.write_data_docs(lake.home() / "data_docs")
    return release


def refresh(addresses: Sequence[str], progress: Progress) -> Release:
    """Bring sources up to date, build, gate and publish; return the new current release.

    A source that fails does not keep the others from being staged, but the run then ends
    with its error, and `current` stays where it was. What is done is not done again.
    """
    lake.sweep_scratch()
    failed: list[LakeError] = []
    for address in addresses:
        try:
            refresh_source(address, progress)
        except LakeError as error:
            log.error("source failed", source=address, error=type(error).__name__, said=str(error))
            failed.append(error)
    if failed:
        raise failed[0]
    # Held from the first layer to the release, so that no other run builds in between.
    with lake.locked(BUILD):
        for layer in build_state.LAYERS:
            progress(f"building {layer}")
            _build(layer)
        progress("gate")
        _gate_marts()
        progress("publishing")
        return _publish()


def counts(source: Source) -> dict[str, Count]:
    """Return what the current staged files of a source came to, table by table."""
    receipts = (
        Receipt.from_json(path.read_text(encoding="utf-8"))
        for path in sorted(lake.receipts(source).glob("*.json"))
    )
    return add_up(receipt.counts for receipt in receipts)


def link_mentions(
    path: Path, out: Path, release: Release | None = None, tell: Progress = log.debug
) -> dict[str, object]:
    """Write the party of each mention in a file that a user brings; return what there was in it.

    Both files are CSV or Parquet, by their endings. Against a release, mentions that are
    parties of the lake have the lake's ids.
    """
    # Splink takes a second to import, which no other step needs.
    from transforms.linkage.parties import link_parties

    linker = partial(link_parties, spark=spark_session())
    return mentions.link_file(path, out, linker, release, tell)
