"""Links of rights from the tables of several sources: what each table gives, put together.

Each function takes tables by name, as `warehouse.linking_rights` reads them, and returns one row
per thing linked.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from transforms.linkage import families, marks, papers, sep_chain, works

Tables = Mapping[str, pl.DataFrame]


def patent_families(tables: Tables) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the families of each publication, and the reviewed breaks that broke nothing.

    A publication whose application number is damaged is in no family.
    """
    documents = tables["documents"].lazy()
    links = pl.concat(
        [
            families.priority_links(documents, tables["priorities"].lazy()),
            families.relation_links(documents, tables["relations"].lazy()),
            families.national_phase_links(documents),
            families.continuity_links(tables["continuity"].lazy()),
            sep_chain.declared_priority_links(tables["declarations"].lazy()),
        ]
    ).collect()
    kept, idle = families.without_breaks(links.lazy(), tables["breaks"].lazy())
    told = published_applications(tables["documents"])
    applications = told.select("application_id").lazy()
    simple = families.simple_families(applications, kept)
    extended = families.extended_families(
        applications, kept, told.select("application_id", "filing_date").lazy()
    )
    found = (
        told.select("publication_number", "application_id")
        .join(
            simple.select("application_id", "simple_family_id", "method", "score", "version"),
            on="application_id",
        )
        .join(
            extended.select("application_id", "extended_family_id", "application_count"),
            on="application_id",
        )
        .select(
            "publication_number",
            "application_id",
            "simple_family_id",
            "extended_family_id",
            "application_count",
            "method",
            "score",
            "version",
        )
    )
    return found.sort("publication_number"), idle.collect()


def published_applications(documents: pl.DataFrame) -> pl.DataFrame:
    """Return each publication once, with the id of its application and that one's filing date."""
    own = families.application_id(
        pl.col("office_code"), pl.col("application_number"), pl.col("filing_date")
    )
    return (
        documents.select("publication_number", "filing_date", application_id=own)
        .drop_nulls(["publication_number", "application_id"])
        .sort("publication_number", "application_id", "filing_date", nulls_last=True)
        .unique("publication_number", keep="first", maintain_order=True)
    )


def literature_works(tables: Tables) -> pl.DataFrame:
    """Return the work of each record of literature."""
    return works.works_of_records(tables["records"])


def patent_works(tables: Tables) -> pl.DataFrame:
    """Return the work that each reference of a patent to literature means, where one is likely.

    A text that many patents cite is read once.
    """
    key = ["publication_number", "sequence_number"]
    references = (
        tables["references"].sort(*key, "text").unique(key, keep="first", maintain_order=True)
    )
    texts = references.select("text").unique().sort("text")
    texts = texts.with_columns(reference_id=pl.int_range(pl.len()).cast(pl.String))
    found = papers.link_papers(texts, works.one_of_each_work(tables["records"]))
    return (
        references.join(texts, on="text")
        .join(found, on="reference_id")
        .select(*key, "work_id", "method", "score", "confidence", "version")
        .sort(key)
    )


def trademark_families(tables: Tables) -> pl.DataFrame:
    """Return the family of each trademark of the two offices."""
    european = marks.european_marks(tables["european_marks"].lazy())
    american = marks.american_marks(
        tables["american_marks"].lazy(), tables["international_numbers"].lazy()
    )
    return marks.mark_families(
        pl.concat([european, american]),
        tables["owners"].lazy(),
        tables["classes"].lazy(),
        marks.claim_links(tables["claims"].lazy()),
    )


def declared_families(tables: Tables) -> pl.DataFrame:
    """Return the families and standards' versions of each declaration, each combination once."""
    known = tables["families"].lazy()
    return (
        sep_chain.declared_chain(
            tables["declarations"].lazy(),
            tables["declared_publications"].lazy(),
            known.select("publication_number", "application_id"),
            known.select("application_id", "extended_family_id").unique(),
        )
        .collect()
        .sort("declaration_number", "edition_designator", "patent_family_id", nulls_last=True)
    )
