"""The name of an organisation, read into parts that can be compared across languages.

`read_name("广州恒达科技有限公司")`, `read_name("Guangzhou Hengda Technology Co., Ltd.")` and
`read_name("Guangzhou Heng Da Keji Youxian Gongsi")` have the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from transforms.linkage import words
from transforms.linkage.chinese_names import (
    INSTITUTIONS,
    NO_VOCABULARY,
    Vocabulary,
    read_east_asian,
)
from transforms.linkage.latin_names import read_latin
from transforms.linkage.parts import Name
from transforms.linkage.text import BRACKETS, EAST_ASIAN, HAN, fold


def read_name(raw: str, vocabulary: Vocabulary = NO_VOCABULARY) -> Name:
    """Return the parts of an organisation's name.

    >>> read_name("广州市恒达科技有限公司").words
    'guangzhou hengda technology'
    >>> read_name("Guangzhou Heng Da Keji Youxian Gongsi").tight
    'guangzhouhengdatechnology'
    >>> read_name("The Regents of the Univ. of California").words
    'california university'
    >>> name = read_name("The United States of America as represented by the Secretary of the Navy")
    >>> name.core, name.place
    ('navy', 'usa')
    """
    text = fold(raw)
    short: str | None = None
    for inside in BRACKETS.findall(raw):
        letters = inside.replace(".", "").strip()
        if _is_acronym(letters, raw):
            short = letters.casefold()
    if EAST_ASIAN.search(text):
        return read_east_asian(text, short, vocabulary)
    return read_latin(text, short, raw)


def _is_acronym(letters: str, raw: str) -> bool:
    """Return whether letters in brackets are an acronym of the name, and not a place or a word."""
    if not (letters.isascii() and letters.isalpha() and 2 < len(letters) < 9):
        return False
    small = letters.casefold()
    if not letters[:2].isupper() or (small,) in words.places().phrases:
        return False
    return not raw.isupper() or small[0] == raw.strip()[0].casefold()


def learn(pairs: Iterable[tuple[str, str]]) -> Vocabulary:
    """Return the vocabulary that pairs of names of one organisation teach.

    A brand that would have two translations teaches nothing.

    >>> learn([("腾讯科技(深圳)有限公司", "Tencent Technology (Shenzhen) Company Limited")]).brands
    {'腾讯': 'tencent'}
    >>> learn([("中山大学", "Sun Yat-sen University")]).phrases
    {'中山大学': 'sun yat sen university'}
    """
    phrases: dict[str, set[str]] = {}
    brands: dict[str, set[str]] = {}
    for one, other in pairs:
        chinese, english = (one, other) if EAST_ASIAN.search(one) else (other, one)
        if EAST_ASIAN.search(english) or not HAN.search(chinese):
            continue
        left, right = read_name(chinese), read_name(english)
        if left.han is None:
            continue
        if left.han.endswith(INSTITUTIONS):
            phrases.setdefault(left.han, set()).add(right.core)
        elif _has_brand(left) and right.trade and right.head != right.words.replace(" ", ""):
            brands.setdefault(str(left.brand), set()).add(right.head)
    return Vocabulary(
        {each: min(found) for each, found in phrases.items() if len(found) == 1},
        {each: min(found) for each, found in brands.items() if len(found) == 1},
    )


def is_translation(chinese: str, other: str) -> bool:
    """Return whether two names may be one in two languages: both speak of one trade.

    >>> is_translation("广东欧珀移动通信有限公司", "Guangdong OPPO Mobile Telecommunications Corp.")
    True
    >>> is_translation("恒达物流有限公司", "Hengtek Optics Ltd.")
    False
    """
    left, right = (set(read_name(each).trade.split()) for each in (chinese, other))
    return bool(left & right)


@cache
def common_vocabulary() -> Vocabulary:
    """Return what the known names in the project's own list teach."""
    return learn(words.known_names())


def _has_brand(chinese: Name) -> bool:
    """Return whether a Chinese name has a distinctive part in Han characters alone."""
    brand = chinese.brand
    return brand is not None and brand != chinese.han and HAN.fullmatch(brand) is not None
