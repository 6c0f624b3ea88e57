"""Addresses to divisions of China (GB/T 2260) as of a day, to ISO 3166-2 and to countries.

An address is read from its front, as it is written: postcode, country, province, city, county.
Names are looked up among those that held in the year of the document; a name that did not hold
any more leads to the division that it went into. Streets and buildings are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from iplake.identifiers.regions import read_division
from transforms.regions import COUNTRIES, REGIONS, SHORT_PROVINCES

VERSION = "places-1"

NORTH_AMERICAN = [
    *(
        f"US-{state}"
        for state in (
            "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS"
            " MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY"
        ).split()
    ),
    *(f"CA-{province}" for province in "AB BC MB NB NL NS NT NU ON PE QC SK YT".split()),
]
NUTS_COUNTRIES = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    " AL CH GB IS LI ME MK NO RS TR"
).split()
"""Member states, and countries with regions of the same make: EFTA, candidates, the UK to 2020."""

PLACES = pl.Schema(
    {
        "address": pl.String(),
        "document_year": pl.Int64(),
        "postcode": pl.String(),
        "country_code": pl.String(),
        "subdivision_code": pl.String(),
        "province_code": pl.String(),
        "prefecture_code": pl.String(),
        "county_code": pl.String(),
        "method": pl.String(),
        "score": pl.Float64(),
        "version": pl.String(),
    }
)
"""What an address says; `subdivision_code` is ISO 3166-2, codes below are of GB/T 2260."""

SCORES = {
    "names in full": 0.99,
    "short name": 0.95,
    "former name": 0.95,
    "county without its city": 0.95,
    "named further on": 0.8,
    "contradictory": 0.6,
    "country": 0.99,
    "province": 0.99,
    "nothing": 0.0,
}
"""How an address was read, and how sure that is: a judgement, not a fit; nobody has coded any."""

NATIONS = (
    "壮族 回族 维吾尔族 维吾尔 哈尼族 彝族 傣族 苗族 侗族 土家族 布依族 藏族 羌族 白族 傈僳族"
    " 景颇族 朝鲜族 蒙古族 蒙古 哈萨克族 哈萨克 柯尔克孜族 柯尔克孜 黎族 瑶族 畲族 满族 拉祜族 佤族"
    " 纳西族 怒族 独龙族 布朗族 水族 仡佬族 仫佬族 毛南族 各族 土族 撒拉族 东乡族 保安族 裕固族"
    " 锡伯 塔吉克 达斡尔族 鄂温克族 鄂伦春 回"
).split()
NATION = re.compile("|".join(sorted(NATIONS, key=len, reverse=True)))
ENDING = re.compile(r"(?:省|市|地区|盟|自治州|自治县|自治旗|自治区|特别行政区|林区|区|县|旗)$")
POSTCODE = re.compile(r"^\s*(\d{6})(?!\d)")
NOISE = re.compile(r"[\s,，。\uff0e.、·]|^中华人民共和国|^中国(?!台湾|香港|澳门)")
FREE_TRADE_ZONE = re.compile(r"^[（(]([^）)]{2,4})[）)](?=自由贸易)")
LONGEST_NAME = 16
FURTHER_ON = 16
MUNICIPALITIES = ("11", "12", "31", "50")
SUBDIVISIONS = dict(
    each.split()
    for each in (
        "11 CN-BJ|12 CN-TJ|13 CN-HE|14 CN-SX|15 CN-NM|21 CN-LN|22 CN-JL|23 CN-HL|31 CN-SH|32 CN-JS"
        "|33 CN-ZJ|34 CN-AH|35 CN-FJ|36 CN-JX|37 CN-SD|41 CN-HA|42 CN-HB|43 CN-HN|44 CN-GD|45 CN-GX"
        "|46 CN-HI|50 CN-CQ|51 CN-SC|52 CN-GZ|53 CN-YN|54 CN-XZ|61 CN-SN|62 CN-GS|63 CN-QH|64 CN-NX"
        "|65 CN-XJ|71 CN-TW|81 CN-HK|82 CN-MO"
    ).split("|")
)
"""ISO 3166-2 by the first two digits of GB/T 2260, in letters as since 2017."""


@dataclass(frozen=True)
class Gazetteer:
    """Names of divisions that hold in a year, by the code of the division around them."""

    provinces: Mapping[str, str]
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    short: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    former: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """What was read of an address."""

    country: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    method: str = "nothing"


def located(
    addresses: pl.LazyFrame, divisions: pl.LazyFrame, changes: pl.LazyFrame
) -> pl.DataFrame:
    """Return the place of each address and year, once each, in the columns of `PLACES`.

    `addresses` has `address` and `document_date`; the others are the staged tables of GB/T 2260.
    """
    year = pl.col("document_date").dt.year().cast(pl.Int64)
    asked = (
        addresses.select("address", document_year=year)
        .drop_nulls()
        .unique()
        .sort("document_year", "address")
        .collect()
    )
    rows = []
    known = divisions.collect()
    told = changes.collect()
    for (at,), group in asked.group_by("document_year", maintain_order=True):
        names = gazetteer(known, told, int(str(at)))
        for address in group["address"]:
            place = read_place(address, names)
            postcode = POSTCODE.match(address)
            subdivision = SUBDIVISIONS.get((place.province or "")[:2])
            rows.append(
                (
                    address, at, postcode[1] if postcode else None, place.country,
                    subdivision, place.province, place.prefecture, place.county,
                    place.method, SCORES[place.method], VERSION,
                )
            )  # fmt: skip
    return pl.DataFrame(rows, schema=PLACES, orient="row")


def gazetteer(divisions: pl.DataFrame, changes: pl.DataFrame, year: int) -> Gazetteer:
    """Return the names that hold in a year: those of the changes, else those of the list.

    The list of a year end does not tell when its names began, and its interval is open: it
    stands in where the changes know neither code nor name.
    """
    start, end = pl.date(year, 12, 31), pl.date(year, 1, 1)
    told = divisions.filter(pl.col("basis") == "changes")
    holding = told.filter(
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= start),
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= end),
    )
    listed = divisions.filter(pl.col("basis") == "edition").join(
        told, on=["division_code", "division_name"], how="anti"
    )
    # A code of the list that the changes give to another name in this year is not yet that.
    listed = listed.join(holding, on="division_code", how="anti")
    past = told.filter(pl.col("valid_to") < end)
    successors = _successors(changes, year)
    columns = ["division_code", "division_name", "level"]
    now = pl.concat([holding.select(columns), listed.select(columns)]).unique().sort(columns)
    provinces: dict[str, str] = {}
    within: dict[str, dict[str, str]] = {}
    short: dict[str, dict[str, str]] = {}
    names_of = dict(now.select("division_code", "division_name").rows())
    cities = {code: ENDING.sub("", name) for code, name, _ in now.rows() if code[4:] == "00"}
    for code, name, level in now.rows():
        if level == "province":
            provinces[name] = code
            continue
        for around in _around(code):
            within.setdefault(around, {})[name] = code
            for alias in _aliases(name, level):
                # 长沙高新区 is not in 长沙县: of two with one short name the higher one is meant.
                if level == "prefecture" or alias != cities.get(code[:4] + "00"):
                    short.setdefault(around, {}).setdefault(alias, code)
    for alias, name in SHORT_PROVINCES.items():
        if name in provinces:
            provinces.setdefault(alias, provinces[name])
    for name in list(provinces):
        provinces.setdefault(NATION.sub("", ENDING.sub("", name)), provinces[name])
    former: dict[str, dict[str, str]] = {}
    for code, name, level in past.sort("valid_to").select(columns).rows():
        successor = _follow(code, name, successors, names_of)
        if successor and level != "province":
            for around in _around(successor):
                former.setdefault(around, {})[name] = successor
    return Gazetteer(provinces, within, short, former)


def _around(code: str) -> Iterator[str]:
    division = read_division(code)
    assert division is not None, code
    yield division.province_code
    if division.level == "county" and division.prefecture_code:
        yield division.prefecture_code


def _aliases(name: str, level: str) -> Iterator[str]:
    """Yield the shorter forms of a name: without its kind, and without the nations in it.

    >>> sorted(_aliases("元江哈尼族彝族傣族自治县", "county"))
    ['元江', '元江县', '元江自治县']
    >>> sorted(_aliases("长沙市", "prefecture")), sorted(_aliases("沙县", "county"))
    (['长沙'], [])
    """
    plain = NATION.sub("", name) if "自治" in name else name
    bare = ENDING.sub("", plain)
    if plain != name:
        yield plain
        if "自治县" in plain:
            yield bare + "县"
        elif "自治州" in plain:
            yield bare + "州"
    # Short names of districts are those of streets and towns all over.
    if len(bare) >= 2 and not (level == "county" and name.endswith("区")):
        yield bare


def _successors(changes: pl.DataFrame, year: int) -> dict[tuple[str, str], str]:
    """Return the code that a code with its name went into, by the changes up to a year."""
    moved = changes.filter(
        pl.col("change_year") <= year,
        pl.col("old_code").is_not_null() & pl.col("new_code").is_not_null(),
        pl.col("change_type") != "code_reassigned",
    ).sort("change_year")
    return {
        (old, name): new
        for old, name, new in moved.select("old_code", "old_name", "new_code").rows()
        if read_division(old) and read_division(new)
    }


def _follow(
    code: str, name: str, successors: Mapping[tuple[str, str], str], names_of: Mapping[str, str]
) -> str | None:
    """Return the code that holds now for one that did; none where the changes tell none."""
    seen: set[str] = set()
    while (following := successors.get((code, name))) is not None and following not in seen:
        if following in names_of:
            return following
        seen.add(following)
        # A code in between had a name that only the changes know.
        name = next((old_name for old, old_name in successors if old == following), "")
        code = following
    return None


def read_place(address: str, names: Gazetteer) -> Place:
    """Return the place that an address names, as far down as it can be told."""
    text = NOISE.sub("", POSTCODE.sub("", address.strip()).lstrip("0123456789 "))
    text = NOISE.sub("", text)
    if zone := FREE_TRADE_ZONE.match(text):
        text = zone[1] + text[zone.end() :]
    abroad = {**REGIONS, **COUNTRIES}
    if country := _longest(text, abroad):
        return Place(country=abroad[country], method="country")
    province = _longest(text, names.provinces)
    if province is None:
        return Place()
    code = names.provinces[province]
    rest = text[len(province) :]
    place = Place("CN", code, method="province")
    if code[:2] in MUNICIPALITIES:
        # It is its own city; old addresses say so, or name its counties below 市辖区.
        rest = rest.removeprefix("市辖区").removeprefix(province).removeprefix("市辖区")
        place = replace(place, prefecture=code, method="names in full")
    found = _below(place, rest, names)
    if found.prefecture is None and found.county is None:
        return _further_on(place, rest, names)
    return found


def _below(place: Place, rest: str, names: Gazetteer) -> Place:
    """Return the place with the city and county that the rest of an address begins with."""
    around = place.prefecture or place.province
    assert around is not None
    for method, table in (
        ("names in full", names.within),
        ("former name", names.former),
        ("short name", names.short),
    ):
        known = table.get(around, {})
        name = _longest(rest, known)
        if name is not None:
            found = _entered(place, known[name], method)
            return found if found.county else _below(found, rest[len(name) :], names)
    # 随州市洪山区: the district is another city's.
    elsewhere = names.within.get(place.province or "", {})
    if place.prefecture and (name := _longest(rest, elsewhere)) and elsewhere[name] != around:
        return replace(place, method="contradictory")
    return place


def _entered(place: Place, code: str, method: str) -> Place:
    """Return the place one step further down, with the less sure of the two methods."""
    division = read_division(code)
    assert division is not None, code
    if place.method != "province":
        method = min(place.method, method, key=lambda each: (SCORES[each], each))
    if division.level == "prefecture":
        return replace(place, prefecture=code, method=method)
    if place.prefecture is None and method == "names in full":
        method = "county without its city"
    # The codes of a municipality have a level between, which is no place.
    prefecture = place.prefecture or division.prefecture_code
    return replace(place, prefecture=prefecture, county=code, method=method)


def _further_on(place: Place, rest: str, names: Gazetteer) -> Place:
    """Return the first city or county named behind the beginning; of a county the whole name."""
    for at in range(1, min(len(rest), FURTHER_ON)):
        found = _below(place, rest[at:], names)
        if found != place and (found.method != "short name" or found.county is None):
            return replace(found, method="named further on")
    return place


def us_or_canadian_subdivision(country: pl.Expr, region: pl.Expr) -> pl.Expr:
    """Return ISO 3166-2 of a state or province that an office writes with its two letters.

    Other countries' regions come as names or codes of the office's own.

    >>> rows = pl.DataFrame({"c": ["US", "CA", "US", "DE"], "r": ["CA", "ON", "ON", "BY"]})
    >>> rows.select(us_or_canadian_subdivision(pl.col("c"), pl.col("r")).alias("s"))["s"].to_list()
    ['US-CA', 'CA-ON', None, None]
    """
    code = pl.concat_str(country, pl.lit("-"), region.str.to_uppercase())
    return pl.when(code.is_in(NORTH_AMERICAN)).then(code)


def nuts_country(country: pl.Expr) -> pl.Expr:
    """Return the first level of NUTS, the country, of those that have NUTS or statistical regions.

    Deeper levels need Eurostat's lists of postcodes, which are not at hand.

    >>> rows = pl.DataFrame({"c": ["DE", "GR", "GB", "US"]})
    >>> rows.select(nuts_country(pl.col("c")))["c"].to_list()
    ['DE', 'EL', 'UK', None]
    """
    return pl.when(country.is_in(NUTS_COUNTRIES)).then(country.replace({"GR": "EL", "GB": "UK"}))


def _longest(text: str, names: Mapping[str, str]) -> str | None:
    sizes = range(min(LONGEST_NAME, len(text)), 1, -1)
    return next((text[:size] for size in sizes if text[:size] in names), None)
