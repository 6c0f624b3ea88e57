"""Patent to paper: which work a reference means, by its identifiers or by its words and numbers.

A reference is a text such as `Smith et al., "On mice", J. Biol. Chem., vol. 3, pp. 1-7 (1999)`, as
it stands on a patent's front page or in its description. First come identifiers: DOI, PubMed's
and arXiv's. Else the works that share rare words of the title, or volume and page, or author
and page, are compared, and the best one gets the probability that it is the one meant.

Weights and calibration were fitted by `benchmarks.linkage.papers`, on other data than it measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from transforms.linkage.paper_weights import BIAS, CALIBRATION, WEIGHTS

VERSION = "papers-1"

WORKS = pl.Schema(
    {
        "work_id": pl.String(),
        "doi": pl.String(),
        "pmid": pl.String(),
        "arxiv_id": pl.String(),
        "title": pl.String(),
        "authors": pl.List(pl.String()),
        "journal_name": pl.String(),
        "volume": pl.String(),
        "first_page": pl.String(),
        "last_page": pl.String(),
        "publication_year": pl.Int64(),
    }
)
"""Works to be found; authors are family names, or names that end in one."""

LINKS = pl.Schema(
    {
        "reference_id": pl.String(),
        "work_id": pl.String(),
        "method": pl.String(),
        "score": pl.Float64(),
        "confidence": pl.Int64(),
        "version": pl.String(),
    }
)
"""Links: `score` is the probability that a link is right, `confidence` its tenths, 1 to 10."""

DOI = r"\b(10\.\d{4,9}/[^\s\"<>\[\]{}|]+)"
PMID = r"(?:pmid|pubmed(?: (?:id|pmid))?)[^\d]{0,3}(\d{4,8})\b"
ARXIV = r"arxiv[ :.]{0,3}(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
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
SLICE_ROWS = 20_000
LEAST_SCORE = 0.05
ACCEPTED_SCORE = 0.8
"""From here on a link is to be used: 99.6 % of such links were right on the data of the fit."""
IDENTIFIED = 0.999
"""Assumed, not measured, of a link by an identifier: a slip of the keyboard names another work."""


@dataclass(frozen=True)
class Model:
    """What the evidence weighs, and how the sum becomes a probability: slope and intercept."""

    bias: float
    weights: Mapping[str, Mapping[str, float]]
    calibration: tuple[float, float]


FITTED = Model(BIAS, WEIGHTS, CALIBRATION)


def link_papers(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the best work of each reference, with its probability; none where no work is likely.

    `references` has `reference_id` and `text`, `works` the columns of `WORKS`.
    """
    found = identified(references, works)
    unread = references.join(found, on="reference_id", how="anti")
    known = _readable(works)
    keys = _rare_keys(known)
    # So many at a time need one gigabyte or less.
    parts = [
        best_candidates(_compared(part, known, keys)) for part in unread.iter_slices(SLICE_ROWS)
    ]
    return pl.concat([found, *parts]).sort("reference_id")


