"""Families of trademarks: one sign of one owner, across offices, dates and renewed filings.

Evidence first: one international registration (Madrid), which each designated office numbers
anew; then a claim to an earlier filing of the same mark (priority, seniority, conversion). Last,
the same text for the same owner in a shared Nice class. A sign without text is tied by the former
alone, because nothing here compares images.
"""

from __future__ import annotations

import polars as pl

from transforms.linkage.components import connected_components

VERSION = "marks-1"

MARKS = pl.Schema(
    {
        "mark_id": pl.String(),
        "office_code": pl.String(),
        "mark_text": pl.String(),
        "filing_date": pl.Date(),
        "international_number": pl.String(),
    }
)
"""Marks of all offices, one row each; `mark_id` is office and application number."""

EVIDENCE = {
    "international registration": 0.99,
    "claim": 0.98,
    "text, owner and class": 0.95,
}
"""What ties a mark to its family, the strongest first, with what a tie of the kind is worth.

The worths are set, not measured: no published pairs of marks are at hand.
"""

INTERNATIONAL = r"^(?:WO|W|IR|G)?0*(\d{1,7}[A-Z]?)$"


def european_marks(trademarks: pl.LazyFrame) -> pl.LazyFrame:
    """Return the marks of EUIPO's staged tables; W and eight digits are a designation by Madrid."""
    number = pl.col("application_number")
    return trademarks.select(
        mark_id=pl.concat_str(pl.lit("EM:"), number),
        office_code=pl.lit("EM"),
        mark_text="mark_text",
        filing_date="filing_date",
        international_number=pl.when(number.str.starts_with("W")).then(
            international_number(number)
        ),
    ).pipe(_first_of_each)


def american_marks(case_files: pl.LazyFrame, numbers: pl.LazyFrame) -> pl.LazyFrame:
    """Return the marks of the USPTO's staged case files, each once, as told last.

    `numbers` has the international registrations of designations that begin with 79,
    `serial_number, international_number`.
    """
    return (
        case_files.sort("transaction_date", "_snapshot_id", "_record_number", descending=True)
        .unique("serial_number", keep="first", maintain_order=True)
        .join(numbers, on="serial_number", how="left")
        .select(
            mark_id=pl.concat_str(pl.lit("US:"), "serial_number"),
            office_code=pl.lit("US"),
            mark_text="mark_text",
            filing_date="filing_date",
            international_number=international_number(pl.col("international_number")),
        )
        .pipe(_first_of_each)
    )


def international_number(text: pl.Expr) -> pl.Expr:
    """Return the number of an international registration without its prefix and zeros.

    Seven digits at most, and a letter where a part was assigned to another owner.

    >>> rows = pl.DataFrame({"n": ["W01234567", "0987654A", "G1234567", "79012345", None]})
    >>> rows.select(international_number(pl.col("n")))["n"].to_list()
    ['1234567', '987654A', '1234567', None, None]
    """
    return text.str.to_uppercase().str.replace_all(r"[\s-]", "").str.extract(INTERNATIONAL, 1)


def text_key(text: pl.Expr) -> pl.Expr:
    """Return a mark's text as the eye compares it: case, width, accents and marks are gone.

    >>> rows = pl.DataFrame({"t": ["Café-Noir®", "CAFE NOIR", "5 你好！", "—"]})
    >>> rows.select(text_key(pl.col("t")))["t"].to_list()
    ['cafenoir', 'cafenoir', '5你好', None]
    """
    # The letters in a circle go first: taken apart, they would become letters of the text.
    plain = text.str.replace_all("[®©™℠]", "").str.normalize("NFKD").str.to_lowercase()
    key = plain.str.replace_all(r"\p{M}", "").str.replace_all("&", "and")
    key = key.str.replace_all(r"[^\p{L}\p{N}]", "")
    return pl.when(key != "").then(key)


