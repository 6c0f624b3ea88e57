"""What a name says, in parts that can be compared across languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.linkage import words
from transforms.linkage.text import is_pinyin

# Digits, Roman numerals, numbers in words and single letters: one fund or hospital of a series.
NUMBER = re.compile(
    r"\d|^(?:[ivxl]{2,}|[a-z]|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)$"
)


class Name(NamedTuple):
    """What a name says, in canonical words.

    `core` has all words but the legal form, in order; `tight` the same without blanks, `words`
    sorted. `distinct` has the distinctive words, and `head` the same without blanks, or
    all words where none is; `trade` has the generic ones. `place` is the narrowest place that it
    names, `legal` the country whose law its legal form is of. `han` is the Han text without legal
    form, `brand` without place and trade too. `short` is an acronym that the name gives itself,
    `initials` what one would be, and `is_short` says that it is nothing but an acronym. `letters`
    are those of the name as it is written, but for its legal form; `bare` has the words but places.
    """

    core: str
    tight: str
    words: str
    head: str
    distinct: str
    trade: str
    place: str
    numbers: str
    legal: str
    han: str | None
    brand: str | None
    short: str | None
    initials: str | None
    is_pinyin: bool
    is_short: bool
    letters: str
    bare: str


NOTHING = Name(
    core="", tight="", words="", head="", distinct="", trade="", place="", numbers="", legal="",
    han=None, brand=None, short=None, initials=None, is_pinyin=False, is_short=False,
    letters="", bare="",
)  # fmt: skip


def find_places(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the places that words name, and the words with each place as one word."""
    found: list[str] = []
    merged: list[str] = []
    at = 0
    phrases = words.places().phrases
    while at < len(tokens):
        for size in range(min(9, len(tokens) - at), 0, -1):
            place = phrases.get(tuple(tokens[at : at + size]))
            if place is None and size > 1:
                place = (
                    phrases.get(
                        tuple(
                            each for each in tokens[at : at + size] if each not in words.STOP_WORDS
                        )
                    )
                    if tokens[at] not in words.STOP_WORDS
                    and tokens[at + size - 1] not in words.STOP_WORDS
                    else None
                )
            if place:
                found.append(place)
                merged.append(place)
                at += size
                break
        else:
            merged.append(tokens[at])
            at += 1
    return found, merged


def place_path(named: list[str]) -> str:
    """Return the narrowest of places, below those that it lies in, or nothing.

    >>> place_path(["guangzhou", "china"]), place_path(["canada"]), place_path([])
    ('china/guangdong/guangzhou', 'canada', '')
    """
    above = words.places().above
    paths = ["/".join([*reversed(above.get(each, ())), each]) for each in named]
    return max(paths, key=lambda each: each.count("/"), default="")


def make_name(
    canonical: list[str],
    named: list[str],
    *,
    han: str | None = None,
    brand: str | None = None,
    short: str | None,
    initials: str | None,
    is_short: bool,
    legal: str = "",
    letters: str = "",
) -> Name:
    generic = words.generic_words()
    known = words.places().above
    distinct = [
        each
        for each in canonical
        if each not in generic and each not in known and not NUMBER.search(each)
    ]
    trade = sorted({each for each in canonical if each in generic})
    unique = sorted(set(canonical))
    head = "".join(distinct)
    # A name of common words alone is told apart by all of them, places too.
    if not head:
        head = "".join(unique)
    return Name(
        core=" ".join(canonical),
        tight="".join(canonical),
        words=" ".join(unique),
        head=head,
        distinct=" ".join(sorted(set(distinct))),
        trade=" ".join(trade),
        place=place_path(named),
        numbers=" ".join(each for each in unique if NUMBER.search(each)),
        legal=legal,
        han=han,
        brand=brand or han,
        short=short if short != head else None,
        initials=initials,
        is_pinyin=is_pinyin(head),
        is_short=is_short,
        letters=letters,
        bare=" ".join(each for each in unique if each not in known),
    )
