"""Staging: nothing is lost, nothing depends on the number of processes, refusals are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import polars as pl
import pyarrow as pa
import pytest

from ingest.collect import Record, collect
from iplake import lake, registry
from iplake.contract import Batch, RawFile, Shard
from iplake.declaration import Column, Endpoint, Licence, Range, Source, Table, Text
from iplake.errors import ConfigError, LakeError, RecordRejected, RecordsLost, SourceChanged
from tests.conftest import land_and_stage
from transforms.schema import Clean
from warehouse import build, refresh, shard_task, staging

ANY = {"sample": Range(), "real": Range(), "live": Range()}
SCHEMAS = {
    "rights": pa.schema([("number", pa.string()), ("kind", pa.string())]),
    "parties": pa.schema([("party_name", pa.string())]),
}


def a_source() -> Source:
    text = Column(type="string", doc="A text.", doc_zh="文本")
    return Source(
        domain="reference",
        name="made_up",
        title=Text(en="Made up", zh="虚构"),
        publisher="Nobody",
        licence=Licence(name="CC0", republish="yes"),
        citation="Nobody",
        terms="none",
        cadence="daily",
        revision="replaces",
        endpoint=Endpoint(base_url="https://made-up.example/"),
        tables={
            "rights": Table(
                grain="one row per line",
                grain_zh="每行一条",
                key=("_record_number",),
                columns={
                    "number": text.model_copy(update={"required": True}),
                    "kind": text.model_copy(update={"values": ("A", "B")}),
                },
                rows=ANY,
            ),
            "parties": Table(
                grain="one row per party",
                grain_zh="每方一条",
                key=("_record_number", "party_name"),
                columns={"party_name": text, "number": text},
                rows=ANY,
                references={"number": "rights.number"},
            ),
        },
    )


def parse(line: str) -> dict[str, list[dict[str, object]]]:
    number, kind, *parties = line.split(",")
    if number == "bad":
        raise RecordRejected("unreadable", "expected a number", found=number)
    return {
        "rights": [{"number": number or None, "kind": kind}],
        "parties": [{"party_name": party} for party in parties],
    }


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    lines = file.path.read_text(encoding="utf-8").splitlines()
    records = (
        Record(number, f"line {number}", line, line.encode())
        for number, line in enumerate(lines, start=1)
    )
    yield from collect(records, parse, source, SCHEMAS)


def keep(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame


def add_number(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.with_columns(pl.lit("1").alias("number"))


Install = Callable[..., Source]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that puts a made-up source in place, connector and transform."""

    def put(
        read: Callable[[RawFile, Source, Shard | None], Iterator[Batch]] = read,
        clean: dict[str, Clean] | None = None,
    ) -> Source:
        source = a_source()
        connector, transform = ModuleType("connector"), ModuleType("transform")
        connector.__dict__.update(read=read, shards=lambda file: [], discover=lambda f, s: [])
        transform.__dict__["CLEAN"] = clean or {"rights": keep, "parties": add_number}
        monkeypatch.setitem(sys.modules, "ingest.reference.made_up", connector)
        monkeypatch.setitem(sys.modules, "transforms.reference.made_up", transform)
        monkeypatch.setattr(registry, "sources", lambda: {source.address: source})
        return source

    return put


def stage(tmp_path: Path, text: str) -> Path:
    tmp_path.mkdir(exist_ok=True)
    raw = tmp_path / "raw.txt"
    raw.write_text(text, encoding="utf-8")
    refresh.stage_files("reference/made_up", [raw], tmp_path / "out", jobs=1)
    return tmp_path / "out"


def test_refused_records_go_to_quarantine_with_reason_and_place(
    install: Install, tmp_path: Path
) -> None:
    install()
    out = stage(tmp_path, "1,A,x,y\nbad,A,z\n,A,w\n4,C,v\n5,B,u\n")
    assert pl.read_parquet(out / "rights.parquet")["number"].to_list() == ["1", "5"]
    refused = pl.read_parquet(out / "quarantine.parquet")
    assert refused.select("table", "reason_code", "locator").rows() == [
        ("rights", "unreadable", "line 2"),
        ("rights", "missing_required", "record 3"),
        ("rights", "unknown_value", "record 4"),
        ("parties", "parent_refused", "record 3"),
        ("parties", "parent_refused", "record 4"),
    ]
    assert refused["detail"].to_list()[:3] == [
        "expected a number (found=bad)",
        "number",
        "kind=C",
    ]
    assert refused["raw_excerpt"].to_list()[0] == "bad,A,z"
    assert pl.read_parquet(out / "parties.parquet")["party_name"].to_list() == ["x", "y", "u"]


