"""Identifiers of works and their authors: DOI, PMID, PMCID, arXiv, ISSN, ISBN, ORCID."""

from __future__ import annotations

import re
from urllib.parse import unquote

from stdnum import isbn, issn
from stdnum.iso7064 import mod_11_2

from iplake.identifiers.identifier import Identifier, Part
from iplake.identifiers.text import compact, plain

DOI_PATTERN = r"10\.\d{4,9}(?:\.\d+)*/\S+"
"""A DOI: a registrant behind `10.`, and whatever it likes behind the slash."""

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:info:)?doi[:/]\s*|doi\s+)?"
    rf"(?P<doi>{DOI_PATTERN})",
    re.I,
)
_PMID = re.compile(
    r"(?:PMID:?|(?:HTTPS?://)?(?:WWW\.)?(?:NCBI\.NLM\.NIH\.GOV/PUBMED/|PUBMED\.NCBI\.NLM\.NIH\.GOV/))"
    r"0*(?P<number>[1-9]\d{0,7})/?"
)
_PMCID = re.compile(
    r"(?:(?:HTTPS?://)?(?:WWW\.)?(?:NCBI\.NLM\.NIH\.GOV/PMC/ARTICLES/|PMC\.NCBI\.NLM\.NIH\.GOV/ARTICLES/))?"
    r"(?:PMCID:?)?PMC0*(?P<number>[1-9]\d{0,8})(?:\.\d+)?/?"
)
_ARXIV = re.compile(
    r"(?P<mark>(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*|arxiv\s+)?"
    r"(?P<id>(?P<month>\d{4})\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d+))?(?:\.pdf)?"
    r"(?:\s*\[[\w.-]+\])?",
    re.I,
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>\S+)", re.I)
_ISSN = re.compile(r"(?P<mark>E-?ISSN|P-?ISSN|ISSN-?L|ISSN)?:?(?P<number>\d{4}-?\d{3}[\dX])")
_ISBN = re.compile(r"(?P<mark>ISBN(?:-1[03])?:?)?(?P<number>(?:97[89]-?)?(?:\d-?){9}[\dX])")
_ORCID = re.compile(
    r"(?:HTTPS?://)?(?:WWW\.)?(?:ORCID\.ORG/)?(?:ORCID:?)?(?P<number>(?:\d{4}-?){3}\d{3}[\dX])"
)


def read_doi(text: str) -> Identifier | None:
    """Return a DOI in lower case, which is how DOIs compare.

    >>> [read_doi(it).canonical for it in ("https://doi.org/10.1039/C4RA1", "doi:10.1000%2F182")]
    ['10.1039/c4ra1', '10.1000/182']
    >>> read_doi("10.1000/182).").canonical, read_doi("10.12/3")
    ('10.1000/182', None)
    """
    written = plain(text)
    while (bare := plain(unquote(written))) != written:  # some are quoted twice
        written = bare
    found = _DOI.fullmatch(written)
    if found is None:
        return None
    doi = found["doi"].lower()
    # What closes a sentence or a bracket that opened before the DOI is none of it.
    doi = doi.rstrip(".,;:\"'")
    while doi.endswith((")", "]", ">")) and doi.count(doi[-1]) > doi.count(
        {")": "(", "]": "[", ">": "<"}[doi[-1]]
    ):
        doi = doi[:-1].rstrip(".,;:\"'")
    registrant, _, suffix = doi.partition("/")
    return Identifier("doi", doi, {"registrant": registrant, "suffix": suffix}) if suffix else None


def read_pmid(text: str) -> Identifier | None:
    """Return the number of a citation in PubMed, which needs its name in front.

    >>> read_pmid("PMID: 31452104").canonical, read_pmid("31452104")
    ('PMID:31452104', None)
    """
    found = _PMID.fullmatch(compact(text))
    if found is None:
        return None
    return Identifier("pmid", f"PMID:{found['number']}", {"number": found["number"]})


def read_pmcid(text: str) -> Identifier | None:
    """Return the number of a text in PubMed Central.

    >>> read_pmcid("PMC0007615").canonical
    'PMC7615'
    """
    found = _PMCID.fullmatch(compact(text))
    return (
        Identifier("pmcid", f"PMC{found['number']}", {"number": found["number"]}) if found else None
    )