def claim_links(claims: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links of EUIPO's staged claims to earlier marks, `mark_id, earlier_mark_id`.

    A refused claim links nothing. US numbers are serial numbers; a US registration has seven
    digits and is another number, which only the office's own files turn into a serial one.
    """
    country = pl.col("country_code")
    number = pl.col("earlier_number").str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")
    stands = ~pl.col("status").fill_null("").str.to_lowercase().is_in(
        ["refused", "rejected", "withdrawn", "not accepted"]
    )
    is_known = (country != "US") | number.str.contains(r"^\d{8}$")
    return claims.filter(stands & is_known & (number != "")).select(
        mark_id=pl.concat_str(pl.lit("EM:"), "application_number"),
        earlier_mark_id=pl.concat_str(country, pl.lit(":"), number),
    )


def mark_families(
    marks: pl.LazyFrame, owners: pl.LazyFrame, classes: pl.LazyFrame, claims: pl.LazyFrame
) -> pl.DataFrame:
    """Return the family of each mark, named after its first filing, and what ties it there.

    `marks` is of `MARKS`; `owners` has `mark_id, owner_id` (a party's id, or a name's key where
    parties are not linked), `classes` `mark_id, class_number`, `claims` those of `claim_links`.
    """
    known = marks.select("mark_id")
    ties = pl.concat(
        [_by_number(marks), _by_claim(claims, known), _by_text(marks, owners, classes)]
    )
    # What only one mark has ties nothing.
    shared = ties.filter(pl.col("mark_id").n_unique().over("tie") > 1).collect()
    alone = known.select(left="mark_id", right="mark_id").collect()
    edges = pl.concat([shared.select(left="mark_id", right="tie"), alone])
    together = connected_components(edges).rename({"node": "mark_id"}).lazy()
    ranks = {method: rank for rank, method in enumerate(EVIDENCE)}
    best = (
        shared.lazy()
        .group_by("mark_id")
        .agg(pl.col("method").sort_by(pl.col("method").replace_strict(ranks)).first())
    )
    first = pl.col("mark_id").sort_by("filing_date", "mark_id", nulls_last=True).first()
    return (
        marks.select("mark_id", "office_code", "filing_date")
        .join(together, on="mark_id")
        .join(best, on="mark_id", how="left")
        .select(
            "mark_id",
            mark_family_id=pl.concat_str(pl.lit("TM:"), first.over("component")),
            mark_count=pl.len().over("component").cast(pl.Int64),
            office_count=pl.col("office_code").n_unique().over("component").cast(pl.Int64),
            method=pl.col("method").fill_null("alone"),
            score=pl.col("method").replace_strict(EVIDENCE, default=1.0),
            version=pl.lit(VERSION),
        )
        .sort("mark_id")
        .collect()
    )


def _by_number(marks: pl.LazyFrame) -> pl.LazyFrame:
    return marks.drop_nulls("international_number").select(
        "mark_id",
        tie=pl.concat_str(pl.lit("#IR "), "international_number"),
        method=pl.lit("international registration"),
    )


def _by_claim(claims: pl.LazyFrame, known: pl.LazyFrame) -> pl.LazyFrame:
    # The earlier mark need not be among those known: two that go back to it are of one family.
    tie = pl.concat_str(pl.lit("#CLAIM "), pl.col("earlier_mark_id"))
    later = claims.join(known, on="mark_id", how="semi").select("mark_id", tie=tie)
    earlier = (
        claims.join(known, left_on="earlier_mark_id", right_on="mark_id", how="semi")
        .select(mark_id="earlier_mark_id", tie=tie)
        .unique()
    )
    return pl.concat([later, earlier]).with_columns(method=pl.lit("claim"))


def _by_text(marks: pl.LazyFrame, owners: pl.LazyFrame, classes: pl.LazyFrame) -> pl.LazyFrame:
    return (
        marks.select("mark_id", text=text_key(pl.col("mark_text")))
        .drop_nulls("text")
        .join(owners.drop_nulls("owner_id"), on="mark_id")
        .join(classes.drop_nulls("class_number"), on="mark_id")
        .select(
            "mark_id",
            tie=pl.format("#TEXT {} {} {}", "text", "owner_id", "class_number"),
            method=pl.lit("text, owner and class"),
        )
        .unique()
    )


def _first_of_each(marks: pl.LazyFrame) -> pl.LazyFrame:
    return (
        marks.sort("mark_id", "filing_date", nulls_last=True)
        .unique("mark_id", keep="first", maintain_order=True)
        .cast(MARKS)
    )
