"""EU trade marks: cut files, archives, other files; the delivery's listing; the sample."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.trademarks.euipo_trademarks import discover
from iplake import registry
from iplake.errors import NotFound, SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "trademarks/euipo_trademarks"
BASE = registry.get(ADDRESS).endpoint.base_url
MARKS = ROOT / "tests" / "examples" / ADDRESS / "transaction" / "input.xml"


class Delivery(Pages):
    """A fetcher of a folder's files: what it has no answer to is not there."""

    def json(self, url: str, body: str | None = None) -> object:
        if url not in self.answers:
            raise NotFound("expected a file here", url=url)
        return super().json(url, body)


LANGUAGES = {
    "bg": "фенери", "cs": "lucerny", "da": "lanterner", "de": "Laternen", "el": "φανάρια",
    "en": "lanterns", "es": "linternas", "et": "laternad", "fi": "lyhdyt", "fr": "lanternes",
    "hr": "svjetiljke", "hu": "lámpások", "it": "lanterne", "lt": "žibintai", "lv": "laternas",
    "mt": "lanterni", "nl": "lantaarns", "pl": "latarnie", "pt": "lanternas", "ro": "felinare",
    "sk": "lampáše", "sl": "laterne", "sv": "lyktor",
}  # fmt: skip


def test_a_file_cut_off_keeps_the_marks_before(tmp_path: Path) -> None:
    whole = MARKS.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"<MarkFeature>Shape")])
    assert counts["trademarks"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input TradeMark 2")]


def test_an_archive_of_marks_numbers_them_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        for name in ("000/1.xml", "000/2.xml"):
            archive.write(MARKS, name)
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["trademarks"] == Count(records=8, staged=6, quarantined=2)
    rows = pl.read_parquet(tmp_path / "out" / "trademarks.parquet")
    assert rows["_record_number"].to_list() == [1, 2, 3, 5, 6, 7]
    assert refused(tmp_path)[-1] == ("missing_field", "000/2.xml TradeMark 4")


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b'{"fault": "quota"}'])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_a_delivery_in_the_place_of_the_interface_names_files_in_folders() -> None:
    told = f"{'0' * 64}  222/018222474.xml\n"
    [found] = discover(Delivery({f"{BASE}SHA256SUMS": told}), registry.get(ADDRESS))
    assert found.url == f"{BASE}222/018222474.xml"
    assert (found.name, found.checksum) == ("222_018222474.xml", f"sha256:{'0' * 64}")


def test_goods_come_in_all_languages_of_the_union(tmp_path: Path) -> None:
    whole = MARKS.read_text(encoding="utf-8")
    start = whole.index("<GoodsServicesDescription")
    end = whole.rindex("</GoodsServicesDescription>", 0, whole.index("</ClassDescription>"))
    goods = [
        f'<GoodsServicesDescription languageCode="{language}">{words}</GoodsServicesDescription>'
        for language, words in {**LANGUAGES, "eo": "lanternoj"}.items()
    ]
    content = whole[:start] + "".join(goods) + whole[end + len("</GoodsServicesDescription>") :]
    counts = staged(ADDRESS, tmp_path, content.encode())
    # Esperanto is no language of EUIPO.
    assert counts["trademark_goods"] == Count(records=24, staged=23, quarantined=1)
    rows = pl.read_parquet(tmp_path / "out" / "trademark_goods.parquet")
    assert dict(rows.select("language_code", "goods_text").rows()) == LANGUAGES


def test_pages_of_the_interface_and_xml_may_lie_in_one_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.write(MARKS, "1.xml")
        archive.write(MARKS.parents[1] / "listing" / "input.json", "page-00001")
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["trademarks"] == Count(records=10, staged=6, quarantined=4)


def test_a_page_cut_off_keeps_the_marks_before(tmp_path: Path) -> None:
    whole = (MARKS.parents[1] / "listing" / "input.json").read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"018900003")])
    assert counts["trademarks"] == Count(records=3, staged=2, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input item 3")]


def test_the_sample_has_keys_of_parties_and_no_texts_of_goods(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    marks = pl.read_parquet(folder / "trademarks")
    assert marks.height == 74
    # Nine marks are of a listing, which does not say what is to be done with them.
    assert marks["operation"].value_counts().sort("operation").rows() == [
        (None, 9),
        ("Insert", 64),
        ("Update", 1),
    ]
    parties = pl.read_parquet(folder / "trademark_parties")
    assert parties["party_name"].drop_nulls().len() == 18
    # Marks without words, and marks that are still pending.
    assert marks["mark_text"].null_count() > 0
    assert marks["registration_date"].null_count() > 0
    goods = pl.read_parquet(folder / "trademark_goods")
    assert goods.height > 1000
    assert goods["goods_text"].null_count() == goods.height
