"""`iplake link parties` on files that a user brings."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from iplake.errors import ConfigError
from warehouse.commands import register
from warehouse.refresh import link_mentions

MENTIONS = "mention_id,name,city\n007,Xerox Corporation,\n008,Xerox Corp.,Stamford\n009,,\n"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_mentions_in_parties_out(tmp_path: Path, ending: str) -> None:
    mentions, out = tmp_path / "mentions.csv", tmp_path / "new" / f"parties.{ending}"
    mentions.write_text(MENTIONS, "utf-8")
    app = typer.Typer()
    register(app)
    done = CliRunner().invoke(
        app, ["link", "parties", "--mentions", str(mentions), "--out", str(out), "--json"]
    )
    assert done.exit_code == 0, done.output
    counts = json.loads(done.stdout[done.stdout.index("[\n") :])
    expected = {"mentions": 3, "parties": 1, "largest_party": 2, "without_name": 1}
    assert counts == [expected]
    read = pl.read_csv(out, infer_schema=False) if ending == "csv" else pl.read_parquet(out)
    assert read.columns == ["mention_id", "party_id", "score"]
    assert read["mention_id"].to_list() == ["007", "008", "009"]
    assert read["party_id"].null_count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\n1,Acme\n", "columns are missing"),
        ("mention_id,name\n1,Acme\n1,Zeta\n", "not unique"),
        ("mention_id,name\n,Acme\n", "not unique"),
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
