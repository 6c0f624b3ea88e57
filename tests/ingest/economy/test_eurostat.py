"""Eurostat: flags within cells, headers old and new, answers in place of data."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest

from ingest.economy.eurostat import discover
from ingest.web import mirrored
from iplake import registry
from iplake.errors import SourceBusy, SourceChanged
from iplake.manifest import snapshots
from iplake.settings import settings
from tests.conftest import Answer, LoopbackServer, Pages, refused, staged
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "economy/eurostat"
HEADER = "freq,unit,geo\\TIME_PERIOD\t2013 \t2014 \n"
MADRID = "A,MIO_EUR,ES30\t: z\t197885 p\n"


def observations(folder: Path) -> pl.DataFrame:
    """Return the observations that `staged` wrote."""
    return pl.read_parquet(folder / "out" / "observations.parquet")


@pytest.mark.parametrize(
    ("cell", "value", "flags", "is_missing"),
    [
        ("38500 ", 38500.0, None, False),
        ("14.1 b", 14.1, "b", False),
        ("-0.2 bu", -0.2, "bu", False),
        (": ", None, None, True),
        (": z", None, "z", True),
        (": zd", None, "zd", True),
        (":u", None, "u", True),
        ("1.5e3 e", 1500.0, "e", False),
    ],
)
def test_flags_stand_apart_from_the_figure(
    tmp_path: Path, cell: str, value: float | None, flags: str | None, is_missing: bool
) -> None:
    line = f"A,MIO_EUR,ES30\t{cell}\t1 \n"
    counts = staged(ADDRESS, tmp_path, (HEADER + line).encode())
    assert counts["observations"] == Count(records=2, staged=2, quarantined=0)
    first = observations(tmp_path).row(0, named=True)
    assert first["observation_value"] == value
    assert first["observation_flags"] == flags
    assert first["is_missing"] is is_missing


@pytest.mark.parametrize(
    ("header", "period", "start"),
    [
        ("unit,geo\\time\t2014Q3 \n", "quarter", "2014-07-01"),
        ("unit,geo\\time\t2014M11 \n", "month", "2014-11-01"),
        ("unit,geo\\TIME_PERIOD\t2014-S2 \n", "half_year", "2014-07-01"),
        ("unit,geo\\TIME_PERIOD\t2014-W01 \n", "week", "2013-12-30"),
        ("unit,geo\\TIME_PERIOD\t2014-02-28 \n", "day", "2014-02-28"),
    ],
)
def test_periods_of_either_spelling(tmp_path: Path, header: str, period: str, start: str) -> None:
    staged(ADDRESS, tmp_path, f"{header}PC,EU28\t1 \n".encode())
    [row] = observations(tmp_path).iter_rows(named=True)
    assert (row["period_type"], str(row["period_start_date"])) == (period, start)


@pytest.mark.parametrize(
    ("geo", "scheme", "country"),
    [
        ("EL", "ISO3166-1", "GR"),
        ("UKD", "NUTS", "GB"),
        ("ATZZ", "NUTS", "AT"),
        ("EU28", "EUROSTAT", None),
        ("EA19", "EUROSTAT", None),
        ("EEA", "EUROSTAT", None),
        ("XK", "EUROSTAT", None),
    ],
)
def test_countries_regions_and_aggregates(
    tmp_path: Path, geo: str, scheme: str, country: str | None
) -> None:
    staged(ADDRESS, tmp_path, f"{HEADER}A,PC,{geo}\t1 \t2 \n".encode())
    row = observations(tmp_path).row(0, named=True)
    assert (row["area_scheme"], row["country_code"]) == (scheme, country)


def test_a_cell_of_another_kind_costs_itself_alone(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, f"{HEADER}A,PC,ES30\t..\t2 \n{MADRID}".encode())
    assert counts["observations"] == Count(records=4, staged=3, quarantined=1)
    assert counts["series"] == Count(records=2, staged=2, quarantined=0)
    assert refused(tmp_path) == [("wrong_type", "record 1")]


def test_lines_with_other_keys_or_cells_are_refused(tmp_path: Path) -> None:
    lines = f"{MADRID}A,MIO_EUR,X,ES30\t1 \t2 \nA,MIO_EUR,ES30\t1 \n"
    counts = staged(ADDRESS, tmp_path, (HEADER + lines).encode())
    assert counts["series"] == Count(records=3, staged=1, quarantined=2)
    assert counts["observations"] == Count(records=2, staged=2, quarantined=0)
    assert sorted(refused(tmp_path)) == [("other_key", "record 2"), ("too_few_cells", "line 4")]


@pytest.mark.parametrize(
    "answer",
    [
        '<m:GenericData xmlns:m="x"><f:Footer xmlns:f="y"><f:Message code="413">Due to the large '
        "query the response will be written to a file</f:Message></f:Footer></m:GenericData>",
        '<env:Envelope xmlns:env="e"><env:Body><r:syncResponse xmlns:r="r"><queued>'
        "<id>f3c7-1</id><status>SUBMITTED</status></queued></r:syncResponse></env:Body>"
        "</env:Envelope>",
        '{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. Please try again later."}}',
    ],
)
def test_what_is_put_off_is_worth_another_try(tmp_path: Path, answer: str) -> None:
    with pytest.raises(SourceBusy, match="land it again") as raised:
        staged(ADDRESS, tmp_path, gzip.compress(answer.encode()))
    assert raised.value.exit_code == 3


def test_what_is_put_off_is_not_landed(
    lake_home: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    footer = gzip.compress(b'<m:X xmlns:m="x">the response will be written to a file</m:X>')
    for each in discover(Pages({}), registry.get(ADDRESS)):
        where = urlsplit(mirrored(each.url, server.url)).path
        server.script(where, Answer(footer))
    monkeypatch.setenv("IPLAKE_MIRROR", server.url)
    settings.cache_clear()
    with pytest.raises(SourceBusy, match="land it again"):
        refresh.land(ADDRESS)
    assert snapshots(registry.get(ADDRESS)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"<S:Fault><faultstring>EXTRACTION_TOO_BIG: 7000000 rows</faultstring></S:Fault>",
            "narrow",
        ),
        (
            b'<S:Envelope xmlns:S="x"><S:Fault><faultcode>100</faultcode></S:Fault></S:Envelope>',
            "erro",
        ),
        (b"<!DOCTYPE html><html><title>Maintenance</title>", "HTML page"),
        (b"", "empty file"),
        (b"\xd0\xcf\x11\xe0 a spreadsheet", "header line"),
        (b"unit,geo\t2013\n", "expected dimensions"),
        (b"unit,geo\\time\t2013 \tTotal \n", "expected dimensions"),
        (b"unit,geo\\time\n", "expected dimensions"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_a_file_cut_off_keeps_nothing_of_a_packed_file(tmp_path: Path) -> None:
    content = gzip.compress((HEADER + MADRID * 200).encode(), mtime=0)
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        staged(ADDRESS, tmp_path, content[:-20])


def test_each_dataset_has_an_address() -> None:
    offered = list(discover(Pages({}), registry.get(ADDRESS)))
    assert len(offered) == 5
    assert offered[0].name == "nama_10r_2gdp.tsv.gz"
    assert offered[0].url == (
        "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/"
        "nama_10r_2gdp?format=TSV&compressed=true"
    )


def test_the_sample_is_in_the_form_of_today(lake_home: Path) -> None:
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in refresh.land(ADDRESS))
    assert counts["observations"].staged >= 15_000
    assert counts["observations"].quarantined == 0
    files = lake_home / "staging" / "economy" / "eurostat" / "observations" / "*.parquet"
    rows = pl.read_parquet(files)
    assert rows["frequency_code"].unique().to_list() == ["A"]
    assert rows["dataset_code"].n_unique() == 5
    refresh.gate_staging(ADDRESS)
