"""The RFC Editor's index: the real excerpt whole; Relaton's series are another source's."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.standards.ietf_rfc import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "standards/ietf_rfc"


def test_every_entry_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "ietf" / "rfc-index_excerpt.xml"
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert records(path) == 3
    assert counts["rfcs"] == Count(3, 3, 0)
    # Those within entries, each a doc-id of a relation.
    in_file = path.read_bytes().count(b"<doc-id>") - 3
    assert counts["rfc_relations"] == Count(in_file, in_file, 0)
    assert refresh.stage_with_drift(ADDRESS, [path], tmp_path / "again", 1) == ()
    rows = pl.read_parquet(tmp_path / "rfcs.parquet")
    assert rows["rfc_number"].to_list() == [8180, 10, 8174]
    assert rows["author_count"].to_list() == [3, 1, 1]
    assert rows["page_count"].to_list() == [28, 3, 4]


def test_series_in_relatons_form_are_refused_whole(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "ietf" / "relaton_rfcsubseries.tar.gz"
    with pytest.raises(SourceChanged, match="standards/relaton"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
