"""Works that a reference to literature may mean: those that share words or numbers with it."""

from __future__ import annotations

import polars as pl

# Words that titles and references of all kinds have; they find nothing.
STOP_WORDS = frozenset(
    """
    the and for with from into its are was were than that this these those their via using use
    based new study studies analysis effect effects method methods system systems journal
    proceedings international conference science research applied vol volume pages page abstract
    cited other applicant examiner application
    """.split()
)
MOST_WORKS_OF_A_KEY = 60
MOST_CANDIDATES = 12


def normalised(text: pl.Expr) -> pl.Expr:
    """Return a text in small letters without accents, marks and hyphens at ends of lines.

    >>> rows = pl.DataFrame({"t": ["Über β-Cells: .alpha.2 and trans- lation, 12(3):45–67"]})
    >>> rows.select(normalised(pl.col("t"))).item()
    'uber β cells alpha 2 and translation 12 3 45 67'
    """
    return (
        text.str.to_lowercase()
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        # The USPTO's weekly files write .alpha. and .sup.3 where letters were Greek or high.
        .str.replace_all(
            r"\.(alpha|beta|gamma|delta|kappa|mu|omega|su[bp]|times|copyrgt)\.", " $1 "
        )
        .str.replace_all(r"([a-z]{3})- ([a-z]{3})", "$1$2")
        .str.replace_all(r"([a-z])'(s?)\b", "$1$2")
        .str.replace_all(r"([a-z])(\d)", "$1 $2")
        .str.replace_all(r"(\d)([a-z])", "$1 $2")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )


def with_scanned_digits(text: pl.Expr) -> pl.Expr:
    # Twice, because matches may not overlap: 2OlO.
    for _ in range(2):
        text = text.str.replace_all(r"(\d)[oO]", "${1}0").str.replace_all(r"[oO](\d)", "0$1")
        text = text.str.replace_all(r"(\d)[lI|]", "${1}1").str.replace_all(r"[lI|](\d)", "1$1")
    return text


def readable(works: pl.DataFrame) -> pl.DataFrame:
    family = normalised(pl.element().str.replace(r"^.* ", ""))
    return works.select(
        "work_id",
        "publication_year",
        title=normalised(pl.col("title").str.replace_all(r"<[^>]+>", "")).fill_null(""),
        authors=pl.col("authors").list.eval(family).list.head(30),
        journal=normalised(pl.col("journal_name")).fill_null(""),
        volume=_number(pl.col("volume")),
        first_page=_number(pl.col("first_page")),
        last_page=_number(pl.col("last_page")),
    ).with_columns(first_author=pl.col("authors").list.first())


def _number(text: pl.Expr) -> pl.Expr:
    # S12, e0126893 and 1234-A are found by their digits, as OCR loses letters first.
    return text.str.extract(r"(\d+)").str.strip_chars_start("0")


def rare_keys(works: pl.DataFrame) -> pl.DataFrame:
    """Return `key, work_id, weight` of the keys that few works have; rarer ones weigh more.

    Keys of too many works are left out, so that the pairs grow with the references alone.
    """
    by_key = pl.concat([_title_keys(works), _number_keys(works)])
    work_count = pl.len().over("key")
    return (
        by_key.with_columns(work_count=work_count)
        .filter(pl.col("work_count") <= MOST_WORKS_OF_A_KEY)
        .select("key", "work_id", weight=(works.height / pl.col("work_count")).log())
    )


