"""Patent numbers that others write down, as expressions: one written form for each."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from iplake.identifiers.patents import CN_WEIGHTS

DOCDB_CN = r"^CN(20\d{2})([1-9])(\d{1,7})$"
DOCDB_US = r"^US(?:19|20)\d{2}(\d{8})$"
US_APPLICATION = r"^US(20\d{2})(\d{6})(A\d)$"
PUBLICATION = r"^([A-Z]{2})([A-Z]{0,2}\d+)([A-Z]\d?)?$"
EP_APPLICATION = r"^(?:EP)?(\d{8})(\d)?$"
# Ten digits begin with a year of four, seven and eight with one of two.
WO_PUBLICATION = r"^WO(\d{4}|\d{2})(\d{6}|\d{5})$"
WO_DIGITS = (7, 8, 10)
PCT_APPLICATION = r"^(?:PCT)?([A-Z]{2})(?:(\d{4})(\d{6})|(\d{2})(\d{5}))$"
FIRST_PCT_YEAR = "78"


def application_number(text: pl.Expr) -> pl.Expr:
    """Return an application number that is written as the EPO does, as its own office does.

    CN from 2004 gets its zeros and check digit back, US its series code and serial; where the
    series is not told (US20060506842), and for other offices, the number stays as it is.

    >>> numbers = ["CN2013819325", "US201314065976", "US20060506842", "JP20100106820", None]
    >>> rows = pl.DataFrame({"n": numbers})
    >>> rows.select(application_number(pl.col("n"))).to_series().to_list()
    ['2013800193258', '14065976', 'US20060506842', 'JP20100106820', None]
    """
    compact = _compact(text)
    chinese = compact.str.extract_groups(DOCDB_CN).struct
    serial = pl.concat_str(chinese.field("1"), chinese.field("2"), chinese.field("3").str.zfill(7))
    return pl.coalesce(
        pl.concat_str(serial, cn_check_digit(serial)), compact.str.extract(DOCDB_US, 1), compact
    )


def cn_check_digit(serial: pl.Expr) -> pl.Expr:
    """Return the check digit of Chinese application numbers of eight or twelve digits.

    The vectorised twin of `iplake.identifiers.patents.cn_check_digit`.

    >>> numbers = pl.DataFrame({"n": ["202311352019", "201210003670", None]})
    >>> numbers.select(cn_check_digit(pl.col("n")))["n"].to_list()
    ['8', 'X', None]
    """
    # Zeros at the end add nothing to the sum.
    number = serial.str.pad_end(12, "0").cast(pl.Int64, strict=False)
    # A digit is the number down to its place less ten times the number down to the one before:
    # one division for each place, and no remainders.
    factors = [weight - 10 * after for weight, after in pairwise((*CN_WEIGHTS, 0))]
    places = [number // 10 ** (11 - at) * factor for at, factor in enumerate(factors)]
    rest = pl.sum_horizontal(places, ignore_nulls=False) % 11
    digits = {value: "X" if value == 10 else str(value) for value in range(11)}
    return rest.replace_strict(digits, default=None, return_dtype=pl.String).alias(
        serial.meta.output_name()
    )


def publication_number(text: pl.Expr, office: pl.Expr) -> pl.Expr:
    """Return a publication number without separators, its office in front; null if it is none.

    US applications get the zero back that the EPO leaves out after the year.

    >>> rows = pl.DataFrame({"n": ["US2013170406 A1", "2011-166437", "CN104221406 A", "none"]})
    >>> rows.select(publication_number(pl.col("n"), pl.lit("JP"))).to_series().to_list()
    ['US20130170406A1', 'JP2011166437', 'CN104221406A', None]
    """
    compact = _compact(text)
    named = pl.when(compact.str.contains(r"^\d")).then(pl.concat_str(office, compact))
    number = named.otherwise(compact).str.replace(US_APPLICATION, "US${1}0${2}${3}")
    return pl.when(number.str.contains(PUBLICATION)).then(number)


def ep_application_number(text: pl.Expr) -> pl.Expr:
    """Return a European application number with its check digit, which is added where missing.

    One that is wrong stays as published. The same as `number` of a reading by
    `iplake.identifiers.patents.read_ep_application`, for columns.

    >>> rows = pl.DataFrame({"n": ["EP 18877305.5", "06101078", "18877305.4", "JP1", None]})
    >>> rows.select(ep_application_number(pl.col("n"))).to_series().to_list()
    ['188773055', '061010781', '188773054', None, None]
    """
    parts = _compact(text).str.extract_groups(EP_APPLICATION).struct
    serial, written = parts.field("1"), parts.field("2")
    return pl.concat_str(serial, pl.coalesce(written, ep_check_digit(serial)))


def ep_check_digit_holds(text: pl.Expr) -> pl.Expr:
    """Return whether the check digit of a European number holds; null where none is written.

    >>> rows = pl.DataFrame({"n": ["EP 18877305.5", "06101078", "18877305.4", "JP1", None]})
    >>> rows.select(ep_check_digit_holds(pl.col("n"))).to_series().to_list()
    [True, None, False, None, None]
    """
    parts = _compact(text).str.extract_groups(EP_APPLICATION).struct
    return parts.field("2") == ep_check_digit(parts.field("1"))


def ep_check_digit(serial: pl.Expr) -> pl.Expr:
    """Return the check digit of a European application number of eight digits (Luhn)."""
    number = serial.cast(pl.Int64, strict=False)
    products = [number // 10 ** (7 - at) % 10 * (1 + at % 2) for at in range(8)]
    digits = [product // 10 + product % 10 for product in products]
    return ((10 - pl.sum_horizontal(digits, ignore_nulls=False) % 10) % 10).cast(pl.String)


def wo_publication_number(text: pl.Expr) -> pl.Expr:
    """Return an international publication number with a year of four digits; null if it is none.

    The same as `iplake.identifiers.publications.read_publication` reads, for columns.

    >>> rows = pl.DataFrame({"n": ["WO98/23643", "WO02020444", "WO2005022977", "WO2005", None]})
    >>> rows.select(wo_publication_number(pl.col("n"))).to_series().to_list()
    ['WO1998023643', 'WO2002020444', 'WO2005022977', None, None]
    """
    compact = _compact(text)
    digits = compact.str.len_chars() - 2
    # Greedy: of eight digits a year of four would leave no number of five or six.
    parts = compact.str.extract_groups(WO_PUBLICATION).struct
    number = parts.field("2").str.zfill(6)
    # Numbers of five digits ended in 2002.
    is_late = (digits == WO_DIGITS[0]) & parts.field("1").is_between(
        pl.lit("05"), pl.lit(FIRST_PCT_YEAR), "left"
    )
    full = pl.concat_str(pl.lit("WO"), _century(parts.field("1")), number)
    return pl.when(digits.is_in(WO_DIGITS) & ~is_late).then(full)


def pct_application_number(text: pl.Expr) -> pl.Expr:
    """Return an international application number as PCT/CC, year and six digits, else null.

    The same as `iplake.identifiers.patents.read_pct_application` reads, for columns.

    >>> rows = pl.DataFrame({"n": ["PCT/US98/09178", "JP0107711", "CN2018112487", "EP9693"]})
    >>> rows.select(pct_application_number(pl.col("n"))).to_series().to_list()
    ['PCT/US1998/009178', 'PCT/JP2001/007711', 'PCT/CN2018/112487', None]
    """
    parts = _compact(text).str.extract_groups(PCT_APPLICATION).struct
    year = _century(pl.coalesce(parts.field("2"), parts.field("4")))
    serial = pl.coalesce(parts.field("3"), parts.field("5")).str.zfill(6)
    return pl.format("PCT/{}/{}", parts.field("1") + year, serial)


def _century(year: pl.Expr) -> pl.Expr:
    """Return a year of the PCT, which began in 1978, with its century."""
    century = pl.when(year >= FIRST_PCT_YEAR).then(pl.lit("19")).otherwise(pl.lit("20"))
    return pl.when(year.str.len_chars() == 4).then(year).otherwise(century + year)


def _compact(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().str.replace_all(r"[\s./,-]", "")
