"""ROR: arrays and record files, both schemas; Zenodo's listing; other files refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.reference.ror import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "reference/ror"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


class Listing:
    """A fetcher that answers with one JSON value."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def json(self, url: str) -> object:
        assert url == "https://zenodo.org/api/records/6347574"
        return self.answer

    def text(self, url: str) -> str:
        raise AssertionError(url)


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def test_a_dump_cut_off_keeps_the_organisations_before(tmp_path: Path) -> None:
    whole = (EXAMPLES / "schema_2" / "input.json").read_bytes()
    counts = staged(tmp_path, whole[: whole.index(b"No Display")])
    assert counts["organisations"] == Count(records=3, staged=2, quarantined=1)
    refused = pl.read_parquet(tmp_path / "out" / "quarantine.parquet")
    assert refused["reason_code"].to_list() == ["truncated"]


def test_a_dump_of_both_schemas_has_both_by_their_release(tmp_path: Path) -> None:
    first = json.loads((EXAMPLES / "schema_1" / "input.json").read_bytes())
    second = json.loads((EXAMPLES / "schema_2" / "input.json").read_bytes())[0]
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("v1.74-2025-11-24-ror-data.json", json.dumps([first]))
        archive.writestr("v1.74-2025-11-24-ror-data_schema_v2.json", json.dumps([second]))
        archive.writestr("v1.74-2025-11-24-ror-data.csv", "id,name\n")
    counts = staged(tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["organisations"] == Count(records=2, staged=2, quarantined=0)
    rows = pl.read_parquet(tmp_path / "out" / "organisations.parquet")
    assert rows["ror_id", "release_name", "schema_version"].rows() == [
        ("0530pts50", "v1.74", 1),
        ("0530pts50", "v1.74", 2),
    ]


@pytest.mark.parametrize("content", [b"", b"id,name\n1,x\n", b"%PDF-1.7"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected JSON"):
        staged(tmp_path, content)


def test_the_listing_names_file_checksum_and_day() -> None:
    url = "https://zenodo.org/api/records/1/files/x.zip/content"
    listing = {
        "metadata": {"publication_date": "2025-11-24"},
        "files": [{"key": "x.zip", "checksum": "md5:00", "links": {"self": url}, "size": 1}],
    }
    [found] = discover(Listing(listing), registry.get(ADDRESS))
    assert (found.url, found.name, found.checksum) == (url, "x.zip", "md5:00")
    assert str(found.published) == "2025-11-24"


@pytest.mark.parametrize(
    "answer",
    [[], {}, {"metadata": {"publication_date": "soon"}, "files": []}, {"status": 404}],
)
def test_another_listing_is_refused(answer: object) -> None:
    with pytest.raises(SourceChanged, match="expected files with key"):
        list(discover(Listing(answer), registry.get(ADDRESS)))


def test_the_sample_holds_an_organisation_in_several_releases(lake_home: Path) -> None:
    for snapshot in refresh.land(ADDRESS):
        refresh.stage(ADDRESS, snapshot)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "organisations")
    assert rows.height > 150
    same = rows.filter(ror_id="0530pts50")
    assert same["schema_version"].unique().sort().to_list() == [1, 2]
    assert same["release_name"].n_unique() > 1
    assert rows["is_id_valid"].all()
