"""Industries: editions told apart, codes of each classification, other files refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import refused, staged
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "reference/industries"
CIRCUITS, DRONES = "集成电路制造", "智能无人飞行器制造"


def gbt(classes: int, marked: str | None) -> bytes:
    """Return a list of GB/T 4754 with so many classes; `marked` is what 3963 means."""
    codes = [f"{1000 + number:04d}" for number in range(classes - (marked is not None))]
    lines = [
        "code,name",
        "C,制造业",
        "C39,设备制造业",
        "C396,制造",
        *(f"C{each},名" for each in codes),
    ]
    return "\n".join([*lines, *([f"C3963,{marked}"] if marked else [])]).encode()


def table(folder: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(folder / "out" / f"{name}.parquet")


@pytest.mark.parametrize(
    ("classes", "marked", "edition"),
    [
        (1_094, CIRCUITS, "2011"),
        (1_094, None, "2011"),
        (1_382, DRONES, "2017"),
        (1_377, None, "2017"),
        (7, CIRCUITS, "2011"),
        (7, DRONES, "2017"),
    ],
)
def test_the_edition_is_told_by_classes_and_meaning(
    tmp_path: Path, classes: int, marked: str | None, edition: str
) -> None:
    staged(ADDRESS, tmp_path, gbt(classes, marked))
    rows = table(tmp_path, "industries")
    assert rows.filter(industry_level="class").height == classes
    assert rows["edition"].unique().to_list() == [edition]


@pytest.mark.parametrize(
    ("classes", "marked"),
    [(1_094, DRONES), (1_382, CIRCUITS), (7, None), (7, "其他"), (1_250, None)],
)
def test_an_edition_that_cannot_be_told_is_no_guess(
    tmp_path: Path, classes: int, marked: str | None
) -> None:
    with pytest.raises(SourceChanged, match="edition of GB/T 4754 can't be told"):
        staged(ADDRESS, tmp_path, gbt(classes, marked))


def test_a_folded_class_stands_below_its_division(tmp_path: Path) -> None:
    # In 2011 groups of one class are given as that class: A0220 without A022.
    lines = ["code,name", "A,农业", "A02,林业", "A0220,造林和更新", "C3963,集成电路制造"]
    staged(ADDRESS, tmp_path, "\n".join(lines).encode())
    rows = table(tmp_path, "industries")
    found = dict(rows.select("industry_code", "parent_industry_code").iter_rows())
    assert (found["0220"], found["02"]) == ("02", "A")
    assert rows["section_code"].to_list() == ["A", "A", "A", "C"]


def test_codes_without_letters_have_the_section_above_them(tmp_path: Path) -> None:
    lines = ["code,name", "A,农业", "01,农业", "C,制造业", "39,设备", "3963,集成电路制造"]
    staged(ADDRESS, tmp_path, "\n".join(lines).encode())
    rows = table(tmp_path, "industries")
    assert rows["section_code"].to_list() == ["A", "A", "C", "C", "C"]


def test_ranges_of_naics_are_parents(tmp_path: Path) -> None:
    lines = (
        "NAICS 2022,2022 NAICS US Title,Seq. No.\n31-33,Manufacturing,1\n334,Computers,2\n"
        "3344,Semiconductors ,3\n"
    )
    staged(ADDRESS, tmp_path, lines.encode())
    rows = table(tmp_path, "industries")
    assert rows["parent_industry_code"].to_list() == [None, "31-33", "334"]
    assert rows["industry_level"].to_list() == ["sector", "subsector", "industry_group"]
    assert rows["industry_name"][2] == "Semiconductors"


def test_zeros_in_front_stay(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, b'ISIC Rev. 4,"Description"\n"A","Agriculture"\n"0111","Cereals"\n')
    [_, row] = table(tmp_path, "industries").iter_rows(named=True)
    assert (row["industry_code"], row["parent_industry_code"]) == ("0111", "011")
    assert row["section_code"] == "A"


def test_a_code_of_another_form_costs_itself_alone(tmp_path: Path) -> None:
    lines = b"NACE Rev 2.,CPA 2.1 \n26.11,26.11.2\n26-11,26.11.3\n26.12,\n"
    counts = staged(ADDRESS, tmp_path, lines)
    assert counts["industry_concordances"] == Count(records=3, staged=1, quarantined=2)
    assert [reason for reason, _ in refused(tmp_path)] == ["unreadable_code"] * 2


def test_a_new_column_is_reported_and_the_codes_stay(tmp_path: Path) -> None:
    path = tmp_path / "input.csv"
    path.write_bytes(b"ISIC Rev. 4,Description,Colour\nA,Agriculture,green\n")
    source = refresh.registry.get(ADDRESS)
    file = refresh.RawFile(path, path.name, path.name, "x", None)
    [batch] = refresh.connector(source).read(file, source, None)
    assert [(each.table, each.field) for each in batch.drift] == [("industries", "Colour")]
    assert batch.rows.num_rows == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty file"),
        (b"<!DOCTYPE html><html>", "header is of none of the tables"),
        (b"%PDF-1.7\n", "header is of none of the tables"),
        (b"code,label\nA,x\n", "header is of none of the tables"),
        (b"ISIC Rev. 4,Description\n", "expected codes below the header"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_a_line_cut_off_costs_itself_alone(tmp_path: Path) -> None:
    content = b"NAICS 2017,2017 NAICS US Title,Seq. No.\n11,Agriculture,1\n111,Crop"
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["industries"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("too_few_cells", "line 3")]


def test_the_sample_has_the_list_of_2017(lake_home: Path) -> None:
    landed: Iterable[str] = refresh.land(ADDRESS)
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in landed)
    assert counts["industries"].staged == 2_228
    assert counts["industry_concordances"].staged == 511
    files = lake_home / "staging" / "reference" / "industries" / "industries" / "*.parquet"
    rows = pl.read_parquet(files)
    [drones] = rows.filter(classification="GBT4754", industry_code="3963")["industry_name"]
    assert drones == DRONES
    refresh.gate_staging(ADDRESS)
