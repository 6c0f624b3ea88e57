"""Links of rights: what made-up tables and the sample sources give to each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from iplake import lake
from tests.conftest import land_and_stage
from transforms.linkage import rights, works
from warehouse import linking_rights, refresh

SOURCES = [
    "patents/cnipa_gazette",
    "patents/uspto_grants",
    "patents/uspto_applications",
    "patents/uspto_file_wrapper",
    "patents/epo_fulltext",
    "reference/gbt2260",
    "literature/pubmed",
    "literature/crossref",
    "literature/openalex",
    "literature/arxiv",
    "trademarks/euipo_trademarks",
    "trademarks/uspto_trademarks",
    "standards/etsi_isld",
]
MODELS = {
    "patent_families": "xref_publication__family",
    "works": "xref_work__record",
    "patent_works": "xref_patent__work",
    "mark_families": "xref_mark__family",
    "sep_chain": "xref_declaration__family",
    "document_places": "xref_publication__place",
}
WORK = {
    "source": "literature/crossref",
    "_snapshot_id": "s",
    "_record_number": 1,
    "pmid": None,
    "doi": "10.1000/mice.7",
    "arxiv_id": None,
    "openalex_id": None,
    "title": "Tolerance of grafted keratinocytes in immune deficient mice",
    "authors": ["Placeholder"],
    "journal_name": "Journal of Invented Results",
    "volume": "12",
    "first_page": "345",
    "last_page": "351",
    "publication_year": 1999,
}
NUMBERS = dict.fromkeys(("pmid", "doi", "arxiv_id", "openalex_id"), pl.String)


def test_one_work_in_two_sources_is_found_once_by_its_identifier_and_by_its_words() -> None:
    same = WORK | {"source": "literature/openalex", "pmid": "77", "doi": "10.1000/MICE.7"}
    cited = (
        'Placeholder et al., "Tolerance of grafted keratinocytes in immune deficient mice", '
        "J. Invented Results, vol. 12, pp. 345-351 (1999)."
    )
    references = pl.DataFrame(
        [
            ("US1B2", 1, cited),
            ("US2B2", 4, cited),
            ("US2B2", 5, "See doi: 10.1000/mice.7."),
            ("US2B2", 6, "Office action of 3 May 2004."),
        ],
        schema=["publication_number", "sequence_number", "text"],
        orient="row",
    )
    records = pl.DataFrame([WORK, same], schema_overrides=NUMBERS)
    linked = rights.literature_works({"records": records})
    records = records.join(linked, on=works.RECORD)
    assert works.one_of_each_work(records).select("work_id", "pmid", "doi", "title").rows() == [
        ("PMID:77", "77", "10.1000/mice.7", WORK["title"])
    ]
    found = rights.patent_works({"references": references, "records": records})
    assert found.select("publication_number", "sequence_number", "work_id", "method").rows() == [
        ("US1B2", 1, "PMID:77", "text"),
        ("US2B2", 4, "PMID:77", "text"),
        ("US2B2", 5, "PMID:77", "doi"),
    ]
    assert found.filter(pl.col("score") > 0.8).height == 3


def test_records_hang_together_by_any_number_and_in_a_chain() -> None:
    rows = [
        # The preprint has the article's DOI, and that has PubMed's number in OpenAlex.
        ("literature/arxiv", 1, None, "10.1/A", "2401.00001", None),
        ("literature/openalex", 1, "7", "10.1/a", None, "W1"),
        ("literature/openalex", 2, None, "10.48550/arxiv.2401.00001", "2401.00001", "W2"),
        ("literature/pubmed", 1, "7", None, None, None),
        ("literature/crossref", 1, None, "10.1/b", None, None),
        ("literature/openalex", 3, None, None, None, "W3"),
    ]
    columns = ["source", "_record_number", *NUMBERS]
    records = pl.DataFrame(rows, schema=columns, schema_overrides=NUMBERS, orient="row")
    records = records.with_columns(_snapshot_id=pl.lit("s"))
    found = works.works_of_records(records)
    told = ["work_id", "sequence_number", "source", "_record_number", "method"]
    expected = [
        ("DOI:10.1/b", 1, "literature/crossref", 1, "alone"),
        ("OPENALEX:W3", 1, "literature/openalex", 3, "alone"),
        ("PMID:7", 1, "literature/pubmed", 1, "pmid"),
        ("PMID:7", 2, "literature/openalex", 1, "pmid"),
        ("PMID:7", 3, "literature/openalex", 2, "arxiv"),
        ("PMID:7", 4, "literature/arxiv", 1, "doi"),
    ]
    assert found.select(told).rows() == expected
    again = works.works_of_records(records.reverse())
    assert again.equals(found)


def test_no_record_gives_no_work() -> None:
    empty = pl.DataFrame(
        schema={
            "source": pl.String,
            "_snapshot_id": pl.String,
            "_record_number": pl.Int64,
            **NUMBERS,
        }
    )
    assert works.works_of_records(empty).is_empty()


def family_tables(*breaks: tuple[str, str]) -> dict[str, pl.DataFrame]:
    text, day, number = pl.String, pl.Date, pl.Int64
    place = {"_snapshot_id": text, "_record_number": number}
    documents = pl.DataFrame(
        [
            ("US10000001B2", "US", "16000001", date(2018, 5, 1), None, None, "s", 1),
            ("EP3000001A1", "EP", "18000001.5", date(2018, 6, 1), None, None, "s", 2),
            ("EP3000001B1", "EP", "18000001.5", date(2018, 6, 1), None, None, "s", 3),
            ("CN1A", "CN", None, date(2018, 6, 1), None, None, "s", 4),
        ],
        schema={
            "publication_number": text,
            "office_code": text,
            "application_number": text,
            "filing_date": day,
            "pct_application_number": text,
            "pct_filing_date": day,
            **place,
        },
        orient="row",
    )
    priority = ("US", "16000001", "16/000,001", date(2018, 5, 1), "s")
    priorities = pl.DataFrame(
        [(*priority, record) for record in (2, 3)],
        schema={
            "priority_country_code": text,
            "priority_application_number": text,
            "priority_application_number_raw": text,
            "priority_date": day,
            **place,
        },
        orient="row",
    )
    relation = {
        "relation_type": text,
        "related_country_code": text,
        "related_number": text,
        "related_date": day,
        "child_application_number": text,
    }
    continuity = {
        "child_application_number": text,
        "parent_application_number": text,
        "parentage_type_code": text,
        "relation_direction": text,
        "related_filing_date": day,
    }
    declaration = {
        "office_code": text,
        "application_number": text,
        "application_date": day,
        "priority_numbers_raw": text,
    }
    return {
        "documents": documents,
        "priorities": priorities,
        "relations": pl.DataFrame(schema={**relation, **place}),
        "continuity": pl.DataFrame(schema=continuity),
        "declarations": pl.DataFrame(schema=declaration),
        "breaks": pl.DataFrame(
            breaks, schema={"application_id": text, "earlier_id": text}, orient="row"
        ),
    }


def test_documents_of_one_priority_are_a_family_until_a_break_parts_them() -> None:
    found, idle = rights.patent_families(family_tables())
    assert idle.is_empty()
    columns = ["publication_number", "simple_family_id", "extended_family_id", "method"]
    # A document without an application number is in no family.
    assert found.select(columns).rows() == [
        ("EP3000001A1", "DOC:US:16000001", "EXT:US:16000001", "claimed"),
        ("EP3000001B1", "DOC:US:16000001", "EXT:US:16000001", "claimed"),
        ("US10000001B2", "DOC:US:16000001", "EXT:US:16000001", "first filing"),
    ]
    parted, idle = rights.patent_families(
        family_tables(("EP:18000001", "US:16000001"), ("EP:1", "US:1"))
    )
    assert idle["application_id"].to_list() == ["EP:1"]
    assert parted["extended_family_id"].to_list() == [
        "EXT:EP:18000001",
        "EXT:EP:18000001",
        "EXT:US:16000001",
    ]


def test_the_reviewed_breaks_have_the_columns_that_part_links() -> None:
    assert {"application_id", "earlier_id", "reason"} <= set(linking_rights.read_breaks().columns)


@pytest.mark.slow
def test_the_samples_are_linked_and_their_models_hold(lake_home: Path) -> None:
    for address in SOURCES:
        land_and_stage(address)
    refresh.build()
    counts = {
        name: pl.read_parquet(lake.xref() / f"{name}.parquet").height
        for name in linking_rights.READ
    }
    # The sample's patents cite none of the sample's papers.
    assert counts == {
        "patent_families": 4830,
        "works": 493,
        "patent_works": 0,
        "mark_families": 77,
        "document_places": 10142,
        "sep_chain": 226,
    }
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        for name, model in MODELS.items():
            [(rows,)] = connection.execute(f"select count(*) from core.{model}").fetchall()
            assert rows == counts[name], name
        methods = connection.execute(
            "select method, count(*) from core.xref_publication__family group by all order by all"
        ).fetchall()
    assert methods == [
        ("claimed", 50),
        ("first filing", 4738),
        ("parent: claimed", 3),
        ("parent: claimed by children", 30),
        ("parent: first filing", 9),
    ]
