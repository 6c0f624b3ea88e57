"""What services of SDMX answer in place of data: a promise of a file, a refusal, a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from iplake.errors import SourceBusy, SourceChanged

HTML = re.compile(rb"^\s*<(?:!doctype html|html)", re.IGNORECASE)
# Eurostat puts off what has 500,000 to 5,000,000 cells: in a footer (SDMX-ML), in an envelope
# with the id of the task, or in a warning (JSON). What is larger it refuses for good.
PUT_OFF = re.compile(
    rb"ASYNCHRONOUS_RESPONSE|syncResponse|will be written to a file"
    rb"|<status>(?:SUBMITTED|PROCESSING)"
)
TOO_LARGE = re.compile(rb"EXTRACTION_TOO_BIG|too (?:big|large)", re.IGNORECASE)
LINK = re.compile(
    rb"https?://[^\s<>\"]{1,200}/(?:async|file)/[^\s<>\"]{1,200}|<id>([^<]{1,80})</id>"
)
FAULT = re.compile(rb"<(?:\w+:)?(?:Fault|Error|ErrorMessage)\b|\"error\"\s*:")


def refuse_answer_in_place_of_data(head: bytes, where: str) -> None:
    """Raise if a file begins as an answer that holds no data does.

    A promise that the data will be ready later raises SourceBusy, everything else SourceChanged.
    """
    start = head.removeprefix(b"\xef\xbb\xbf")
    said = head.decode("utf-8", "replace")[:500]
    if HTML.match(start):
        raise SourceChanged("expected data, found an HTML page", file=where, found=said[:80])
    if not start.lstrip().startswith((b"<", b"{")):
        return
    if PUT_OFF.search(head):
        link = LINK.search(head)
        raise SourceBusy(
            "the answer is too large to be given at once and is being made; land it again in some "
            "minutes, or narrow the query",
            file=where,
            task=link[0].decode("utf-8", "replace") if link else said,
        )
    if TOO_LARGE.search(head):
        raise SourceChanged("the query asks for too much; narrow it", file=where, found=said)
    if FAULT.search(head):
        raise SourceChanged("the service answered with an error", file=where, found=said)


def dimensions_json(names: Sequence[str]) -> pl.Expr:
    """Return columns as one JSON object in order of their names; empty ones are left out.

    >>> rows = pl.DataFrame({"unit": ["EUR", "a\\"b"], "geo": ["AT", ""]})
    >>> rows.select(dimensions_json(["unit", "geo"]))["dimensions"].to_list()
    ['{"geo":"AT","unit":"EUR"}', '{"unit":"a\\\\"b"}']
    """
    members = [
        pl.when(pl.col(name) != "").then(
            pl.struct(name).struct.json_encode().str.strip_prefix("{").str.strip_suffix("}")
        )
        for name in sorted(names)
    ]
    if not members:
        return pl.lit("{}").alias("dimensions")
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return (pl.lit("{") + joined + pl.lit("}")).alias("dimensions")
