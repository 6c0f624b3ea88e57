"""What kind of organisation, or whether a person, a name speaks of.

Rules over words, the first that holds: a hospital of a university is a hospital, a company of a
university an enterprise. What has no word of its kind is a person or a brand, by its letters
(`person_model`); it is unknown where they are not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, get_args

import polars as pl

from transforms.linkage.latin_names import FREE_LEGAL
from transforms.linkage.person_model import person_odds
from transforms.linkage.text import EAST_ASIAN, SINGLE_LETTERS, fold, mend
from transforms.linkage.words import kind_words, legal_forms, places

PartyType = Literal[
    "enterprise",
    "university",
    "institute",
    "government",
    "hospital",
    "foundation",
    "person",
    "unknown",
]
PARTY_TYPES: tuple[PartyType, ...] = get_args(PartyType)
CHINESE_KINDS: tuple[PartyType, ...] = (
    "hospital",
    "institute",
    "university",
    "foundation",
    "government",
)
# ROR writes companies so: Tencent (China).
BRANCH = re.compile(r"[^,] \((?P<place>[^)]+)\)$")
PERSON, BRAND, SURELY_PERSON = 0.0, -1.0, 5.0
"""Log odds above which letters are those of a person, and below which they are not."""
DOTS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")


@cache
def _speaks_of(kind: str) -> re.Pattern[str]:
    """Return what finds the words of a kind in a name."""
    words = kind_words()[kind]
    if kind.startswith("chinese"):
        return re.compile("|".join(words))
    escaped = (each.replace("*", r"\w*").replace("_", " ") for each in words)
    return re.compile(rf"\b(?:{'|'.join(escaped)})\b")


def party_type(name: str, odds: Callable[[str], float] = person_odds) -> PartyType:
    """Return what kind of party a name speaks of; `odds` tells persons by their letters.

    >>> [party_type(each) for each in ("中山大学附属第一医院", "广东工业大学", "恒达科技有限公司")]
    ['hospital', 'university', 'enterprise']
    >>> party_type("The United States of America as represented by the Secretary of the Navy")
    'government'
    >>> party_type("Institut National de la Recherche Agronomique"), party_type("张伟")
    ('institute', 'person')
    >>> party_type("Xerox Corporation"), party_type("Blue Door Optics"), party_type("Doe, Jane A.")
    ('enterprise', 'enterprise', 'person')
    """
    text = fold(name)
    if EAST_ASIAN.search(text):
        return _of_chinese(re.sub(r"[（(].*?[)）]", "", text).strip(), odds)
    branch = BRANCH.search(text)
    is_branch = branch is not None and tuple(branch["place"].split()) in places().phrases
    if branch and is_branch:
        text = text[: branch.start() + 1]
    text = DOTS.sub("", text).replace("'", "")
    words = [mend(each) if len(each) > 7 else each for each in re.findall(r"[^\W_]+", text)]
    plain = SINGLE_LETTERS.sub(lambda each: each[0].replace(" ", ""), " ".join(words))
    words = plain.split()
    if _speaks_of("hospital").search(plain):
        return "hospital"
    if _has_legal_form(words):
        return "enterprise"
    if _speaks_of("own foundation").search(plain) and "scholars" not in words:
        return "foundation"
    if _is_investment(words, plain):
        return "enterprise"
    if _speaks_of("own institute").search(plain):
        return "institute"
    for kind in ("university", "government", "institute", "foundation", "enterprise"):
        if _speaks_of(kind).search(plain):
            return kind
    # What stands alone is a brand; no person is recorded by one word.
    if is_branch or (len(words) == 1 and len(plain) > 1 and not plain.isdigit()):
        return "enterprise"
    return _person_or_brand(odds(name)) if len(words) > 1 else "unknown"


def _is_investment(words: list[str], plain: str) -> bool:
    """Return whether a fund or a trust is there for its investors, not for charity."""
    if plain.endswith("credit union"):
        return True
    if not {"fund", "funds", "trust", "trusts", "trustee", "portfolio", "etf", "ucits"} & set(
        words
    ):
        return False
    is_of_money = _speaks_of("money").search(plain) or any(map(str.isdigit, words))
    return bool(is_of_money) and not _speaks_of("charity").search(plain)


def _person_or_brand(odds: float) -> PartyType:
    """Return what a name without a word of its kind is, where its letters are sure of it."""
    if odds > PERSON:
        return "person"
    return "enterprise" if odds < BRAND else "unknown"


def _of_chinese(text: str, odds: Callable[[str], float]) -> PartyType:
    """Return the kind of a Chinese name, which stands last: 中国科学院大学 is a university."""
    if _speaks_of("chinese enterprise").search(text):
        return "enterprise"
    # A given name may end like an office, as in 王为科; no ministry looks as much like a person.
    if len(text) <= 3 and odds(text) > SURELY_PERSON:
        return "person"
    last: tuple[int, PartyType] = (-1, "unknown")
    for kind in CHINESE_KINDS:
        for found in _speaks_of(f"chinese {kind}").finditer(text):
            if found.end() > last[0]:
                last = (found.end(), kind)
    if last[1] != "unknown":
        return last[1]
    return _person_or_brand(odds(text))


UNMISTAKEN = (FREE_LEGAL | {"aktiengesellschaft", "bv", "gongsi"}) - {"company", "co"}


def _has_legal_form(words: list[str]) -> bool:
    """Return whether a legal form of an enterprise stands at the end, or at the beginning."""
    forms = legal_forms()
    if any(each in UNMISTAKEN for each in words[1:]):
        return True
    for size in range(1, min(5, len(words))):
        if tuple(words[-size:]) in forms.ends and words[-size:] != ["ev"]:
            return True
    return len(words) > 1 and any(
        tuple(words[:size]) in forms.starts and words[0] not in {"the", "stichting"}
        for size in (1, 2)
    )


def party_types(name: pl.Expr) -> pl.Expr:
    """Return the kind of party for a column of names.

    >>> names = pl.DataFrame({"n": ["Xerox Corporation", None]})
    >>> names.select(party_types(pl.col("n")))["n"].to_list()
    ['enterprise', None]
    """
    return name.map_elements(party_type, return_dtype=pl.String, skip_nulls=True)