def identified(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the links of references that name an identifier of a work, each once."""
    lower = pl.col("text").str.to_lowercase()
    # A DOI is often broken by a blank behind its slash, and ends with the sentence.
    doi = lower.str.replace_all(r"(10\.\d{4,9})\s*/\s*", "$1/").str.extract(DOI)
    named = references.select(
        "reference_id",
        doi=doi.str.replace(r"[.,;:)'”]+$", ""),
        pmid=lower.str.extract(PMID),
        arxiv_id=lower.str.extract(ARXIV),
    )
    links = []
    for scheme in ("doi", "pmid", "arxiv_id"):
        bearers = works.select("work_id", pl.col(scheme).str.to_lowercase()).drop_nulls(scheme)
        # Two works with one identifier are one work in two sources: the first stands for both.
        first = bearers.sort("work_id").unique(scheme, keep="first", maintain_order=True)
        links.append(
            named.select("reference_id", scheme)
            .join(first, on=scheme)
            .select("reference_id", "work_id", method=pl.lit(scheme.removesuffix("_id")))
        )
    return (
        pl.concat(links)
        .unique("reference_id", keep="first", maintain_order=True)
        .with_columns(score=pl.lit(IDENTIFIED), confidence=_confidence(pl.lit(IDENTIFIED)))
        .with_columns(version=pl.lit(VERSION))
        .select(LINKS.names())
        .cast(LINKS)
        .sort("reference_id")
    )


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


def _with_scanned_digits(text: pl.Expr) -> pl.Expr:
    # Twice, because matches may not overlap: 2OlO.
    for _ in range(2):
        text = text.str.replace_all(r"(\d)[oO]", "${1}0").str.replace_all(r"[oO](\d)", "0$1")
        text = text.str.replace_all(r"(\d)[lI|]", "${1}1").str.replace_all(r"[lI|](\d)", "1$1")
    return text


def compared(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates of each reference with what speaks for and against them."""
    known = _readable(works)
    return _compared(references, known, _rare_keys(known))


def _compared(references: pl.DataFrame, known: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    read = references.select("reference_id", "text").with_columns(plain=normalised(pl.col("text")))
    digits = normalised(_with_scanned_digits(pl.col("text")))
    read = read.with_columns(
        words=pl.col("plain").str.split(" "),
        numbers=digits.str.extract_all(r"\d+")
        .list.eval(pl.element().str.strip_chars_start("0"))
        .list.unique(maintain_order=True),
        ends=digits.str.extract_all(r"\d+ \d+").list.eval(pl.element().str.extract(r"(\d+)$")),
        # A page may look like a year; it then counts as both.
        years=digits.str.extract_all(r"\b(?:18|19|20)\d\d\b"),
        quoted=normalised(pl.col("text").str.extract(r"[\"“”]{1,2}(.{12,400}?)[\"“”]{1,2}")),
    )
    pairs = _candidate_pairs(read, keys)
    both = (
        pairs.join(read, on="reference_id")
        .join(known, on="work_id")
        .sort("reference_id", "work_id")
    )
    return _with_evidence(both)


def _readable(works: pl.DataFrame) -> pl.DataFrame:
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


def _rare_keys(works: pl.DataFrame) -> pl.DataFrame:
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


def _candidate_pairs(references: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
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


def _content_words(words: pl.Expr) -> pl.Expr:
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
    titled = works.select("work_id", words=_content_words(pl.col("title").str.split(" ")))
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
    content = references.select("reference_id", words=_content_words(pl.col("words")))
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
                _content_words(pl.col("words").list.head(12)).list.head(4),
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


def _with_evidence(pairs: pl.DataFrame) -> pl.DataFrame:
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
            _content_words(pl.col("title_words")).list.len(), {6: "long", 3: "middle"}, "short"
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
        is_wordy=_content_words(pl.col("words")).list.len() >= 10,
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


def best_candidates(candidates: pl.DataFrame, model: Model = FITTED) -> pl.DataFrame:
    """Return the likeliest work of each reference with its probability.

    A reference means one work or none: what speaks for a second one speaks against the first.
    """
    odds = log_odds(candidates, model).exp()
    slope, intercept = model.calibration
    ranked = (
        candidates.select("reference_id", "work_id", odds=odds)
        .with_columns(
            share=pl.col("odds") / (1 + pl.col("odds").sum().over("reference_id")),
        )
        .sort("reference_id", "share", "work_id", descending=[False, True, False])
        .unique("reference_id", keep="first", maintain_order=True)
    )
    logit = (pl.col("share") / (1 - pl.col("share"))).log()
    score = 1 / (1 + (-(slope * logit + intercept)).exp())
    return (
        ranked.with_columns(score=score)
        .filter(pl.col("score") >= LEAST_SCORE)
        .with_columns(
            method=pl.lit("text"), confidence=_confidence(pl.col("score")), version=pl.lit(VERSION)
        )
        .select(LINKS.names())
        .cast(LINKS)
    )


def log_odds(candidates: pl.DataFrame, model: Model) -> pl.Series:
    """Return what speaks for each pair, as a sum of weights."""
    total = pl.lit(model.bias)
    for kind, weights in model.weights.items():
        total += pl.col(kind).replace_strict(weights, return_dtype=pl.Float64)
    return candidates.select(total.alias("log_odds").clip(-30, 30)).to_series()


def _confidence(score: pl.Expr) -> pl.Expr:
    return (score * 10).ceil().clip(1, 10).cast(pl.Int64)
