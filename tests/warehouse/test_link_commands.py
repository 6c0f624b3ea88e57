"""`iplake link parties` on files that a user brings."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from iplake.errors import ConfigError
from tests.parties import LEI, PARTIES, publish_parties
from warehouse.commands import register
from warehouse.refresh import link_mentions

MENTIONS = "mention_id,name,city\n007,Xerox Corporation,\n008,Xerox Corp.,Stamford\n009,,\n"

app = typer.Typer()
register(app)


def run(*arguments: str | Path) -> list[dict[str, object]]:
    done = CliRunner().invoke(app, ["link", "parties", *map(str, arguments), "--json"])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, object]] = json.loads(done.stdout[done.stdout.index("[\n") :])
    return rows


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_mentions_in_parties_out(tmp_path: Path, ending: str) -> None:
    mentions, out = tmp_path / "mentions.csv", tmp_path / "new" / f"parties.{ending}"
    mentions.write_text(MENTIONS, "utf-8")
    assert run("--mentions", mentions, "--out", out) == [
        {
            "mentions": 3,
            "parties": 1,
            "largest_party": 2,
            "without_name": 1,
            "refused_numbers": 0,
            "ignored_columns": None,
        }
    ]
    read = pl.read_csv(out, infer_schema=False) if ending == "csv" else pl.read_parquet(out)
    assert read.columns == ["mention_id", "party_id", "score"]
    assert read["mention_id"].to_list() == ["007", "008", "009"]
    assert read["party_id"].null_count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("id,name\n1,Acme\n", r"columns are missing.*found=id, name"),
        ("mention_id,name\n1,Acme\n1,Zeta\n", r"not unique.*first=1"),
        ("mention_id,name\n,Acme\n", r"mention_id is empty.*rows=1"),
    ],
)
def test_a_file_that_is_no_table_of_mentions_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    mentions = tmp_path / "mentions.csv"
    mentions.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        link_mentions(mentions, tmp_path / "out.csv")


def test_other_endings_and_absent_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        link_mentions(tmp_path / "none.csv", tmp_path / "out.csv")
    with pytest.raises(ConfigError, match=r"\.csv or \.parquet"):
        link_mentions(tmp_path / "none.xlsx", tmp_path / "out.csv")


def test_a_table_without_mentions_has_no_parties(tmp_path: Path) -> None:
    mentions, out = tmp_path / "mentions.csv", tmp_path / "out.csv"
    mentions.write_text("mention_id,name\n", "utf-8")
    assert link_mentions(mentions, out)["mentions"] == 0
    assert out.read_text("utf-8") == "mention_id,party_id,score\n"


def test_numbers_are_read_as_they_are_written_and_what_is_of_no_use_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mentions, out = tmp_path / "mentions.csv", tmp_path / "out.parquet"
    mentions.write_text(
        "mention_id,name,lei,party_id\n"
        f"1,Acme Inc,{LEI},x\n"
        "2,Quite Another Name,2138 00kud8lajwsq9d15,x\n"
        "3,Zeta Ltd,213800KUD8LAJWSQ9D16,x\n",
        "utf-8",
    )
    counts = link_mentions(mentions, out)
    assert (counts["refused_numbers"], counts["ignored_columns"]) == (1, "party_id")
    found = pl.read_parquet(out)["party_id"].to_list()
    assert found[:2] == [f"LEI:{LEI}"] * 2
    assert found[2].startswith("NAME:")
    told = "".join(capsys.readouterr())
    assert "213800KUD8LAJWSQ9D16" in told
    assert "party_id" in told


def test_mentions_that_are_parties_of_the_lake_have_its_ids(
    lake_home: Path, tmp_path: Path
) -> None:
    release = publish_parties(PARTIES)
    mentions, out = tmp_path / "mentions.csv", tmp_path / "out.csv"
    mentions.write_text(
        "mention_id,name,lei\n"
        "1,Huawei Technologies Co Ltd,\n"
        "2,華為技術有限公司,\n"
        # Linkage would join these two; in the lake a reviewed override parts them.
        "3,Acme Industries Inc,\n"
        "4,Acme Industries Corp,\n"
        f"5,Renamed Since,{LEI}\n"
        "6,Quite Unknown Ltd,\n"
        "7,Quite Unknown Limited,\n",
        "utf-8",
    )
    [counts] = run("--mentions", mentions, "--out", out, "--against-lake")
    assert counts["release"] == release.name
    assert (counts["mentions"], counts["mentions_in_lake"]) == (7, 5)
    rows = pl.read_csv(out)
    assert rows.columns == ["mention_id", "party_id", "score", "party_name"]
    assert rows["party_id"][:5].to_list() == ["P:huawei", "P:huawei", "P:one", "P:two", "P:lei"]
    assert rows["party_name"][:2].to_list() == ["华为技术有限公司"] * 2
    assert rows["score"].is_between(0, 1).all()
    assert rows["party_id"][5] == rows["party_id"][6]
    assert rows["party_name"][5:].null_count() == 2
    refused = CliRunner().invoke(
        app, ["link", "parties", "--mentions", "a.csv", "--out", "b.csv", "--release", "x"]
    )
    assert isinstance(refused.exception, ConfigError)
