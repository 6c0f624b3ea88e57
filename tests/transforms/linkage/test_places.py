"""Addresses to divisions as of a day: full, short and former names, postcodes, contradictions."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from transforms.linkage.places import (
    SCORES,
    SUBDIVISIONS,
    Gazetteer,
    gazetteer,
    located,
    read_place,
)


def division(
    code: str, name: str, start: int | None = 1983, end: int | None = None
) -> dict[str, Any]:
    level = "province" if code.endswith("0000") else "prefecture" if code[4:] == "00" else "county"
    return {
        "division_code": code,
        "division_name": name,
        "level": level,
        "basis": "changes" if start else "edition",
        "valid_from": date(start, 1, 1) if start else None,
        "valid_to": date(end, 12, 31) if end else None,
    }


DIVISIONS = pl.DataFrame(
    [
        division("440000", "广东省", None),
        division("440100", "广州市", None),
        division("440106", "天河区", None),
        division("440112", "黄埔区", None),
        division("440116", "萝岗区", 2005, 2013),
        division("440183", "增城市", 1995, 2013),
        division("440118", "增城区", 2014),
        division("441900", "东莞市", None),
        division("430000", "湖南省", None),
        division("430100", "长沙市", None),
        division("430121", "长沙县", None),
        division("420000", "湖北省", None),
        division("420100", "武汉市", None),
        division("420111", "洪山区", None),
        division("421300", "随州市", None),
        division("429006", "天门市", None),
        division("530000", "云南省", None),
        division("530400", "玉溪市", None),
        division("530428", "元江哈尼族彝族傣族自治县", None),
        division("310000", "上海市", None),
        division("310115", "浦东新区", None),
        division("650000", "新疆维吾尔自治区", None),
        division("652800", "巴音郭楞蒙古自治州", None),
        division("652801", "库尔勒市", None),
    ],
    schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date},
)
CHANGES = pl.DataFrame(
    {
        "change_year": [2014, 2014],
        "change_type": ["abolished", "city_to_district"],
        "old_code": ["440116", "440183"],
        "old_name": ["萝岗区", "增城市"],
        "new_code": ["440112", "440118"],
    }
)


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return gazetteer(DIVISIONS, CHANGES, 2019)


@pytest.mark.parametrize(
    ("address", "codes", "method"),
    [
        ("510640广东省广州市天河区五山路", ("440000", "440100", "440106"), "names in full"),
        ("广东广州 天河区五山路", ("440000", "440100", "440106"), "short name"),
        ("523000广东省东莞市长安镇", ("440000", "441900", None), "names in full"),
        ("431700湖北省天门市岳口工业园", ("420000", None, "429006"), "county without its city"),
        ("云南省元江县甘庄街道", ("530000", "530400", "530428"), "short name"),
        ("上海市市辖区浦东新区张江路", ("310000", "310000", "310115"), "names in full"),
        ("中国（上海）自由贸易试验区祖冲之路", ("310000", "310000", None), "names in full"),
        ("湖南省长沙经济技术开发区三一路", ("430000", "430100", None), "short name"),
        ("湖南省长沙市长沙高新开发区", ("430000", "430100", None), "names in full"),
        ("湖北省随州市洪山区珞喻路", ("420000", "421300", None), "contradictory"),
        ("新疆维吾尔自治区巴州库尔勒市", ("650000", "652800", "652801"), "named further on"),
        ("广东省宝岛新村", ("440000", None, None), "province"),
        ("510530广东省广州市萝岗区科学城", ("440000", "440100", "440112"), "former name"),
        ("somewhere", (None, None, None), "nothing"),
        ("", (None, None, None), "nothing"),
    ],
)
def test_an_address_is_read_as_far_as_it_goes(
    names: Gazetteer, address: str, codes: tuple[str | None, ...], method: str
) -> None:
    place = read_place(address, names)
    assert (place.province, place.prefecture, place.county) == codes
    assert place.method == method


@pytest.mark.parametrize(
    ("address", "country"),
    [("美国加利福尼亚州", "US"), ("中国台湾新竹", "TW"), ("波多黎各多拉多", "PR"), ("日本", "JP")],
)
def test_of_a_foreign_applicant_the_country_is_told(
    names: Gazetteer, address: str, country: str
) -> None:
    place = read_place(address, names)
    assert (place.country, place.province, place.method) == (country, None, "country")


def test_codes_are_those_of_the_day_of_the_document() -> None:
    addresses = pl.LazyFrame(
        {
            "address": ["511300广东省增城市新塘镇", "广东省广州市萝岗区", "广东省广州市增城区"] * 2,
            "document_date": [date(2010, 6, 1)] * 3 + [date(2016, 6, 1)] * 3,
        }
    )
    found = located(addresses, DIVISIONS.lazy(), CHANGES.lazy())
    assert found.height == 6
    assert found["subdivision_code"].unique().to_list() == ["CN-GD"]
    codes = {
        row[:2]: row[2] for row in found.select("document_year", "address", "county_code").rows()
    }
    assert codes[2010, "511300广东省增城市新塘镇"] == "440183"
    assert codes[2010, "广东省广州市萝岗区"] == "440116"
    assert codes[2016, "511300广东省增城市新塘镇"] == "440118"
    assert codes[2016, "广东省广州市萝岗区"] == "440112"
    # A name that is not yet in force is read without its kind.
    assert codes[2010, "广东省广州市增城区"] == "440183"
    glued = found.filter(pl.col("address").str.starts_with("511300"))
    assert glued["postcode"].to_list() == ["511300", "511300"]


def test_every_way_has_a_score_and_every_province_its_letters() -> None:
    assert set(SCORES) >= {"names in full", "nothing"}
    assert len(SUBDIVISIONS) == len(set(SUBDIVISIONS.values())) == 34
