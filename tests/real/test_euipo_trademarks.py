"""EU trade marks: all 192 real files and the page of the interface, counted apart from us."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "trademarks/euipo_trademarks"
ROWS = {
    "trademarks": 192,
    "trademark_classes": 405,
    "trademark_goods": 8598,
    "trademark_parties": 331,
    "trademark_events": 377,
    "trademark_claims": 18,
}


def test_every_mark_is_staged(real: Path, tmp_path: Path) -> None:
    paths = sorted((real / "trademark" / "euipo_em_trademark_xml").glob("*/*.xml"))
    assert len(paths) == 192
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=2)
    assert counts == {table: Count(rows, rows, 0) for table, rows in ROWS.items()}
    marks = pl.read_parquet(tmp_path / "trademarks.parquet")
    assert marks["application_number"].n_unique() == 192
    # By PROVENANCE.md, five have no words.
    assert marks["mark_text"].null_count() == 5
    assert marks.filter(status="Registered")["registration_date"].null_count() == 0
    goods = pl.read_parquet(tmp_path / "trademark_goods.parquet")
    # Every class is told in all 23 languages, or only in those of the application.
    languages = goods.group_by("application_number", "class_number").len()["len"]
    assert goods["language_code"].n_unique() == 23
    assert languages.max() == 23
    told = re.compile(r'<GoodsServicesDescription languageCode="(\w\w)">')
    expected: dict[str, int] = {}
    for path in paths:
        for language in told.findall(path.read_text(encoding="utf-8")):
            expected[language] = expected.get(language, 0) + 1
    assert dict(goods["language_code"].value_counts().rows()) == expected


def test_goods_of_the_largest_mark_are_whole_in_every_script(real: Path, tmp_path: Path) -> None:
    path = real / "trademark" / "euipo_em_trademark_xml" / "226" / "018226735_large_1.1MB.xml"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    goods = pl.read_parquet(tmp_path / "trademark_goods.parquet")
    pattern = r'<GoodsServicesDescription languageCode="(\w\w)">([^<]*)<'
    told = re.findall(pattern, path.read_text(encoding="utf-8"))
    assert {language for language, _ in told} == set(goods["language_code"])
    assert goods.height == len(told)
    characters = {language: 0 for language, _ in told}
    for language, words in told:
        characters[language] += len(" ".join(_unescaped(words).split()))
    by_language = goods.group_by("language_code").agg(pl.col("goods_text").str.len_chars().sum())
    assert dict(by_language.rows()) == characters


def _unescaped(words: str) -> str:
    for name, character in {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}.items():
        words = words.replace(f"&{name};", character)
    return words


def test_the_page_of_the_interface_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / "trademark" / "euipo_api_json" / "tm_list_size10.json"
    page = json.loads(path.read_bytes())
    assert page["totalElements"] == 2_354_583
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["trademarks"] == Count(10, 10, 0)
    assert counts["trademark_parties"] == Count(20, 20, 0)
    for table, field in (
        ("trademark_classes", "niceClasses"),
        ("trademark_events", "publications"),
    ):
        assert counts[table].staged == sum(len(each[field]) for each in page["trademarks"])
    rows = pl.read_parquet(tmp_path / "trademarks.parquet")
    assert set(rows["status"]) == {"Expired", "Withdrawn"}
    assert set(rows["mark_feature"]) == {"Figurative", "Word"}
