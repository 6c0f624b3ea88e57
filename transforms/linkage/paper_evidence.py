"""How a reference to literature and a work agree: title, names, year, journal, volume, pages."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from rapidfuzz import fuzz, process

from transforms.linkage.paper_candidates import content_words

EVIDENCE = {
    "title": ["none", "absent", "weak", "fair", "good", "near", "same"],
    "opening": ["none", "absent", "near", "same"],
    "title_length": ["short", "middle", "long"],
    "quoted": ["none", "other", "like", "same"],
    "year": ["unknown", "other", "near", "same"],
    "volume": ["unknown", "absent", "small", "same"],
    "first_page": ["unknown", "absent", "small", "same"],
    "last_page": ["unknown", "absent", "small", "same"],
    "author": ["unknown", "absent", "other", "like", "first"],
    "journal": ["unknown", "absent", "part", "whole"],
    "telling": ["same", "different"],
    "core": [
        f"{title} {room} {page} {year}"
        for title in ("title", "half", "no")
        for room in ("wordy", "brief")
        for page in ("page", "no")
        for year in ("year", "no")
    ],
    "place": [
        f"{title} {journal}"
        for title in ("title", "half", "no")
        for journal in ("unknown", "absent", "part", "whole")
    ],
    "numbers": [
        f"{volume} {page} {author}"
        for volume in ("volume", "no")
        for page in ("page", "no")
        for author in ("author", "no")
    ],
}
"""What is compared, and the values it takes; each value has a weight."""

# They tell apart works of otherwise one title: `Part II`, `Erratum`, `Reply to`.
TELLING_WORDS = frozenset(
    """
    i ii iii iv v vi vii viii part erratum corrigendum correction addendum reply comment comments
    retraction retracted response editorial review preface
    """.split()
)
SMALL_WORDS = frozenset("of the and for in on a an de la le und der die des et part".split())


def with_evidence(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return each pair with the value of each kind of evidence."""
    plain, titles = pairs["plain"].to_list(), pairs["title"].to_list()
    first_author = pairs["first_author"].fill_null("").to_list()
    pairs = pairs.with_columns(
        title_score=_scores("partial_ratio", titles, plain),
        opening_score=_scores("partial_ratio", [title[:45] for title in titles], plain),
        quoted_score=_scores("ratio", titles, pairs["quoted"].fill_null("").to_list()),
        author_score=_scores("partial_ratio", first_author, plain),
        journal_score=pl.Series(
            map(_abbreviated, pairs["journal"], pairs["words"]), dtype=pl.Float64
        ),
        title_words=pl.col("title").str.split(" "),
    )
    length = pl.col("title").str.len_chars()
    # In a text that is shorter than the title, the title cannot be found.
    is_cut = length > pl.col("plain").str.len_chars()
    year = pl.col("publication_year")
    year_is = {by: pl.col("years").list.contains((year + by).cast(pl.String)) for by in (-1, 0, 1)}
    named = pl.col("authors").list.set_intersection("words").list.len()
    telling = pl.element().is_in(TELLING_WORDS) | pl.element().str.contains(r"^\d+$")
    special = pl.col("title_words").list.eval(pl.element().filter(telling))
    special_read = pl.col("words").list.eval(
        pl.element().filter(pl.element().is_in(TELLING_WORDS) & (pl.element().str.len_chars() > 4))
    )
    grades = pairs.select(
        "reference_id",
        "work_id",
        title=pl.when((length == 0) | is_cut)
        .then(pl.lit("none"))
        .otherwise(
            _graded(
                pl.col("title_score"),
                {99: "same", 94: "near", 86: "good", 75: "fair", 60: "weak"},
                "absent",
            )
        ),
        # Titles are cut short, and words of them left out.
        opening=pl.when(length < 20)
        .then(pl.lit("none"))
        .otherwise(_graded(pl.col("opening_score"), {97: "same", 85: "near"}, "absent")),
        title_length=_graded(
            content_words(pl.col("title_words")).list.len(), {6: "long", 3: "middle"}, "short"
        ),
        quoted=pl.when(pl.col("quoted").is_null() | (length == 0))
        .then(pl.lit("none"))
        .otherwise(_graded(pl.col("quoted_score"), {90: "same", 65: "like"}, "other")),
        year=pl.when(year.is_null() | (pl.col("years").list.len() == 0))
        .then(pl.lit("unknown"))
        .when(year_is[0])
        .then(pl.lit("same"))
        .when(year_is[-1] | year_is[1])
        .then(pl.lit("near"))
        .otherwise(pl.lit("other")),
        volume=_found("volume"),
        first_page=_found("first_page"),
        last_page=_found("last_page"),
        author=pl.when(pl.col("first_author").fill_null("") == "")
        .then(pl.lit("unknown"))
        .when(pl.col("words").list.contains(pl.col("first_author")))
        .then(pl.lit("first"))
        .when((pl.col("author_score") >= 88) & (pl.col("first_author").str.len_chars() >= 5))
        .then(pl.lit("like"))
        .when(named > 0)
        .then(pl.lit("other"))
        .otherwise(pl.lit("absent")),
        journal=pl.when(pl.col("journal") == "")
        .then(pl.lit("unknown"))
        .otherwise(_graded(pl.col("journal_score"), {0.99: "whole", 0.5: "part"}, "absent")),
        telling=pl.when(
            (special.list.set_difference("words").list.len() > 0)
            | (special_read.list.set_difference("title_words").list.len() > 0)
        )
        .then(pl.lit("different"))
        .otherwise(pl.lit("same")),
        is_wordy=content_words(pl.col("words")).list.len() >= 10,
    )
    has_title = pl.col("title").is_in(["near", "same"])
    has_half = pl.col("title").is_in(["fair", "good"]) | pl.col("opening").is_in(["near", "same"])
    title = pl.when(has_title).then(pl.lit("title")).when(has_half).then(pl.lit("half"))
    return grades.with_columns(
        core=_crossed(
            title.otherwise(pl.lit("no")),
            # With many words and without this title it has another one.
            pl.when("is_wordy").then(pl.lit("wordy")).otherwise(pl.lit("brief")),
            _either(pl.col("first_page") == "same", "page"),
            _either(pl.col("year") == "same", "year"),
        ),
        place=_crossed(title.otherwise(pl.lit("no")), pl.col("journal")),
        numbers=_crossed(
            _either(pl.col("volume").is_in(["same", "small"]), "volume"),
            _either(pl.col("first_page").is_in(["same", "small"]), "page"),
            _either(pl.col("author").is_in(["first", "like"]), "author"),
        ),
    ).select("reference_id", "work_id", *EVIDENCE)


