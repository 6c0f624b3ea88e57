"""Patent numbers that others write down, as expressions: one written form for each."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.patents import CN_WEIGHTS

DOCDB_CN = r"^CN(20\d{2})([1-9])(\d{1,7})$"
DOCDB_US = r"^US(?:19|20)\d{2}(\d{8})$"
US_APPLICATION = r"^US(20\d{2})(\d{6})(A\d)$"
PUBLICATION = r"^([A-Z]{2})([A-Z]{0,2}\d+)([A-Z]\d?)?$"


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


def cn_check_digit(number: pl.Expr) -> pl.Expr:
    """Return the check digit of Chinese application numbers of eight or twelve digits, or X.

    The vectorised twin of `iplake.identifiers.patents.cn_check_digit`.

    >>> numbers = pl.DataFrame({"n": ["202311352019", "201210003670", None]})
    >>> numbers.select(cn_check_digit(pl.col("n"))).to_series().to_list()
    ['8', 'X', None]
    """
    # Zeros at the end add nothing to the sum.
    serial = number.str.pad_end(12, "0").cast(pl.Int64, strict=False)
    weighted = [serial // 10 ** (11 - at) % 10 * weight for at, weight in enumerate(CN_WEIGHTS)]
    rest = pl.sum_horizontal(weighted, ignore_nulls=False) % 11
    return pl.when(rest == 10).then(pl.lit("X")).otherwise(rest.cast(pl.String))


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


def _compact(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().str.replace_all(r"[\s./,-]", "")
