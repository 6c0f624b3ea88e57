"""Every way to read a text as an identifier, the best first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from iplake.identifiers import (
    copyrights,
    organisations,
    patents,
    publications,
    regions,
    trademarks,
    works,
)
from iplake.identifiers.identifier import Identifier
from iplake.identifiers.standards import read_designator, twins_of
from iplake.identifiers.text import plain

Read = Callable[[str], Identifier | None]


class Grammar(NamedTuple):
    """A way to read a text; `weight` ranks it where others can read the same text as well.

    The more a grammar asks of a text, the more it says that the text fits: a name in front or a
    check digit that holds adds to the weight, one that fails takes from it.
    """

    domain: str
    kinds: tuple[str, ...]
    read: Read
    weight: int


def read_standard(text: str) -> Identifier | None:
    """Return a designator of a standard, with its undated form and its twins elsewhere."""
    found = read_designator(text)
    if found is None:
        return None
    parts = found.parts()
    twins = [str(each) for each in twins_of(found)]
    return Identifier(
        "standard",
        str(found),
        {
            **parts,
            "undated": str(found.undated()),
            "release": found.release,
            "twins": twins or None,
        },
        notes=("names one text",) if found.is_dated else ("names the standard, of any edition",),
    )


def _of_us(text: str) -> Identifier | None:
    """Return a number without an office as that of a US patent, which is mostly meant."""
    return publications.read_publication(f"US{text}")


def _with_commas(text: str) -> Identifier | None:
    return _of_us(text) if re.fullmatch(r"\d{1,2},\d{3},\d{3}", plain(text)) else None


GRAMMARS = (
    Grammar("patent", ("patent_application",), patents.read_cn_application, 5),
    Grammar("patent", ("patent_application",), patents.read_ep_application, 4),
    Grammar("patent", ("patent_application",), patents.read_pct_application, 4),
    Grammar("patent", ("patent_application",), patents.read_us_application, 4),
    Grammar("patent", ("patent_publication",), publications.read_publication, 6),
    Grammar("patent", ("patent_publication",), _with_commas, 4),
    Grammar("trademark", ("trademark_application",), trademarks.read_us_serial, 5),
    Grammar("trademark", ("trademark_registration",), trademarks.read_us_registration, 7),
    Grammar("trademark", ("trademark_application",), trademarks.read_eu_trademark, 4),
    Grammar("trademark", ("trademark_registration",), trademarks.read_madrid, 6),
    Grammar("trademark", ("trademark_application",), trademarks.read_cn_trademark, 5),
    Grammar("trademark", ("design",), trademarks.read_design, 6),
    Grammar("copyright", ("copyright_registration",), copyrights.read_chinese_copyright, 8),
    Grammar("copyright", ("copyright_registration",), copyrights.read_us_copyright, 6),
    Grammar("copyright", ("copyright_registration",), copyrights.read_early_us_copyright, 3),
    Grammar("standard", ("standard",), read_standard, 6),
    Grammar("organisation", ("lei",), organisations.lei_identifier, 5),
    Grammar("organisation", ("uscc",), organisations.uscc_identifier, 6),
    Grammar("organisation", ("organisation_code",), organisations.organisation_code_identifier, 4),
    Grammar("organisation", ("ror",), organisations.ror_identifier, 5),
    Grammar("organisation", ("grid",), organisations.grid_identifier, 7),
    Grammar("organisation", ("isni",), organisations.isni_identifier, 4),
    Grammar("region", ("gbt2260",), regions.division_identifier, 4),
    Grammar("region", ("iso_3166_2",), regions.subdivision_identifier, 5),
    Grammar("region", ("country",), regions.country_identifier, 5),
    Grammar("region", ("nuts",), regions.nuts_identifier, 4),
    Grammar("work", ("doi",), works.read_doi, 8),
    Grammar("work", ("pmid",), works.read_pmid, 8),
    Grammar("work", ("pmcid",), works.read_pmcid, 8),
    Grammar("work", ("arxiv",), works.read_arxiv, 6),
    Grammar("work", ("issn",), works.read_issn, 5),
    Grammar("work", ("isbn",), works.read_isbn, 4),
    Grammar("person", ("orcid",), works.read_orcid, 6),
)
# Only where the kind is asked for: bare digits could be any of these.
ASKED_GRAMMARS = (
    Grammar("trademark", ("trademark_application",), trademarks.read_bare_trademark, 1),
    Grammar("work", ("pmid",), lambda text: works.read_pmid(f"PMID:{text}"), 1),
    Grammar("patent", ("patent_publication",), _of_us, 1),
    Grammar(
        "patent", ("patent_application",), lambda it: patents.read_cn_application(f"CN{it}"), 1
    ),
    Grammar(
        "patent", ("patent_application",), lambda it: patents.read_ep_application(f"EP{it}"), 1
    ),
)
LARGE_OFFICES = frozenset({"CN", "EP", "JP", "US", "WO"})
KINDS = tuple(dict.fromkeys(kind for grammar in GRAMMARS for kind in grammar.kinds))
DOMAINS = tuple(dict.fromkeys(grammar.domain for grammar in GRAMMARS))


def read_identifier(text: str, kind: str | None = None) -> list[Identifier]:
    """Return every reading of a text, best first; of one kind or one domain if that is given.

    >>> [each.canonical for each in read_identifier("202310978.6")]
    []
    >>> [(each.kind, each.check) for each in read_identifier("96939832.0")]
    [('patent_application', 'holds'), ('patent_application', 'fails')]
    >>> [each.kind for each in read_identifier("IR 1234567")]
    ['trademark_registration', 'patent_publication', 'patent_application']
    >>> read_identifier("31452104", kind="pmid")[0].canonical
    'PMID:31452104'
    """
    if kind is not None and kind not in KINDS and kind not in DOMAINS:
        raise ValueError(f"expected one of {', '.join((*DOMAINS, *KINDS))}, found {kind!r}")
    found: list[tuple[int, Identifier]] = []
    grammars = GRAMMARS if kind is None else (*GRAMMARS, *ASKED_GRAMMARS)
    for grammar in grammars:
        if kind in {None, grammar.domain, *grammar.kinds} and (reading := grammar.read(text)):
            found.append((_weight(grammar, reading), reading))
    # The sort is stable: of equal weight, the order above decides.
    found.sort(key=lambda each: -each[0])
    readings: dict[tuple[str, str], Identifier] = {}
    for _, reading in found:
        readings.setdefault((reading.kind, reading.canonical), reading)
    return list(readings.values())


def _weight(grammar: Grammar, reading: Identifier) -> int:
    weight = grammar.weight + {"holds": 4, "missing": 0, "none": 0, "fails": -4}[reading.check]
    # Any two letters and some digits are a publication somewhere, and an application of the PCT.
    if reading.kind == "patent_publication":
        weight -= 0 if reading.parts["kind_code"] else 2
        weight -= 0 if reading.parts["office"] in LARGE_OFFICES else 1
    return weight - 2 if "PCT is not named" in reading.notes else weight
