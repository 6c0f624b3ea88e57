"""National Bureau of Statistics: tables saved as .xls from its old portal, JSON of the new one."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pyarrow as pa

from ingest.collect import Row, strings
from ingest.discover import listed_in_checksums
from ingest.economy.china_nbs_api import listed_in_queries, read_answer, refuse_challenge
from ingest.readers.archive import open_members
from ingest.readers.xls import Cells, read_sheets
from iplake.contract import Batch, Fetcher, RawFile, Rejection, Resource, Shard
from iplake.declaration import Source
from iplake.errors import NotFound, SourceChanged

NUMBER = {"_record_number": "int64"}
OBSERVATIONS = strings(
    "database", "area", "area_code", "indicator", "indicator_code", "unit", "period", "text",
    **NUMBER,
)  # fmt: skip
SERIES = strings(
    "area", "area_code", "indicator", "indicator_code",
    cell_count="int64", empty_count="int64", **NUMBER,
)  # fmt: skip

DATABASE, AREA, INDICATOR, TIME = "数据库：", "地区：", "指标：", "时间："
FOOTER = "数据来源："
TITLE_LINES = 3
PAGE = "page.html"
# What .xls and .xlsx begin with.
SPREADSHEETS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of a delivery, or else the portal's answers to the declared queries.

    The portal's page is opened first, for its cookie. Where there is none this is a mirror or
    a folder of a deployer's: it holds a delivery, or answers.
    """
    base = source.endpoint.base_url
    try:
        fetch.text(urljoin(base, PAGE))
    except NotFound:
        with contextlib.suppress(NotFound):
            yield from listed_in_checksums(fetch, base)
            return
    yield from listed_in_queries(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a table has some hundred lines."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the figures of each sheet or answer, and what the cells of each series came to."""
    with file.path.open("rb") as stream:
        start = stream.read(512)
    refuse_challenge(start, file.name)
    taken = 0
    if start.startswith(SPREADSHEETS) and not _is_harvest(file.path):
        for sheet, cells in read_sheets(file.path):
            table = _table(sheet, cells)
            yield from _batches(sheet, table, taken)
            taken += len(table.lines)
        return
    for member in open_members(file.path):
        answer = read_answer(member, taken)
        taken += len(answer.series)
        observations = pa.Table.from_pylist(answer.observations, OBSERVATIONS)
        series = pa.Table.from_pylist(list(answer.series.values()), SERIES)
        yield Batch("observations", answer.cells, observations, tuple(answer.rejections))
        yield Batch("series", len(answer.series), series)


def _is_harvest(path: Path) -> bool:
    """Return whether a zip holds answers; a spreadsheet begins alike."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("page-") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: it has either one area and many indicators, or one indicator and many areas."""

    database: str
    area: str | None
    indicator: str | None
    periods: list[str]
    lines: Cells

    def names(self, label: str) -> tuple[str, str]:
        """Return area and indicator of a line by its label."""
        return self.area or label, self.indicator or label


def _table(sheet: str, cells: Cells) -> _Table:
    titles = {
        kind: text.removeprefix(kind)
        for text in (str(line[0]) for line in cells[:TITLE_LINES] if line)
        for kind in (DATABASE, AREA, INDICATOR, TIME)
        if text.startswith(kind)
    }
    header = cells[TITLE_LINES] if len(cells) > TITLE_LINES else []
    fixed = {"指标": AREA, "地区": INDICATOR}.get(str(header[0]) if header else "")
    if DATABASE not in titles or fixed not in titles:
        raise SourceChanged(
            "expected titles (数据库, 地区 or 指标, 时间) and a header of periods",
            sheet=sheet,
            found=str(cells[:4])[:200],
        )
    lines = cells[TITLE_LINES + 1 :]
    if not lines or not str(lines[-1][0]).startswith(FOOTER):
        raise SourceChanged("the table breaks off before its last line 数据来源", sheet=sheet)
    return _Table(
        database=titles[DATABASE],
        area=titles.get(AREA),
        indicator=titles.get(INDICATOR),
        periods=[str(cell) for cell in header[1:]],
        lines=lines[:-1],
    )


def _batches(sheet: str, table: _Table, taken: int) -> Iterator[Batch]:
    series: list[Row] = []
    observations: list[Row] = []
    rejections: list[Rejection] = []
    records = 0
    for number, line in enumerate(table.lines, taken + 1):
        area, indicator = table.names(str(line[0]))
        filled = [
            (period, cell)
            for period, cell in zip(table.periods, line[1:], strict=True)
            if cell != ""
        ]
        records += len(filled)
        empty = len(table.periods) - len(filled)
        series.append(
            {
                "_record_number": number,
                "area": area,
                "indicator": indicator,
                "cell_count": len(table.periods),
                "empty_count": empty,
            }
        )
        for period, cell in filled:
            is_number = isinstance(cell, int | float)
            if not is_number:
                locator = f"{sheet} line {number}, {period}"
                detail = f"expected a number (found={cell})"
                rejection = Rejection("observations", "wrong_type", locator, detail, str(cell))
                rejections.append(rejection)
                continue
            observations.append(
                {
                    "_record_number": number,
                    "database": table.database,
                    "area": area,
                    "indicator": indicator,
                    "unit": None,
                    "period": period,
                    "text": repr(cell),
                }
            )
    rows = pa.Table.from_pylist(observations, OBSERVATIONS)
    yield Batch("observations", records, rows, tuple(rejections))
    yield Batch("series", len(table.lines), pa.Table.from_pylist(series, SERIES))