def read_arxiv(text: str) -> Identifier | None:
    """Return an arXiv id: year, month and number, since 2007-04; archive and number before.

    >>> found = read_arxiv("https://arxiv.org/abs/1706.03762v5")
    >>> found.canonical, found.parts["id"], found.parts["version"]
    ('arXiv:1706.03762v5', '1706.03762', 5)
    >>> read_arxiv("hep-th/9901001").canonical, read_arxiv("10.48550/arXiv.1706.03762").canonical
    ('arXiv:hep-th/9901001', 'arXiv:1706.03762')
    """
    written = plain(text)
    doi = read_doi(written)
    if doi and (matched := _ARXIV_DOI.fullmatch(doi.canonical)):
        written = matched["id"]
    found = _ARXIV.fullmatch(written)
    if found is None:
        return None
    paper, month = found["id"], found["month"]
    # Five digits behind the point since 2015.
    if month and not _is_new_arxiv(month, len(paper) - 5):
        return None
    archive, _, number = paper.rpartition("/")
    if archive:
        name, dot, subject = archive.partition(".")
        paper = f"{name.lower()}{dot}{subject.upper()}/{number}"
        if not number[:4] >= "9107" and not number[:4] <= "0703":
            return None
    version = int(found["version"]) if found["version"] else None
    parts: dict[str, Part] = {"id": paper, "version": version}
    return Identifier("arxiv", f"arXiv:{paper}" + (f"v{version}" if version else ""), parts)


def _is_new_arxiv(month: str, digits: int) -> bool:
    return (
        "0704" <= month <= "9103"
        and "01" <= month[2:] <= "12"
        and digits == (5 if month >= "1501" else 4)
    )


def read_issn(text: str) -> Identifier | None:
    """Return an ISSN with its hyphen; an ISSN-L, which links the media of one serial, is one too.

    >>> read_issn("ISSN 0028-0836").canonical, read_issn("0028-0837").check
    ('0028-0836', 'fails')
    >>> read_issn("ISSN-L 0028-0836").parts["is_linking"]
    1
    """
    found = _ISSN.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"].replace("-", "")
    holds = bool(issn.is_valid(number))
    if not holds and not found["mark"] and "-" not in found["number"]:
        return None  # eight characters that only look like one
    parts: dict[str, Part] = {"is_linking": 1} if (found["mark"] or "").endswith("L") else {}
    notes = () if holds else (f"the check digit should be {issn.calc_check_digit(number[:7])}",)
    return Identifier(
        "issn", f"{number[:4]}-{number[4:]}", parts, "holds" if holds else "fails", notes
    )


def read_isbn(text: str) -> Identifier | None:
    """Return an ISBN of thirteen digits; one of ten gets what it is today.

    >>> read_isbn("ISBN 0-471-11709-9").canonical, read_isbn("9780471117090").check
    ('9780471117094', 'fails')
    """
    found = _ISBN.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"].replace("-", "")
    if len(number) == 13 and not number.isdigit():
        return None
    holds = bool(isbn.is_valid(number))
    canonical = isbn.to_isbn13(number) if holds else number
    parts: dict[str, Part] = {"isbn_10": number} if len(number) == 10 else {}
    return Identifier("isbn", canonical, parts, "holds" if holds else "fails")


def read_orcid(text: str) -> Identifier | None:
    """Return an ORCID iD with its hyphens (ISO 7064 mod 11-2); it is from a block of the ISNIs'.

    >>> read_orcid("https://orcid.org/0000-0002-1825-0097").canonical
    '0000-0002-1825-0097'
    >>> read_orcid("000000021825009X").check
    'fails'
    """
    found = _ORCID.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"].replace("-", "")
    # Blocks set aside for ORCID: 0000-0001-5000-0007 to 0000-0003-5000-0001, and 0009-.
    if not ("0000000150000000" <= number <= "0000000350000001" or number.startswith("0009")):
        return None
    holds = bool(mod_11_2.is_valid(number))
    spaced = "-".join(number[at : at + 4] for at in range(0, 16, 4))
    return Identifier("orcid", spaced, {"number": number}, "holds" if holds else "fails")
