"""Tables of technology: each known by its start, damaged lines and items cost themselves."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "reference/technology"
PATSTAT = "field_nr,sector,field_name,ipc\n4,Electrical engineering,Computer technology,G06F%\n"
NACE = "nace2_code,nace2_title,ipc_subclass,ipc_main_group_prefix,not_with_ipc,unless_with_ipc\n"
PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEME = '<class-scheme publication-date="2016-05-01" scheme-type="cpc">'
ATTRIBUTES = 'not-allocatable="false" level="{}" additional-only="false" status="published"'


def item(symbol: str, level: int, below: str = "", more: str = "") -> str:
    """Return one item of a CPC scheme, with those within it."""
    start = f"<classification-item {ATTRIBUTES.format(level)}{more}>"
    own = f"<classification-symbol>{symbol}</classification-symbol>"
    return f"{start}{own}{below}</classification-item>"


GROUPS = item("H04W4/00", 7, item("H04W4/02", 8)) + item("H04W8/00", 7)
WHOLE = PROLOG + SCHEME + item("H04W", 5, GROUPS) + "</class-scheme>"


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def table(tmp_path: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(tmp_path / "out" / f"{name}.parquet")


def test_weights_add_up_to_one_for_each_pattern(tmp_path: Path) -> None:
    lines = "10,Food,A23J,,,\n10,Food,A23J,,,\n11,Beverages,C12G,,,\n20,Chemicals,C12G,,A61K,\n"
    counts = staged(tmp_path, (NACE + lines).encode())
    assert counts["ipc_industries"] == Count(records=4, staged=4, quarantined=0)
    rows = table(tmp_path, "ipc_industries")
    assert rows["weight"].to_list() == [0.5] * 4
    assert rows["is_repeated"].to_list() == [False, True, False, False]
    sums = rows.group_by("ipc_prefix").agg(pl.col("weight").sum())
    assert sums.sort("ipc_prefix").rows() == [("A23J", 1.0), ("C12G", 1.0)]


def test_a_last_line_without_its_end_belongs_to_the_table_too(tmp_path: Path) -> None:
    counts = staged(tmp_path, (NACE + "10,Food,A23J,,,\n10.5,Dairy,A23J,,,").encode())
    assert counts["ipc_industries"] == Count(records=2, staged=2, quarantined=0)
    rows = table(tmp_path, "ipc_industries")
    assert rows["nace_digit_count"].to_list() == [3, 3]
    assert rows["weight"].to_list() == [0.5, 0.5]


@pytest.mark.parametrize(("code", "digits"), [("20", 2), ("20.4", 3)])
def test_the_codes_tell_the_level(tmp_path: Path, code: str, digits: int) -> None:
    staged(tmp_path, (NACE + f"10,Food,A23J,,,\n{code},Soap,A61K,8/,,\n").encode())
    assert table(tmp_path, "ipc_industries")["nace_digit_count"].to_list() == [digits, digits]


def test_a_row_with_too_many_cells_costs_itself_alone(tmp_path: Path) -> None:
    content = PATSTAT + "4,Electrical engineering,Computer technology,G06N%,\n" + "5,\n"
    counts = staged(tmp_path, content.encode())
    assert counts["ipc_fields"] == Count(records=3, staged=1, quarantined=2)
    refused = table(tmp_path, "quarantine")
    assert refused["reason_code"].to_list() == ["too_many_cells", "too_few_cells"]
    assert refused["locator"].to_list() == ["line 3", "line 4"]


def test_items_of_a_scheme_are_numbered_as_they_begin(tmp_path: Path) -> None:
    counts = staged(tmp_path, WHOLE.encode())
    assert counts["cpc_symbols"] == Count(records=4, staged=4, quarantined=0)
    rows = table(tmp_path, "cpc_symbols")
    assert rows["_record_number"].to_list() == [1, 2, 3, 4]
    assert rows["classification_symbol"].to_list() == [
        "H04W",
        "H04W 4/00",
        "H04W 4/02",
        "H04W 8/00",
    ]
    assert rows["parent_symbol"].to_list() == [None, "H04W", "H04W 4/00", "H04W"]


def test_items_still_open_where_a_scheme_breaks_off_are_refused(tmp_path: Path) -> None:
    counts = staged(tmp_path, WHOLE[: WHOLE.index("H04W8/00") + 3].encode())
    assert counts["cpc_symbols"] == Count(records=4, staged=2, quarantined=2)
    rows = table(tmp_path, "cpc_symbols")
    assert rows["classification_symbol"].to_list() == ["H04W 4/00", "H04W 4/02"]
    refused = table(tmp_path, "quarantine")
    assert refused["reason_code"].to_list() == ["truncated", "truncated"]


def test_an_unknown_attribute_or_element_is_reported_and_its_item_goes_on(tmp_path: Path) -> None:
    strange = item("H04W4/02", 8, more=' colour="red"') + item("H04W4/03", 8, "<picture/>")
    path = tmp_path / "scheme.xml"
    path.write_text(PROLOG + SCHEME + item("H04W4/00", 7, strange) + "</class-scheme>")
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert sorted((each.field, each.records) for each in drift) == [
        ("colour", 1),
        ("items/picture", 1),
    ]
    assert table(tmp_path, "cpc_symbols").height == 3


def test_an_entity_bomb_is_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE class-scheme [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = PROLOG + bomb + SCHEME + item("&b;", 5) + "</class-scheme>"
    counts = staged(tmp_path, content.encode())
    assert counts["cpc_symbols"] == Count(records=1, staged=0, quarantined=1)
    refused = table(tmp_path, "quarantine").row(0, named=True)
    assert refused["reason_code"] == "entity_declaration"
    assert "aaaaaaaa" not in refused["raw_excerpt"]


def test_a_zip_of_schemes_numbers_its_items_through(tmp_path: Path) -> None:
    other = WHOLE.replace("H04W", "H04L")
    content = zip_bytes(
        {"cpc-scheme-H04L.xml": other.encode(), "cpc-scheme-H04W.xml": WHOLE.encode()}
    )
    counts = staged(tmp_path, content)
    assert counts["cpc_symbols"] == Count(records=8, staged=8, quarantined=0)
    assert table(tmp_path, "cpc_symbols")["_record_number"].to_list() == list(range(1, 9))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found an empty file"),
        (b"%PDF-1.7\n1 0 obj\n", "of none of the tables that are known"),
        (PATSTAT.replace("sector", "section").encode(), "of none of the tables that are known"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "expected XML"),
        (b"<CPCMasterClassificationFile/>", "expected a CPC scheme"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, content)


def test_the_sample_has_the_concordances_whole(lake_home: Path) -> None:
    landed = refresh.land(ADDRESS)
    assert len(landed) == 6
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in landed)
    assert counts["ipc_fields"] == Count(records=1525, staged=1525, quarantined=0)
    assert counts["ipc_industries"] == Count(records=1288, staged=1288, quarantined=0)
    assert counts["cpc_symbols"].staged == 20
    refresh.gate_staging(ADDRESS)
