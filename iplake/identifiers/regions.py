"""Codes of regions: Chinese divisions (GB/T 2260), ISO 3166, and the NUTS of the EU."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from iplake.identifiers.countries import ALPHA2
from iplake.identifiers.identifier import Identifier, Part
from iplake.identifiers.text import compact

CODE = re.compile(r"([1-9]\d)(\d\d)(\d\d)(?:\d{3}|\d{6})?")

CHANGE_TYPES = {
    "同名改码": "same_name_new_code",
    "新设": "established",
    "撤销": "abolished",
    "码位改派": "code_reassigned",
    "撤县设市": "county_to_city",
    "更名": "renamed",
    "撤县设区": "county_to_district",
    "撤地设市": "prefecture_to_city",
    "撤市设区": "city_to_district",
    "区划调整": "boundary_adjusted",
    "划转": "transferred",
    "驻地迁移": "seat_moved",
    "撤区设区": "district_to_district",
    "撤旗设区": "banner_to_district",
}
"""What can happen to a division, as compilers of the code books name it."""

Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """A division's code of six digits, its level, and the codes above it."""

    code: str
    level: Level
    province_code: str
    prefecture_code: str | None


def read_division(text: str) -> Division | None:
    """Return the division that a code of 6, 9 or 12 digits stands for or lies in, or nothing.

    Digits 3 and 4 of 90 mean a county that the province runs itself: it has no prefecture.

    >>> read_division("440106000000")
    Division(code='440106', level='county', province_code='440000', prefecture_code='440100')
    >>> read_division("440100").level, read_division("440000").level
    ('prefecture', 'province')
    >>> read_division("429004").prefecture_code, read_division("4401"), read_division("440006")
    (None, None, None)
    """
    matched = CODE.fullmatch(text)
    if matched is None:
        return None
    province, prefecture, county = matched[1], matched[2], matched[3]
    code = f"{province}{prefecture}{county}"
    if prefecture == "00":
        return Division(code, "province", code, None) if county == "00" else None
    level: Level = "prefecture" if county == "00" else "county"
    above = None if prefecture == "90" else f"{province}{prefecture}00"
    return Division(code, level, f"{province}0000", above)


PROVINCES = dict(
    pair.split(":")
    for pair in (
        "11:BJ 12:TJ 13:HE 14:SX 15:NM 21:LN 22:JL 23:HL 31:SH 32:JS 33:ZJ 34:AH 35:FJ 36:JX"
        " 37:SD 41:HA 42:HB 43:HN 44:GD 45:GX 46:HI 50:CQ 51:SC 52:GZ 53:YN 54:XZ 61:SN 62:GS"
        " 63:QH 64:NX 65:XJ 71:TW 81:HK 82:MO"
    ).split()
)
"""Letters of ISO 3166-2:CN since 2017, by GB/T 2260's first digits, which stood there before."""

NUTS_COUNTRIES = frozenset(
    "AL AT BE BG CH CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV ME MK MT NL NO PL PT RO"
    " RS SE SI SK TR UK XK".split()
)
"""Countries that NUTS or its statistical regions cover; Greece is EL there, and Britain UK."""


def division_identifier(text: str) -> Identifier | None:
    """Return a code of GB/T 2260 of two, four, six, nine or twelve digits, at its six.

    >>> found = division_identifier("440106000000")
    >>> found.canonical, found.parts["level"], found.parts["iso_3166_2"]
    ('440106', 'county', 'CN-GD')
    >>> division_identifier("4401").canonical, division_identifier("990000")
    ('440100', None)
    """
    written = compact(text).removeprefix("GB/T2260:")
    padded = written.ljust(6, "0") if re.fullmatch(r"\d{2}|\d{4}", written) else written
    division = read_division(padded)
    if division is None or division.code[:2] not in PROVINCES:
        return None
    parts: dict[str, Part] = {
        "level": division.level,
        "province_code": division.province_code,
        "prefecture_code": division.prefecture_code,
        "iso_3166_2": f"CN-{PROVINCES[division.code[:2]]}",
    }
    below = written[6:] if len(written) > 6 else ""
    if below.strip("0"):
        parts["below"] = below
    note = "a code means a place at a time: core.dim_region has which"
    return Identifier("gbt2260", division.code, parts, notes=(note,))


def subdivision_identifier(text: str) -> Identifier | None:
    """Return a code of ISO 3166-2; the digits that China's had until 2017 become letters.

    >>> subdivision_identifier("CN-44").canonical, subdivision_identifier("de-by").canonical
    ('CN-GD', 'DE-BY')
    >>> subdivision_identifier("ZZ-1")
    """
    found = re.fullmatch(r"([A-Z]{2})-([A-Z0-9]{1,3})", compact(text))
    if found is None or found[1] not in _ALPHA2:
        return None
    country, code = found.groups()
    letters = PROVINCES.get(code) if country == "CN" else None
    notes = (f"{country}-{code} until 2017",) if letters else ()
    code = letters or code
    if country == "CN" and code not in PROVINCES.values():
        return None
    parts: dict[str, Part] = {"country_code": country, "code": code}
    if country == "CN":
        parts["gbt2260"] = {name: digits for digits, name in PROVINCES.items()}[code] + "0000"
    return Identifier("iso_3166_2", f"{country}-{code}", parts, notes=notes)


def country_identifier(text: str) -> Identifier | None:
    """Return a code of ISO 3166-1 of two or three letters, at its two.

    >>> country_identifier("CHN").canonical, country_identifier("cn").canonical
    ('CN', 'CN')
    """
    written = compact(text)
    code = ALPHA2.get(written, written)
    if code not in _ALPHA2:
        return None
    alpha3 = next(long for long, short in ALPHA2.items() if short == code)
    return Identifier("country", code, {"alpha_2": code, "alpha_3": alpha3})


def nuts_identifier(text: str) -> Identifier | None:
    """Return a code of NUTS: a country and up to three characters, one for each level.

    >>> nuts_identifier("DE212").parts["level"], nuts_identifier("US1")
    (3, None)
    """
    found = re.fullmatch(r"(?:NUTS:?)?([A-Z]{2})([0-9A-Z]{1,3})", compact(text))
    if found is None or found[1] not in NUTS_COUNTRIES or not re.search(r"\d", found[2]):
        return None
    parts: dict[str, Part] = {"country_code": found[1], "level": len(found[2])}
    return Identifier("nuts", found[1] + found[2], parts)


_ALPHA2 = frozenset(ALPHA2.values())
