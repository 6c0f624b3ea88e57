"""Real works and real references to works, from the files beside the project."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl
from lxml import etree

from benchmarks.inputs import REAL
from transforms.linkage.paper_candidates import normalised
from transforms.linkage.papers import WORKS

LITERATURE = REAL / "literature"
Row = dict[str, Any]


def works() -> pl.DataFrame:
    """Return the works of all files, one row per work: those with most fields stay.

    Whole records come from PubMed, Crossref and OpenAlex; short ones from references that
    publishers have matched to a DOI themselves: one author, no last page.
    """
    rows = [*_pubmed(), *_crossref_works(), *_openalex()]
    whole = pl.DataFrame(rows, schema=WORKS)
    cited = cited_works().unique("doi", keep="first", maintain_order=True)
    return (
        pl.concat([whole, cited.select(WORKS.names())])
        .filter(pl.any_horizontal(pl.col("title", "first_page").is_not_null()))
        .with_columns(key=pl.coalesce("doi", "work_id"))
        .unique("key", keep="first", maintain_order=True)
        # A few works come by two ids, one of them without a DOI or with another work's.
        .with_columns(key=pl.concat_str(normalised(pl.col("title")), "publication_year"))
        .filter(pl.col("key").is_null() | pl.col("key").is_first_distinct())
        .drop("key")
    )


def cited_works() -> pl.DataFrame:
    """Return works as publishers' lists of references tell them, once per citing work."""
    rows: list[Row] = []
    for citing, reference in _crossref_references():
        if "DOI" not in reference or not (
            "article-title" in reference or "first-page" in reference
        ):
            continue
        rows.append(
            {
                **_empty(f"DOI:{reference['DOI'].lower()}"),
                "doi": reference["DOI"].lower(),
                "title": reference.get("article-title"),
                "authors": [reference["author"]] if "author" in reference else None,
                "journal_name": reference.get("journal-title"),
                "volume": reference.get("volume"),
                "first_page": reference.get("first-page"),
                "publication_year": _year(reference.get("year")),
                "citing_doi": citing,
            }
        )
    return pl.DataFrame(rows, schema={**WORKS, "citing_doi": pl.String()})


def written_references() -> pl.DataFrame:
    """Return references as texts, and the DOI that their publisher gives them, cut from the text.

    `citing_doi` is the work that they stand in.
    """
    rows = []
    for citing, reference in _crossref_references():
        text = re.sub(
            r"(?i)(https?://(dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+",
            "",
            reference.get("unstructured", ""),
        )
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip()
        if "DOI" in reference and len(text) > 20:
            rows.append((f"{citing}#{reference['key']}", text, reference["DOI"].lower(), citing))
    schema = ["reference_id", "text", "doi", "citing_doi"]
    return pl.DataFrame(rows, schema=schema, orient="row").unique(
        "reference_id", keep="first", maintain_order=True
    )


def patent_references() -> pl.DataFrame:
    """Return real references of US patents as they stand on the front page."""
    path = LITERATURE / "reliance_on_science" / "rand4dmitrii_npl.tsv"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    texts = [text.strip('"').replace('""', '"') for _, text in rows]
    ids = [f"{patent}#{number}" for number, (patent, _) in enumerate(rows)]
    return pl.DataFrame({"reference_id": ids, "text": texts})


def _empty(work_id: str) -> Row:
    return {**dict.fromkeys(WORKS.names()), "work_id": work_id}


def _year(text: object) -> int | None:
    found = re.search(r"(1[5-9]|20)\d\d", str(text or ""))
    return int(found[0]) if found else None


def _range(pages: str | None) -> tuple[str | None, str | None]:
    first, _, last = (pages or "").replace("–", "-").partition("-")
    first, last = first.strip(), last.strip()
    # MEDLINE cuts the end down to what changes: 1753-9.
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first or None, last or None


def _pubmed() -> Iterator[Row]:
    for path in sorted((LITERATURE / "pubmed").glob("*.xml.gz")):
        with gzip.open(path) as file:
            tree = etree.parse(file)
        for article in tree.iter("PubmedArticle"):
            citation = article.find("MedlineCitation")
            pmid = citation.findtext("PMID")
            title = citation.find("Article/ArticleTitle")
            first, last = _range(citation.findtext("Article/Pagination/MedlinePgn"))
            ids = {
                each.get("IdType"): each.text
                for each in article.iterfind("PubmedData/ArticleIdList/ArticleId")
            }
            issue = citation.find("Article/Journal/JournalIssue")
            yield {
                **_empty(f"PMID:{pmid}"),
                "doi": (ids.get("doi") or "").lower() or None,
                "pmid": pmid,
                "title": "".join(title.itertext()).strip("[].") if title is not None else None,
                "authors": [
                    each.text for each in citation.iterfind("Article/AuthorList/Author/LastName")
                ],
                "journal_name": citation.findtext("Article/Journal/Title"),
                "volume": issue.findtext("Volume"),
                "first_page": first,
                "last_page": last,
                "publication_year": _year(
                    issue.findtext("PubDate/Year") or issue.findtext("PubDate/MedlineDate")
                ),
            }


def _crossref_messages() -> Iterator[Row]:
    folders = [
        (LITERATURE / "crossref").glob("*.json"),
        (LITERATURE / "crossref_public_data_file").glob("*.json.gz"),
    ]
    for path in sorted(each for folder in folders for each in folder):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        yield from _items(json.loads(data))


def _items(value: object) -> Iterator[Row]:
    if isinstance(value, dict):
        if "DOI" in value and "title" in value and "publisher" in value:
            yield value
        else:
            for each in value.values():
                yield from _items(each)
    elif isinstance(value, list):
        for each in value:
            yield from _items(each)


def _crossref_works() -> Iterator[Row]:
    for item in _crossref_messages():
        first, last = _range(item.get("page"))
        dated = (
            item.get("published-print") or item.get("published-online") or item.get("issued") or {}
        )
        parts = dated.get("date-parts", [[None]])[0]
        yield {
            **_empty(f"DOI:{item['DOI'].lower()}"),
            "doi": item["DOI"].lower(),
            "title": (item["title"] or [None])[0],
            "authors": [each["family"] for each in item.get("author", []) if "family" in each],
            "journal_name": (item.get("container-title") or [None])[0],
            "volume": item.get("volume"),
            "first_page": first,
            "last_page": last,
            "publication_year": parts[0] if parts else None,
        }


def _crossref_references() -> Iterator[tuple[str, Row]]:
    seen = set()
    for item in _crossref_messages():
        for reference in item.get("reference", []):
            if (item["DOI"], reference["key"]) not in seen:
                seen.add((item["DOI"], reference["key"]))
                yield item["DOI"].lower(), reference


def _openalex() -> Iterator[Row]:
    for path in sorted((LITERATURE / "openalex").glob("*works*.json")):
        for work in json.loads(path.read_bytes())["results"]:
            source = (work.get("primary_location") or {}).get("source") or {}
            biblio = work.get("biblio") or {}
            doi = (work.get("doi") or "").removeprefix("https://doi.org/").lower()
            yield {
                **_empty(work["id"]),
                "doi": doi or None,
                "title": work.get("title"),
                "authors": [each["author"]["display_name"] for each in work.get("authorships", [])],
                "journal_name": source.get("display_name"),
                "volume": biblio.get("volume"),
                "first_page": biblio.get("first_page"),
                "last_page": biblio.get("last_page"),
                "publication_year": work.get("publication_year"),
            }
