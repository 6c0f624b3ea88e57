"""All cells of Eurostat's real files, against counts made apart from us."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "economy/eurostat"
# Lines by PROVENANCE.md, cells and colons among them.
FILES = {
    "educ_uoe_fine06.tsv.gz": (650, 1_950, 906),
    "htec_vci_stage2.tsv": (460, 4_140, 2),
    "nama_10r_2gdp.tsv.gz": (2_564, 38_460, 1_186),
    "nama_10r_2gvagr.tsv.gz": (282, 4_230, 635),
    "trng_lfse_04.tsv.gz": (1_455, 23_280, 3_155),
}


def staged(real: Path, out: Path, name: str) -> tuple[dict[str, Count], pl.DataFrame]:
    """Stage a real file; return the counts and the observations."""
    path = real / "economic" / "eurostat_tsv" / name
    counts = refresh.stage_files(ADDRESS, [path], out, jobs=1)
    return counts, pl.read_parquet(out / "observations.parquet")


def cells(real: Path, name: str) -> list[str]:
    """Return the cells of a real file, split by hand."""
    raw = (real / "economic" / "eurostat_tsv" / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    return [cell for line in text.splitlines()[1:] for cell in line.split("\t")[1:]]


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_staged_with_its_flags(real: Path, tmp_path: Path, name: str) -> None:
    lines, all_cells, missing = FILES[name]
    counts, rows = staged(real, tmp_path, name)
    assert counts["observations"] == Count(records=all_cells, staged=all_cells, quarantined=0)
    assert counts["series"] == Count(records=lines, staged=lines, quarantined=0)
    assert rows["is_missing"].sum() == missing
    series = pl.read_parquet(tmp_path / "series.parquet")
    assert (series["cell_count"].sum(), series["missing_count"].sum()) == (all_cells, missing)
    found = Counter(rows["observation_flags"].to_list())
    expected = Counter(cell.lstrip("-.0123456789: ").strip() or None for cell in cells(real, name))
    assert found == expected


def test_flags_that_stand_together_are_there(real: Path, tmp_path: Path) -> None:
    _, rows = staged(real, tmp_path, "trng_lfse_04.tsv.gz")
    both = rows.filter(pl.col("observation_flags").str.len_chars() > 1)
    assert set(both["observation_flags"]) == {"bu"}
    _, education = staged(real, tmp_path, "educ_uoe_fine06.tsv.gz")
    assert "zd" in set(education["observation_flags"])


def test_a_known_figure_is_the_published_one(real: Path, tmp_path: Path) -> None:
    _, rows = staged(real, tmp_path, "nama_10r_2gdp.tsv.gz")
    [austria] = rows.filter(area_code="AT", unit_code="EUR_HAB", observation_year=2014).iter_rows(
        named=True
    )
    assert austria["observation_value"] == 38_500
    assert rows.select("dimensions", "period_code").is_duplicated().sum() == 0
    assert set(rows["area_scheme"]) == {"ISO3166-1", "NUTS", "EUROSTAT"}


def test_what_is_no_dataset_is_refused(real: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match="expected a header line"):
        staged(real, tmp_path, "Metadata.xls")
