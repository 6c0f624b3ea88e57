"""OECD cohorts: figures as text, names of files, columns, damaged lines, other files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.patents.oecd_quality import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "patents/oecd_quality"
EXAMPLE = ROOT / "tests" / "examples" / ADDRESS / "cohorts" / "input.txt"
EPO = "201902_OECD_PATENT_QUALITY_EPO_INDIC_COHORT.txt"


def lines() -> list[bytes]:
    """Return the example's header and its four sound lines."""
    return EXAMPLE.read_bytes().splitlines()[:5]


def test_a_delivery_is_listed_by_its_checksums() -> None:
    base_url = registry.get(ADDRESS).endpoint.base_url
    fetch = Pages({f"{base_url}SHA256SUMS": f"{'0' * 64}  {EPO}\n"})
    [found] = discover(fetch, registry.get(ADDRESS))
    assert (found.url, found.name) == (f"{base_url}{EPO}", EPO)
    assert found.checksum == f"sha256:{'0' * 64}"


def test_unknown_indicators_and_figures_that_are_none_refuse_their_line(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, EXAMPLE.read_bytes())
    assert counts["cohorts"] == Count(records=6, staged=4, quarantined=2)
    assert sorted(refused(tmp_path)) == [
        ("unknown_value", "record 5"),
        ("wrong_type", "record 6"),
    ]


@pytest.mark.parametrize("figure", [b"nan", b"inf", b"1,5", b"1.2.3", b"-"])
def test_only_finite_figures_with_a_point_are_figures(figure: bytes, tmp_path: Path) -> None:
    line = lines()[1].replace(b".1336808", figure)
    counts = staged(ADDRESS, tmp_path, b"\r\n".join([lines()[0], line, lines()[2]]))
    assert counts["cohorts"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("wrong_type", "record 1")]


def test_a_missing_figure_that_is_always_there_refuses_its_line(tmp_path: Path) -> None:
    line = lines()[1].replace(b"|201|4.900497|", b"|201||")
    counts = staged(ADDRESS, tmp_path, b"\n".join([lines()[0], line]))
    assert counts["cohorts"] == Count(records=1, staged=0, quarantined=1)
    assert refused(tmp_path) == [("missing_required", "record 1")]


def test_lines_with_other_cells_are_refused_and_counted(tmp_path: Path) -> None:
    content = b"\n".join([*lines(), b'1978|2|"bwd_cits"|39', b"x" * 40, lines()[1] + b"|1"])
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["cohorts"] == Count(records=7, staged=4, quarantined=3)
    assert refused(tmp_path) == [
        ("too_few_cells", "line 6"),
        ("too_few_cells", "line 7"),
        ("too_many_cells", "line 8"),
    ]


def test_office_and_edition_are_read_from_the_name_and_members_numbered_through(
    tmp_path: Path,
) -> None:
    path = tmp_path / "delivery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (EPO, EPO.replace("EPO", "USPTO").replace("201902", "202201")):
            archive.writestr(name, b"\r\n".join([*lines(), b""]))
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert counts["cohorts"] == Count(records=8, staged=8, quarantined=0)
    rows = pl.read_parquet(tmp_path / "out" / "cohorts.parquet")
    assert rows["office_code"].to_list() == ["EP"] * 4 + ["US"] * 4
    assert rows["edition"].unique().sort().to_list() == ["2019-02", "2022-01"]
    assert rows["_record_number"].to_list() == list(range(1, 9))


def test_a_new_column_is_named_and_its_lines_go_on(tmp_path: Path) -> None:
    path = tmp_path / "input.txt"
    header, *rest = lines()
    path.write_bytes(b"\n".join([header + b"|gini", *(line + b"|.5" for line in rest)]))
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert [(each.field, each.locator) for each in drift] == [("gini", "column 18")]
    assert pl.read_parquet(tmp_path / "out" / "cohorts.parquet").height == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "expected a header line"),
        (b"<html>Busy</html>\n", "a column is missing"),
        (b"%PDF-1.7\n", "a column is missing"),
        (b"filing|field|variable\n1978|1|x\n", "missing=kurtosis, max"),
    ],
)
def test_another_file_is_refused_whole(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_cohorts_of_one_patent_and_of_many(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "cohorts" / "*.parquet")
    assert rows.height == 658
    assert rows["office_code"].unique().to_list() == ["EP"]
    assert rows.filter(patents_count=1).height > 0
    assert rows["patents_count"].max() > 5000  # type: ignore[operator]
    assert rows["minimum_value"].min() == -1743
