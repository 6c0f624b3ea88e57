"""Numbers and days of copyright registrations, as printed until 1977 and as kept since."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.copyrights import PREFIXES, REGISTRATION_LENGTH

NUMBER = r"^[A-Z]+\d+(?:-\d+)?$"
# Classes that early volumes print as words, by the letters that later ones have for them.
CLASSES = {r"^([A-Z])[\s.—-]*FOR(?:EIGN)?\.?": "${1}F", r"^([A-Z])\s*(?:AD\s*)?INT\.?": "${1}I"}
MODERN = rf"^({'|'.join(PREFIXES)})(\d+)$"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_FIRST = r"^(\d{1,2})\s*([A-Za-z]{3})[a-z]*\.?\s*(?:19)?(\d{2})$"
MONTH_FIRST = r"^([A-Za-z]{3})[a-z]*\.?\s*(\d{1,2}),?\s*19(\d{2})$"


def number(name: str) -> pl.Expr:
    """Return a number without blanks and hyphens after its letters; null if it is none.

    >>> rows = pl.DataFrame({"n": ["A 963122", "A—Foreign 32851", "A ad int. 8956", "AF0-4873"]})
    >>> rows.select(number("n"))["n"].to_list()
    ['A963122', 'AF32851', 'AI8956', 'AF0-4873']
    """
    text = pl.col(name).str.to_uppercase()
    for words, letters in CLASSES.items():
        text = text.str.replace(words, letters)
    text = text.str.replace_all(r"[\s.]", "").str.replace(r"^([A-Z]+)-", "${1}")
    return pl.when(text.str.contains(NUMBER)).then(text)


def modern_number(name: str) -> pl.Expr:
    """Return a number since 1978 in the office's form of 12 characters; null if it is none.

    The same as `iplake.identifiers.copyrights.registration_number`, for columns.

    >>> rows = pl.DataFrame({"n": ["TX0000987776", "SR-320-918", "VAu-598-764", "A704623"]})
    >>> rows.select(modern_number("n"))["n"].to_list()
    ['TX0000987776', 'SR0000320918', 'VAU000598764', None]
    """
    text = pl.col(name).str.to_uppercase().str.replace_all(r"[\s.,-]", "")
    prefix, digits = text.str.extract(MODERN, 1), text.str.extract(MODERN, 2)
    padded = prefix + digits.str.zfill(REGISTRATION_LENGTH - prefix.str.len_chars())
    return pl.when(padded.str.len_chars() == REGISTRATION_LENGTH).then(padded).alias(name)


def day(name: str) -> pl.Expr:
    """Return a printed day of the twentieth century; null if a part of it is not printed.

    >>> rows = pl.DataFrame({"d": ["6Jun51", "Jan. 2, 1930", "Sept. 17, 1945", "12Jul"]})
    >>> [str(each) for each in rows.select(day("d"))["d"]]
    ['1951-06-06', '1930-01-02', '1945-09-17', 'None']
    """
    text = pl.col(name).str.strip_chars()
    forms = {DAY_FIRST: (1, 2, 3), MONTH_FIRST: (2, 1, 3)}
    days = []
    for form, (of_day, of_month, of_year) in forms.items():
        month = text.str.extract(form, of_month).str.to_titlecase()
        written = pl.concat_str(
            pl.lit("19"),
            text.str.extract(form, of_year),
            pl.lit("-"),
            month.replace_strict({m: f"{at:02}" for at, m in enumerate(MONTHS, 1)}, default=None),
            pl.lit("-"),
            text.str.extract(form, of_day).str.zfill(2),
        )
        days.append(written.str.to_date(strict=False))
    return pl.coalesce(days).alias(name)
