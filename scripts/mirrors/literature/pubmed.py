"""Mirrors of PubMed's files. The sample: citations with affiliations in Guangdong.

Re-rendered from facts: ids, dates, titles, journals and affiliations. Left out: abstracts, names
and ids of authors, mail addresses, indexing, references and remarks.
"""

from __future__ import annotations

import copy
import gzip
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from scripts.mirrors.delivery import folder_of

ADDRESS = "literature/pubmed"
FOLDER = "literature/pubmed"
FOLDERS = ("baseline/", "updatefiles/")
OF_GUANGDONG = "pubmed21n1298_guangdong_450.xml.gz"
OF_THE_SEVENTIES = "pubmed20n0014_first300.xml.gz"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">\n'
)
KEPT = frozenset(
    """
    MedlineCitation MedlineCitation/PMID MedlineCitation/DateRevised MedlineCitation/Article
    MedlineCitation/Article/Journal MedlineCitation/Article/ArticleTitle
    MedlineCitation/Article/Pagination MedlineCitation/Article/ELocationID
    MedlineCitation/Article/AuthorList MedlineCitation/Article/AuthorList/Author
    MedlineCitation/Article/AuthorList/Author/AffiliationInfo
    MedlineCitation/Article/Language MedlineCitation/Article/PublicationTypeList
    MedlineCitation/Article/ArticleDate MedlineCitation/MedlineJournalInfo
    PubmedData PubmedData/PublicationStatus PubmedData/ArticleIdList
    """.split()
)
# Affiliations end with mail addresses, and some name authors by initials in brackets.
PERSONAL = re.compile(
    r"\s*(?:Electronic address(?:es)?|E-?mails?)?:?\s*\S+@\S+|\s*[(\[][A-Z][^()\[\]]{0,60}\.[)\]]",
    re.IGNORECASE,
)


def sample(real: Path, out: Path) -> None:
    """Write a baseline and two updates; the second repeats citations, and takes some away."""
    recent = _citations(real / FOLDER / OF_GUANGDONG)
    old = _citations(real / FOLDER / OF_THE_SEVENTIES)
    articles = [_rendered(each) for each in recent if each.tag == "PubmedArticle"]
    [deletions] = [each for each in recent if each.tag == "DeleteCitation"]
    earlier = [_rendered(each) for each in old if _is_without_year(each)][:10]
    baseline, updates = (folder_of(ADDRESS, out, path) for path in FOLDERS)
    _write(baseline / "pubmed21n0014.xml.gz", earlier)
    _write(updates / "pubmed21n1298.xml.gz", articles[:330])
    _write(updates / "pubmed21n1299.xml.gz", [*articles[325:], deletions])
    _write_index(baseline)
    _write_index(updates)


def real(real: Path, out: Path) -> None:
    """Link the six real files, with checksums beside them; the one of the seventies is baseline."""
    baseline, updates = (folder_of(ADDRESS, out, path) for path in FOLDERS)
    for path in sorted((real / FOLDER).glob("*.xml.gz")):
        link = (baseline if path.name == OF_THE_SEVENTIES else updates) / path.name
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
    _write_index(baseline)
    _write_index(updates)


def records(path: Path) -> int | None:
    """Return how many citations a real file holds, counted by their end tags."""
    if not path.name.endswith(".xml.gz"):
        return None
    return gzip.decompress(path.read_bytes()).count(b"</PubmedArticle>")


def _citations(path: Path) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with gzip.open(path) as file:
        return list(etree.parse(file, parser).getroot())


def _is_without_year(citation: etree._Element) -> bool:
    return citation.find(".//MedlineDate") is not None


def _rendered(citation: etree._Element) -> etree._Element:
    """Return a copy with the kept fields only."""
    kept = copy.deepcopy(citation)
    _prune(kept, "")
    for place in kept.iter("Affiliation"):
        place.text = PERSONAL.sub("", place.text or "").strip()
    for each in list(kept.iter("Identifier")):
        each.getparent().remove(each)
    return kept


def _prune(element: etree._Element, path: str) -> None:
    for child in list(element):
        below = f"{path}/{child.tag}".lstrip("/")
        if below not in KEPT:
            element.remove(child)
        elif any(each.startswith(f"{below}/") for each in KEPT):
            _prune(child, below)


def _write(path: Path, elements: Iterable[etree._Element]) -> None:
    root = etree.Element("PubmedArticleSet")
    root.extend(copy.deepcopy(each) for each in elements)
    etree.indent(root, space=" ")
    text = HEAD + etree.tostring(root, encoding="unicode") + "\n"
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _write_index(folder: Path) -> None:
    """Write each file's checksum beside it, and the page that the file server shows."""
    lines = []
    for path in sorted(folder.glob("*.xml.gz")):
        told = f"MD5({path.name})= {hashlib.md5(path.read_bytes()).hexdigest()}\n"  # noqa: S324
        (folder / f"{path.name}.md5").write_text(told, encoding="ascii")
        lines += [f'<a href="{name}">{name}</a>\n' for name in (path.name, f"{path.name}.md5")]
    page = f"<html><body><pre>\n{''.join(lines)}</pre></body></html>\n"
    (folder / "index.html").write_text(page, encoding="ascii")
