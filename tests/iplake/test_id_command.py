"""`iplake id`: one text, many texts, files, and what it is told in vain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iplake.cli import app


def run(*arguments: str, given: str | None = None) -> list[dict[str, object]]:
    """Return what the command prints as JSON."""
    result = CliRunner().invoke(app, ["id", *arguments, "--json"], input=given)
    assert result.exit_code == 0, result.output
    rows = json.loads(result.output)
    assert isinstance(rows, list)
    return rows


def test_a_text_gets_kind_canonical_form_parts_validity_and_notes() -> None:
    [row] = run("TS 138 300 V16.2.0")
    assert row["kind"] == "standard"
    assert row["canonical"] == "ETSI TS 138 300 V16.2.0"
    assert row["valid"] is True
    assert row["parts"]["version"] == "16.2.0"  # type: ignore[index]
    assert row["parts"]["twins"] == ["3GPP TS 38.300 V16.2.0"]  # type: ignore[index]


def test_a_wrong_check_digit_is_said_and_nothing_fails() -> None:
    [row] = run("202310999716.5")
    assert (row["valid"], row["check"]) == (False, "fails")
    assert row["notes"] == ["the check digit should be 6"]


def test_a_text_that_is_nothing_known_gets_a_row_that_says_so() -> None:
    rows = run("nothing at all", "CN114000000A")
    assert [(row["reading"], row["kind"]) for row in rows] == [(0, None), (1, "patent_publication")]


def test_a_kind_limits_the_readings() -> None:
    assert len(run("0000-0002-1825-0097")) == 2
    [row] = run("31452104", "--kind", "pmid")
    assert row["canonical"] == "PMID:31452104"


def test_files_are_read_line_by_line_and_csv_by_its_first_column(tmp_path: Path) -> None:
    lines = tmp_path / "numbers.txt"
    lines.write_text("\ufeffEP25153079.6\r\n\r\nGB/T 4754-2017\r\n", encoding="utf-8")
    assert [row["canonical"] for row in run("--file", str(lines))] == [
        "EP25153079.6",
        "GB/T 4754-2017",
    ]
    table = tmp_path / "numbers.csv"
    table.write_text('number,name\n"US 10/141,259",a\n,empty\nCN-44,b\n', encoding="utf-8")
    assert [row["canonical"] for row in run("--file", str(table))] == ["US10/141259", "CN-GD"]
    assert [row["canonical"] for row in run("--file", "-", given="CN-44\n")] == ["CN-GD"]


def test_bytes_that_are_no_text_are_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"\x00\xff\xfe,\nRFC 9110,x\n")
    assert [row["canonical"] for row in run("--file", str(path))] == ["RFC 9110"]


@pytest.mark.parametrize("arguments", [[], ["x", "--kind", "nope"], ["--file", "no/such/file"]])
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["id", *arguments]).exit_code == 2


def test_people_get_a_table() -> None:
    result = CliRunner().invoke(app, ["id", "91110000600037341L"])
    assert result.exit_code == 0
    assert "uscc" in result.output
