"""Drift: what is new is reported and goes on, what changed stops its source and no other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from ingest.collect import collect, strings
from ingest.readers.json import iter_lines, list_of, text_of, unknown_keys
from iplake import lake, registry
from iplake.contract import Batch, RawFile, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged
from iplake.manifest import snapshots
from iplake.settings import settings
from tests.warehouse.test_stage import a_source
from warehouse import refresh, sources

SCHEMAS = {"rights": strings("number", "kind"), "parties": strings("party_name", "number")}
KNOWN = {"number", "kind", "parties"}
GOOD = [{"number": str(at), "kind": "A", "parties": ["x"]} for at in range(50)]


def parse(record: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    number = text_of(record["number"]) or None
    return {
        "rights": [{"number": number, "kind": record["kind"]}],
        "parties": [
            {"party_name": text_of(each), "number": number} for each in list_of(record["parties"])
        ],
    }


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    with file.path.open("rb") as stream:
        unknown = lambda record: unknown_keys(record, KNOWN)  # noqa: E731 - as short as a name
        yield from collect(iter_lines(stream, file.name), parse, source, SCHEMAS, unknown=unknown)


@pytest.fixture
def deliver(lake_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    """Return a function that puts records into the drop folder of a made-up source."""
    monkeypatch.delenv("IPLAKE_MIRROR")
    settings.cache_clear()
    source = a_source().model_copy(update={"inbox": True})
    connector, transform = ModuleType("connector"), ModuleType("transform")
    connector.__dict__.update(read=read, shards=lambda file: [])
    transform.__dict__["CLEAN"] = {"rights": lambda rows: rows, "parties": lambda rows: rows}
    monkeypatch.setitem(sys.modules, "ingest.reference.made_up", connector)
    monkeypatch.setitem(sys.modules, "transforms.reference.made_up", transform)
    monkeypatch.setattr(refresh, "code_fingerprint", lambda source: "made up")
    others = registry.sources()
    monkeypatch.setattr(registry, "sources", lambda: {**others, source.address: source})

    def put(*records: dict[str, object]) -> Source:
        lines = "".join(json.dumps(each) + "\n" for each in records)
        (lake.ensure(lake.inbox(source)) / "rights.jsonl").write_text(lines, encoding="utf-8")
        return source

    return put


def quietly(text: str) -> None:
    """Take what a refresh tells about its progress."""


def checked(address: str) -> list[dict[str, object]]:
    found = CliRunner().invoke(sources.app, ["check", address, "--json"])
    assert found.exit_code == 0, found.output
    rows: list[dict[str, object]] = json.loads(found.stdout)
    return rows


def test_a_new_field_is_told_and_its_records_go_on(
    deliver: Callable[..., Source], capfd: pytest.CaptureFixture[str]
) -> None:
    new = GOOD[1] | {"colour": "red", "maker": {"name": "x"}}
    source = deliver(GOOD[0], new, *GOOD[2:])
    refresh.refresh_source(source.address, quietly)
    assert refresh.counts(source)["rights"].staged == 50
    assert "fields='rights.colour, rights.maker'" in capfd.readouterr().out
    assert checked(source.address) == [
        {
            "table": "rights",
            "difference": "new",
            "field": field,
            "records": 1,
            "example": "rights.jsonl line 2",
        }
        for field in ("colour", "maker")
    ]


WITHOUT_KIND = {"number": "7", "parties": []}


@pytest.mark.parametrize(
    ("changed", "reason", "said"),
    [
        (WITHOUT_KIND, "missing_field", "field=kind"),
        (WITHOUT_KIND | {"kind": "A", "number": ""}, "missing_required", "number"),
        (WITHOUT_KIND | {"kind": "Z"}, "unknown_value", "kind=Z"),
        (WITHOUT_KIND | {"kind": "A", "number": 7}, "wrong_type", "field=number, found=7"),
        (WITHOUT_KIND | {"kind": 7}, "wrong_type", "field=kind, found=7"),
        (WITHOUT_KIND | {"kind": "\ud800"}, "wrong_type", r"field=kind, found='\ud800'"),
        (WITHOUT_KIND | {"kind": "A", "parties": "x"}, "wrong_type", "field=parties, found='x'"),
    ],
)
def test_a_change_stops_its_source_and_says_where(
    deliver: Callable[..., Source], changed: dict[str, object], reason: str, said: str
) -> None:
    source = deliver(*GOOD[:6], changed, *GOOD[7:])
    with pytest.raises(SourceChanged, match="no longer as declared") as caught:
        refresh.refresh_source(source.address, quietly)
    facts = caught.value.facts
    [manifest] = snapshots(source)
    assert facts["source"] == source.address
    assert facts["snapshot"] == manifest.snapshot_id
    assert facts["reason"] == reason
    assert facts["records"] == 1
    assert "7" in str(facts["first"])
    assert said in str(facts["found"])
    [row] = checked(source.address)
    assert (row["difference"], row["field"], row["records"]) == ("refused", reason, 1)
    # It is known as failed, and why, until it is mended.
    assert sources.freshness(source)[0] == "failed"
    deliver(*GOOD)
    refresh.refresh_source(source.address, quietly)
    assert sources.freshness(source)[0] == "fresh"


def test_a_change_below_the_share_is_quarantined_and_goes_on(
    deliver: Callable[..., Source],
) -> None:
    many = [{"number": str(at), "kind": "A", "parties": []} for at in range(200)]
    source = deliver(*many, WITHOUT_KIND)
    refresh.refresh_source(source.address, quietly)
    count = refresh.counts(source)["rights"]
    assert (count.records, count.staged, count.quarantined) == (201, 200, 1)


def test_the_other_sources_go_on(
    deliver: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = deliver(*GOOD, *[WITHOUT_KIND] * 5)
    good = "patents/cnipa_gazette"
    refresh_source = refresh.refresh_source
    done: list[str] = []

    def refreshing(address: str, progress: refresh.Progress) -> None:
        if address == source.address:
            refresh_source(address, progress)
        done.append(address)

    monkeypatch.setattr(refresh, "refresh_source", refreshing)
    with pytest.raises(SourceChanged, match="no longer as declared"):
        refresh.refresh([source.address, good], quietly)
    assert done == [good]


def test_a_file_that_nobody_can_read_names_source_snapshot_and_file(
    deliver: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = deliver(*GOOD)

    def stumble(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
        yield from iter([])
        raise AttributeError("'list' object has no attribute 'get'")

    monkeypatch.setattr(sys.modules["ingest.reference.made_up"], "read", stumble)
    with pytest.raises(SourceChanged, match="not of the form that its connector reads") as caught:
        refresh.refresh_source(source.address, quietly)
    [manifest] = snapshots(source)
    facts = caught.value.facts
    assert (facts["source"], facts["snapshot"], facts["file"]) == (
        source.address,
        manifest.snapshot_id,
        "rights.jsonl",
    )
