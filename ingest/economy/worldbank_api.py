"""The World Bank's interface, version 2: figures of an indicator as JSON, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pyarrow as pa

from ingest.collect import Row, as_rejected, strings
from ingest.readers.archive import Member, whole
from ingest.readers.json import Object, list_of, object_of, text_of, unknown_keys
from iplake.contract import Batch, Drift, Paging, Rejection, Request, Resource, excerpt
from iplake.declaration import Source
from iplake.errors import UNREADABLE, RecordRejected, SourceBusy, SourceChanged

PER_PAGE = 5_000
NAMES = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
OBSERVATIONS = strings(*NAMES, "year", "value", "updated", _record_number="int64")
SERIES = strings(*NAMES, cell_count="int64", empty_count="int64", _record_number="int64")
KNOWN = {
    "indicator", "indicator/id", "indicator/value", "country", "country/id", "country/value",
    "countryiso3code", "date", "value",
}  # fmt: skip
IGNORED = {"unit", "obs_status", "decimal", "footnote", "scale"}
# Some aggregates have letters of the Bank's own alone, and no code of three.
AGGREGATES = {
    "XC": "EMU", "XD": "HIC", "XE": "HPC", "XF": "IBD", "XG": "IDA", "XH": "IDB", "XI": "IDX",
    "XJ": "LAC", "XL": "LDC", "XM": "LIC", "XN": "LMC", "XO": "LMY", "XP": "MIC", "XQ": "MNA",
    "XT": "UMC", "XU": "NAC", "XY": "INX", "F1": "FCS", "ZT": "IBT", "V1": "PRE", "V2": "EAR",
    "V3": "LTE", "V4": "PST",
}  # fmt: skip


def listed_in_queries(source: Source) -> Iterator[Resource]:
    """Yield a harvest of all pages for each query, as in `country/all/indicator/SP.POP.TOTL`."""
    for query in source.endpoint.queries:
        address = urljoin(source.endpoint.base_url, query)
        told = urlencode({"format": "json", "per_page": PER_PAGE, "page": 1})
        url = f"{address}{'&' if urlsplit(address).query else '?'}{told}"
        name = urlsplit(query).path.replace("/", "_")
        yield Resource(url, f"{name}.json.zip", pages=Paging(following, total))


def following(request: Request, answer: bytes) -> Request | None:
    """Return the request for the next page, or None after the last."""
    head, _ = page(answer, request.url)
    number, last = _whole(head, "page"), _whole(head, "pages")
    asked = parse_qs(urlsplit(request.url).query)["page"]
    if [str(number)] != asked and last > 0:
        raise SourceChanged("another page than was asked for", url=request.url, found=number)
    if number >= last:
        return None
    before, _, _ = request.url.rpartition("page=")
    return Request(f"{before}page={number + 1}")


def total(answer: bytes) -> int | None:
    """Return how many figures a page says there are."""
    return _whole(page(answer, "a page")[0], "total")


def page(answer: bytes, where: str) -> tuple[Object, list[object]]:
    """Return head and figures of a page. Errors come with status 200, as a list of one message."""
    try:
        parts = list_of(json.loads(answer, parse_float=str, parse_int=str))
        head = object_of(parts[0])
        if "message" in head:
            raise SourceChanged(
                "the interface answered with a message; look whether the indicator still exists",
                url=where,
                said="; ".join(
                    f"{each.get('id')} {each.get('key')}: {each.get('value')}"
                    for each in map(object_of, list_of(head["message"]))
                )[:300],
            )
        return head, list_of(parts[1]) if parts[1] is not None else []
    except (RecordRejected, *UNREADABLE) as error:
        if isinstance(error, ValueError) and answer.lstrip()[:1] == b"<":
            raise SourceBusy("expected JSON, found a page", url=where, found=answer[:80]) from error
        raise SourceChanged(
            "expected a list of a head and figures", url=where, found=answer[:200], said=str(error)
        ) from error


def _whole(head: Object, name: str) -> int:
    # A number or a text of one, whichever the call.
    found = str(head.get(name))
    if not found.isdecimal():
        raise SourceChanged("expected a number in a page's head", field=name, found=found)
    return int(found)


@dataclass(slots=True)
class Harvest:
    """What the pages of one file came to so far: its series, in the order first seen."""

    series: dict[tuple[str, str], Row] = field(default_factory=dict)

    def read(self, member: Member) -> Iterator[Batch]:
        """Yield the figures of one page; empty ones are counted."""
        head, cells = page(whole(member), member.name)
        updated = head.get("lastupdated")
        observations: list[Row] = []
        rejections: list[Rejection] = []
        drift: dict[str, Drift] = {}
        for at, cell in enumerate(cells, start=1):
            locator = f"{member.name} item {at}"
            try:
                content = object_of(cell)
                row = self._figure(content, updated if isinstance(updated, str) else None)
            except (RecordRejected, *UNREADABLE) as error:
                rejections.append(_rejection(locator, error, cell))
                continue
            for name in unknown_keys(content, KNOWN, IGNORED):
                records = drift[name].records if name in drift else 0
                drift[name] = Drift("observations", name, records + 1, locator)
            if row is not None:
                observations.append(row)
        rows = pa.Table.from_pylist(observations, OBSERVATIONS)
        records = len(observations) + len(rejections)
        yield Batch("observations", records, rows, tuple(rejections), tuple(drift.values()))

    def _figure(self, cell: Object, updated: str | None) -> Row | None:
        country, indicator = object_of(cell["country"]), object_of(cell["indicator"])
        letters = text_of(country["id"])
        code = text_of(cell["countryiso3code"]) or AGGREGATES.get(letters, "")
        if not code:
            raise RecordRejected("missing_field", "an area without a code", id=letters)
        names: Row = {
            "Country Name": text_of(country["value"]),
            "Country Code": code,
            "Indicator Name": text_of(indicator["value"]),
            "Indicator Code": text_of(indicator["id"]),
        }
        year, value = text_of(cell["date"]), cell["value"]
        if value is not None and not isinstance(value, str):
            raise RecordRejected(
                "wrong_type", "expected a number", field="value", found=str(value)[:80]
            )
        series = self.series.setdefault(
            (code, str(names["Indicator Code"])),
            {**names, "cell_count": 0, "empty_count": 0, "_record_number": len(self.series) + 1},
        )
        series["cell_count"] = int(str(series["cell_count"])) + 1
        if value is None:
            series["empty_count"] = int(str(series["empty_count"])) + 1
            return None
        return {
            **names,
            "year": year,
            "value": value,
            "updated": updated,
            "_record_number": series["_record_number"],
        }

    def batches(self) -> Iterator[Batch]:
        """Yield the series of all pages, once they are read."""
        if self.series:
            rows = pa.Table.from_pylist(list(self.series.values()), SERIES)
            yield Batch("series", len(self.series), rows)


def _rejection(locator: str, error: Exception, cell: object) -> Rejection:
    refused = as_rejected(error)
    raw = excerpt(json.dumps(cell))
    return Rejection("observations", refused.reason_code, locator, str(refused), raw)