def candidate_pairs(references: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Return pairs that share a key, at most so many to a reference, the most telling ones."""
    return (
        _reference_keys(references)
        .join(keys, on="key")
        .group_by("reference_id", "work_id")
        # Sums depend on their order in the last digit.
        .agg(weight=pl.col("weight").sum().round(6))
        .sort("reference_id", "weight", "work_id", descending=[False, True, False])
        .group_by("reference_id", maintain_order=True)
        .head(MOST_CANDIDATES)
        .select("reference_id", "work_id")
    )


def content_words(words: pl.Expr) -> pl.Expr:
    return words.list.eval(
        pl.element().filter(
            (pl.element().str.len_chars() >= 3)
            & ~pl.element().is_in(STOP_WORDS)
            & ~pl.element().str.contains(r"^\d+$")
        )
    )


def _pairs_of_words(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return two content words in a row, cut to six letters, as keys."""
    cut = (
        frame.select(key, word="words")
        .explode("word")
        .drop_nulls("word")
        .with_columns(pl.col("word").str.slice(0, 6))
    )
    return (
        cut.with_columns(following=pl.col("word").shift(-1).over(key))
        .drop_nulls("following")
        .select(key, key=pl.concat_str(pl.lit("t:"), "word", pl.lit(" "), "following"))
        .unique()
    )


def _title_keys(works: pl.DataFrame) -> pl.DataFrame:
    titled = works.select("work_id", words=content_words(pl.col("title").str.split(" ")))
    short = titled.filter(pl.col("words").list.len().is_between(1, 2)).select(
        "work_id", key=pl.concat_str(pl.lit("w:"), pl.col("words").list.join(" "))
    )
    return pl.concat([_pairs_of_words(titled, "work_id"), short])


def _number_keys(works: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("publication_year").cast(pl.String)
    recipes = {
        "n": [pl.col("volume"), pl.col("first_page")],
        "m": [pl.col("volume"), pl.col("first_page"), year],
        "a": [pl.col("first_author"), pl.col("first_page")],
        "y": [pl.col("first_author"), year],
    }
    return pl.concat(
        works.select("work_id", key=_key(kind, *parts)) for kind, parts in recipes.items()
    ).drop_nulls("key")


def _key(kind: str, *parts: pl.Expr) -> pl.Expr:
    return pl.concat_str([pl.lit(kind), *parts], separator=" ")


def _reference_keys(references: pl.DataFrame) -> pl.DataFrame:
    content = references.select("reference_id", words=content_words(pl.col("words")))
    words = content.select("reference_id", word="words").explode("word").drop_nulls("word")
    in_a_row = words.with_columns(following=pl.col("word").shift(-1).over("reference_id"))
    number = pl.col("number")
    numbers = (
        references.select("reference_id", number=pl.col("numbers").list.head(14))
        .explode("number")
        .drop_nulls("number")
        .with_columns(number.str.strip_chars_start("0"))
        .filter(number.str.len_chars().is_between(1, 9))
        .unique(maintain_order=True)
    )
    years = (
        references.select("reference_id", year=pl.col("years").list.unique())
        .explode("year")
        .drop_nulls("year")
    )
    # Authors come first, or right before `et al.`.
    plain = pl.col("plain")
    names = (
        references.select(
            "reference_id",
            word=pl.concat_list(
                content_words(pl.col("words").list.head(12)).list.head(4),
                plain.str.extract(r"(\p{L}{2,}) et al").fill_null(""),
                plain.str.extract(r"(\p{L}{2,}) (?:\p{L} )+et al").fill_null(""),
            ),
        )
        .explode("word")
        .filter(pl.col("word") != "")
        .unique(maintain_order=True)
    )
    two_numbers = numbers.join(numbers.rename({"number": "other"}), on="reference_id")
    with_year = two_numbers.join(years, on="reference_id")
    keys = [
        _pairs_of_words(content, "reference_id"),
        words.select("reference_id", key=_key("w", pl.col("word"))),
        in_a_row.select("reference_id", key=_key("w", pl.col("word"), pl.col("following"))),
        two_numbers.select("reference_id", key=_key("n", number, pl.col("other"))),
        with_year.select("reference_id", key=_key("m", number, pl.col("other"), pl.col("year"))),
        names.join(numbers, on="reference_id").select(
            "reference_id", key=_key("a", pl.col("word"), number)
        ),
        names.join(years, on="reference_id").select(
            "reference_id", key=_key("y", pl.col("word"), pl.col("year"))
        ),
    ]
    return pl.concat(keys).drop_nulls("key").unique()
