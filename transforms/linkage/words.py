"""Word lists for reading the names of organisations: legal forms, trades, places, abbreviations.

The lists are text files in `words/`, so that a statistician can read and mend them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

FOLDER = Path(__file__).parent / "words"

STOP_WORDS = frozenset(
    """
    the of and for in on at by an de la le les du des et en der die das und fur fuer von vom zu zur
    di del della delle dei el los las van het voor do da dos och pour par
    """.split()
)
"""Articles, prepositions and conjunctions: they come and go in one organisation's name."""

ROLE_WORDS = frozenset(
    """
    secretary secretaries administrator administrators administration director general minister
    ministers commissioner chief head department state her his majesty queen king right assistant
    deputy dept delegue delegate ministeriel represented attorney government united states america
    americas american us usa
    """.split()
)
"""Words of an office that stand before the agency it speaks for, as in `secretary of the navy`."""

WRAPPER_WORDS = frozenset(
    """
    represented acting through behalf secretary administrator director general minister department
    government majestys britannic united states america kingdom great britain northern ireland
    regents trustees governors supervisors curators president fellows scholars board university
    administration agency national institute technology science industrial commerce agriculture
    defense defence health human services intellectual property office transfer counsel
    """.split()
)
"""Words that misspelt long names of agencies and boards are mended to."""


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True, slots=True)
class LegalForms:
    """Legal forms as sequences of words: those that end a name, and those that begin one."""

    ends: frozenset[tuple[str, ...]]
    starts: frozenset[tuple[str, ...]]
    han_ends: tuple[str, ...]
    han_starts: tuple[str, ...]


@cache
def legal_forms() -> LegalForms:
    """Return the legal forms; those in East Asian scripts are apart, the longest first."""
    ends: set[str] = set()
    starts: set[str] = set()
    for line in _lines("legal_forms.txt"):
        (starts if line.startswith("< ") else ends).add(line.removeprefix("< "))
    return LegalForms(
        frozenset(tuple(each.split()) for each in ends if each.isascii()),
        frozenset(tuple(each.split()) for each in starts if each.isascii()),
        tuple(sorted((each for each in ends if not each.isascii()), key=len, reverse=True)),
        tuple(sorted((each for each in starts if not each.isascii()), key=len, reverse=True)),
    )


@cache
def trades() -> dict[str, str]:
    """Return what Chinese words of trade and kind mean in English, in canonical words."""
    return {
        chinese: " ".join(synonyms().get(word, word) for word in english.split())
        for chinese, _, english in (line.split(",") for line in _lines("trades.csv"))
    }


@cache
def pinyin_trades() -> dict[str, str]:
    """Return the same by the pinyin of the Chinese word, without blanks.

    The first word in the list wins where two share their pinyin.
    """
    found: dict[str, str] = {}
    for chinese, pinyin, _ in (line.split(",") for line in _lines("trades.csv")):
        if len(chinese) > 1:
            found.setdefault(pinyin.replace(" ", ""), trades()[chinese])
    return found


@cache
def synonyms() -> dict[str, str]:
    """Return the canonical word, or words, for each abbreviation and foreign form."""
    found = {
        other: word
        for word, _, others in (line.partition(": ") for line in _lines("abbreviations.txt"))
        for other in others.split()
        if other != word
    }
    # A word may be canonical for some and itself stand for another.
    return {other: found.get(word, word) for other, word in found.items()}


@cache
def generic_words() -> frozenset[str]:
    """Return the words that say what an organisation does, not which one it is."""
    english = {word for meaning in trades().values() for word in meaning.split()}
    listed = {word for line in _lines("generic.txt") for word in line.split()}
    canonical = {word for words in synonyms().values() for word in words.split()}
    return frozenset(english | canonical | {stem(word) for word in listed | english})


@dataclass(frozen=True, slots=True)
class Places:
    """Places by how they are written: Chinese by their characters, others by words."""

    chinese: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    codes: dict[str, str]
    above: dict[str, tuple[str, ...]]


@cache
def places() -> Places:
    """Return the known places, each as one word, with the places that it lies in."""
    chinese: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    codes: dict[str, str] = {}
    above: dict[str, tuple[str, ...]] = {}
    for line in _lines("places_world.txt"):
        place, _, others = line.partition(":")
        place, _, country = place.partition(" < ")
        above[place] = (country,) if country else ()
        for name in (place, *others.split(",")):
            written = name.strip()
            if not written:
                continue
            if not written.isascii():
                chinese[written] = place
            elif len(written) == 2 and written not in {"uk", "us", "hk"}:
                codes[written] = place
            else:
                phrases[tuple(written.split())] = place
                codes[written.replace(" ", "")] = place
    for row in _rows("places_cn.csv"):
        chinese.setdefault(row["zh"], row["latin"])
        phrases.setdefault((row["latin"],), row["latin"])
        codes.setdefault(row["latin"], row["latin"])
        over = () if row["latin"] == row["province"] else (row["province"],)
        above.setdefault(row["latin"], (*over, "china"))
    return Places(chinese, phrases, codes, above)


@cache
def kind_words() -> dict[str, tuple[str, ...]]:
    """Return the words that tell the kind of a party, by kind; Chinese ones apart."""
    found: dict[str, list[str]] = {}
    for kind, _, listed in (line.partition(": ") for line in _lines("kinds.txt")):
        found.setdefault(kind, []).extend(listed.split())
    return {kind: tuple(listed) for kind, listed in found.items()}


@cache
def person_names() -> dict[str, frozenset[str]]:
    """Return common given names (`given`), and Chinese surnames in characters (`surnames`)."""
    found: dict[str, set[str]] = {}
    for kind, _, listed in (line.partition(": ") for line in _lines("person_names.txt")):
        found.setdefault(kind, set()).update(listed.split())
    return {kind: frozenset(names) for kind, names in found.items()}


@cache
def known_names() -> tuple[tuple[str, str], ...]:
    """Return pairs of names that one organisation bears: in two languages, or one after another."""
    return tuple((row["name"], row["other_name"]) for row in _rows("known_names.csv"))


@cache
def spelling_targets() -> frozenset[str]:
    """Return the common words that a misspelling is mended to."""
    legal = {word for form in legal_forms().ends | legal_forms().starts for word in form}
    world = {place for place, above in places().above.items() if "china" not in above}
    named = {
        word
        for phrase, place in places().phrases.items()
        for word in phrase
        if place in world and len(word) > 6
    }
    return frozenset(
        word
        for word in legal
        | generic_words()
        | set(synonyms())
        | set(synonyms().values())
        | named
        | WRAPPER_WORDS
        if len(word) > 5 and word.isascii()
    )


@cache
def syllables() -> frozenset[str]:
    """Return the syllables of pinyin, without tones."""
    common = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    found = {each for each in lazy_pinyin(common) if each.isascii() and each.isalpha()}
    return frozenset(each for each in found if each not in {"m", "n", "ng", "hm", "hng"})


def stem(word: str) -> str:
    """Return a word without the s of a plural.

    >>> stem("systems"), stem("glass"), stem("gas"), stem("analysis")
    ('system', 'glass', 'gas', 'analysis')
    """
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
