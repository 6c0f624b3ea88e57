"""Codes of Chinese administrative divisions (GB/T 2260): their parts, and how they change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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