def test_a_connector_that_loses_a_record_is_found_out(install: Install, tmp_path: Path) -> None:
    def lossy(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
        for batch in read(file, source, shard):
            yield Batch(batch.table, batch.records, batch.rows.slice(1), batch.rejections)

    install(lossy)
    with pytest.raises(RecordsLost, match="records in must equal") as caught:
        stage(tmp_path, "1,A\n2,A\n")
    assert (caught.value.facts["records"], caught.value.facts["staged"]) == (2, 1)


def test_a_transform_that_filters_is_found_out(install: Install, tmp_path: Path) -> None:
    def only_a(frame: pl.LazyFrame) -> pl.LazyFrame:
        return frame.filter(pl.col("kind") == "A")

    install(clean={"rights": only_a, "parties": add_number})
    with pytest.raises(LakeError, match="must keep every row"):
        stage(tmp_path, "1,A\n2,B\n")


def test_an_empty_file_gives_empty_tables(install: Install, tmp_path: Path) -> None:
    install()
    out = stage(tmp_path, "")
    names = sorted(path.name for path in out.glob("*.parquet"))
    assert names == ["parties.parquet", "quarantine.parquet", "rights.parquet"]
    assert all(pl.read_parquet(out / name).height == 0 for name in names)


def test_the_same_file_gives_the_same_bytes(install: Install, tmp_path: Path) -> None:
    install()
    text = "".join(f"{number},A,p{number}\n" for number in range(50_000))
    once = {p.name: p.read_bytes() for p in stage(tmp_path / "a", text).glob("*.parquet")}
    again = {p.name: p.read_bytes() for p in stage(tmp_path / "b", text).glob("*.parquet")}
    assert len(once) == 3
    assert once == again


def test_parts_written_in_the_background_hold_the_same(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install()
    text = "".join(f"{number},A,p{number}\n" for number in range(50_000))
    once = {p.name: p.read_bytes() for p in stage(tmp_path / "a", text).glob("*.parquet")}
    raw = tmp_path / "a" / "raw.txt"
    refresh.stage_files("reference/made_up", [raw], tmp_path / "b", jobs=2)
    assert {p.name: p.read_bytes() for p in (tmp_path / "b").glob("*.parquet")} == once
    monkeypatch.setattr(staging, "MAX_GATHERED_BYTES", 1)
    refresh.stage_files("reference/made_up", [raw], tmp_path / "c", jobs=2)
    for name in ("rights.parquet", "parties.parquet"):
        rows = pl.read_parquet(tmp_path / "a" / "out" / name)
        assert rows.height == 50_000
        assert pl.read_parquet(tmp_path / "c" / name).equals(rows)


def test_an_error_in_the_background_is_raised(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install()
    raw = tmp_path / "raw.txt"
    raw.write_text("1,A,x\n", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail)
    with pytest.raises(OSError, match="no space left"):
        refresh.stage_files("reference/made_up", [raw], tmp_path / "out", jobs=2)


def test_the_file_of_a_table_never_staged_goes_when_it_is(lake_home: Path) -> None:
    source = registry.get("reference/ror")
    build.ensure_every_table_has_a_file()
    assert all(lake.empty(source, table).is_file() for table in source.tables)
    land_and_stage(source.address)
    assert not any(lake.empty(source, table).exists() for table in source.tables)
    assert pl.read_parquet(lake.staging(source, "organisations")).height > 100


def test_an_absent_file_is_named(install: Install, tmp_path: Path) -> None:
    install()
    with pytest.raises(ConfigError, match="no such file"):
        refresh.stage_files("reference/made_up", [tmp_path / "x"], tmp_path / "out", jobs=1)


def test_shared_code_belongs_to_each_source_of_its_domain() -> None:
    names = {
        address: {path.name for path in refresh.code_of(registry.get(f"patents/{address}"))}
        for address in ("uspto_grants", "uspto_applications", "cnipa_gazette")
    }
    assert all("st36.py" in found for found in names.values())
    assert "uspto_grants_st36.py" in names["uspto_grants"]
    assert "uspto_grants_st36.py" not in names["uspto_applications"]


def test_what_is_wrong_with_a_shard_is_told_by_its_own_class(
    tmp_path: Path, lake_home: Path
) -> None:
    path = tmp_path / "ipg240102.xml"
    path.write_bytes(b"no XML at all")
    file = RawFile(path, path.name, path.name, "s" * 16, None)
    shard = Shard(0, 13, 1)
    with (
        pytest.raises(SourceChanged, match="expected") as caught,
        shard_task.started(1) as [worker],
    ):
        worker.stage(registry.get("patents/uspto_grants"), file, shard, tmp_path / "out")
    facts = caught.value.facts
    assert (facts["source"], facts["snapshot"]) == ("patents/uspto_grants", "s" * 16)


def test_parts_of_a_killed_staging_are_dropped_before_a_build(lake_home: Path) -> None:
    source = registry.get("copyrights/nypl_renewals")
    land_and_stage(source.address)
    [first, *_] = refresh.current_snapshots(source)
    folder = lake.staging(source, source.main_table)
    kept = sorted(folder.glob("*.parquet"))
    stray = folder / f"{'0' * 16}.0000.0000.parquet"
    stray.write_bytes(kept[0].read_bytes())
    with lake.locked(f"stage {source.address} {'0' * 16}"):
        refresh.drop_unfinished()
        assert stray.exists()
    refresh.drop_unfinished()
    assert sorted(folder.glob("*.parquet")) == kept
    assert lake.receipt_path(source, first).exists()