def _crossed(*values: pl.Expr) -> pl.Expr:
    return pl.concat_str(values, separator=" ")


def _either(holds: pl.Expr, name: str) -> pl.Expr:
    return pl.when(holds).then(pl.lit(name)).otherwise(pl.lit("no"))


def _scores(scorer: str, left: Sequence[str], right: Sequence[str]) -> pl.Series:
    scores = process.cpdist(left, right, scorer=getattr(fuzz, scorer), workers=-1)
    return pl.Series(scores, dtype=pl.Float64)


def _graded(score: pl.Expr, grades: dict[float, str], least: str) -> pl.Expr:
    """Return the first grade whose bound the score reaches; bounds are in falling order."""
    graded = pl.lit(least)
    for bound, grade in reversed(grades.items()):
        graded = pl.when(score >= bound).then(pl.lit(grade)).otherwise(graded)
    return graded


def _found(name: str) -> pl.Expr:
    number = pl.col(name)
    # The end of a range is cut down to what changes: 3389-402.
    is_there = pl.col("numbers").list.contains(number)
    if name == "last_page":
        for digits in (1, 2, 3):
            is_there |= (number.str.len_chars() > digits) & pl.col("ends").list.contains(
                number.str.slice(-digits)
            )
    return (
        pl.when(number.is_null() | (number == ""))
        .then(pl.lit("unknown"))
        .when(~is_there)
        .then(pl.lit("absent"))
        # Any text has a 1 or a 3 somewhere.
        .when(number.str.len_chars() == 1)
        .then(pl.lit("small"))
        .otherwise(pl.lit("same"))
    )


def _abbreviated(journal: str, words: Sequence[str]) -> float:
    """Return the share of a journal's words that a reference has, written out or abbreviated.

    >>> _abbreviated("journal of biological chemistry", "smith j biol chem 3".split())
    1.0
    >>> _abbreviated("proceedings of the national academy of sciences", ["pnas", "3"])
    1.0
    >>> _abbreviated("nature", ["native", "nat"])
    1.0
    """
    told = [word for word in journal.split() if word not in SMALL_WORDS]
    if not told:
        return 0.0
    if len(told) > 2 and "".join(word[0] for word in told) in words:
        return 1.0
    return sum(any(_abbreviates(each, word) for each in words) for word in told) / len(told)


def _abbreviates(short: str, word: str) -> bool:
    # `natl` for national and `engrg` for engineering: the letters stay in order.
    if short == word or (len(word) > 6 and short == word[0] and word in {"journal"}):
        return True
    if len(short) < 2 or short[:2] != word[:2] or len(short) > len(word):
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)
