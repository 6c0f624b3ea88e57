"""Papers cited in running text: passages that look like references, and the works they mean."""

from __future__ import annotations

import re

import polars as pl

from transforms.linkage.papers import ARXIV, DOI, PMID, link_papers

# A reference may begin at authors, or behind a bracket or words such as `described in`.
AUTHORS = re.compile(
    r"(?:[A-Z]\.[ -]?){0,3}[^\W\d_a-z][\w’'-]+,?(?: (?:[A-Z]\.[ -]?){1,3})?,? et\.? al\b"
    r"|(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w’'-]+[ ,]"
    r"|[^\W\d_a-z][\w’'-]+,? (?:[A-Z]\.[ -]?){1,3}"
)
LEADING = re.compile(r"[;(\[](?! ?\d)|\b(?:by|in|of|or|see|and|also|e\.g\.),? (?=[^\W\d_a-z])")
# A sentence ends with a small word: abbreviations of journals begin with a capital.
SENTENCE_END = re.compile(r"(?:\b(?!al\b)[a-z]{2,}[.:]|[\])]\.) (?=[A-Z])")
# `274:1234-40`, `27, 857`, `12 (5):153`, `vol. 3, pp. 677`; not 5,132,686.
VOLUME_AND_PAGE = re.compile(
    r"\b\d{1,4}\s?(?:\(\d{1,3}(?:[-/]\d+)?\)\s?)?(?::\s?|,\s)(?:pp?\.?\s?)?[A-Za-z]?\d{1,8}\b"
    r"(?:\s?(?:[-–]+|to)\s?\d{1,8})?"
)
YEAR = re.compile(r"\(?\b(?:18|19|20)\d\d\b\)?")
IDENTIFIER = re.compile(rf"{DOI}|{PMID}|{ARXIV}", re.IGNORECASE)
LONGEST_PASSAGE = 280
MOST_BEGINNINGS = 5
AROUND = 45


def cited_passages(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the passages of running text that look like references, for `link_papers`.

    `texts` has `document_id` and `text`. A passage has a volume and a page with a year nearby,
    or names a DOI, PubMed's or arXiv's number. Where one begins is not sure: each place that is
    likely makes a passage of its own, and `passage_id`, the document's and the end, is the same.

    >>> told = "Smith et al., J. Biol. Chem. 274:1234-1240 (1999), took 3 hours."
    >>> texts = pl.DataFrame({"document_id": ["D"], "text": [told]})
    >>> cited_passages(texts)["text"].to_list()
    ['Smith et al., J. Biol. Chem. 274:1234-1240 (1999)']
    """
    rows = [
        (f"{document}#{start}-{end}", f"{document}#{end}", document, text[start:end])
        for document, text in texts.select("document_id", "text").drop_nulls().rows()
        for start, end in _spans(text)
    ]
    names = ("reference_id", "passage_id", "document_id", "text")
    return pl.DataFrame(rows, schema={name: pl.String() for name in names}, orient="row")


def link_passages(texts: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the works that running texts cite, each once for a document, by its best passage.

    Columns are those of `LINKS` with `document_id` and `passage_id`.
    """
    passages = cited_passages(texts)
    return (
        link_papers(passages.select("reference_id", "text"), works)
        .join(passages.drop("text"), on="reference_id")
        .sort("passage_id", "score", "reference_id", descending=[False, True, False])
        .unique("passage_id", keep="first", maintain_order=True)
        .sort(
            "document_id", "work_id", "score", "passage_id", descending=[False, False, True, False]
        )
        .unique(["document_id", "work_id"], keep="first", maintain_order=True)
    )


def _spans(text: str) -> list[tuple[int, int]]:
    spans: set[tuple[int, int]] = set()
    for found in VOLUME_AND_PAGE.finditer(text):
        after = YEAR.search(text, found.end(), min(len(text), found.end() + AROUND))
        # A year behind a semicolon or a new sentence is the next reference's.
        if after and re.search(r"; |[\])a-z]\. [A-Z]", text[found.end() : after.start()]):
            after = None
        end = after.end() if after else found.end()
        for start in _beginnings(text, max(0, found.start() - LONGEST_PASSAGE), found.start()):
            if after or YEAR.search(text, start, found.start()):
                spans.add((start, end))
    for found in IDENTIFIER.finditer(text):
        if not any(start <= found.start() < end for start, end in spans):
            spans.add(found.span())
    return sorted(spans)


def _beginnings(text: str, earliest: int, end: int) -> list[int]:
    """Return where a reference may begin that has its volume at `end`, the nearest places."""
    before = text[earliest:end]
    # A title ends like a sentence, and so may a subtitle.
    sentences = [0, *(each.end() for each in SENTENCE_END.finditer(before))][-3:]
    found = {each.start() for each in AUTHORS.finditer(before, sentences[0])}
    found |= {each.end() for each in LEADING.finditer(before, sentences[0])}
    places = {*sentences, *sorted(found)[-MOST_BEGINNINGS:]}
    # Before the volume comes a journal at least.
    return [
        earliest + at + len(before[at:]) - len(before[at:].lstrip(" ,;.)"))
        for at in sorted(places)
        if re.search(r"[^\W\d_]{2}", before[at:])
    ]
