"""Answers of NBS's data portal since 2026: JSON with an object per period, and figures in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ingest.collect import Record, Row, as_rejected
from ingest.readers.archive import Member
from ingest.readers.beginning import beginning
from ingest.readers.json import (
    HEAD,
    Object,
    decoded,
    iter_objects,
    list_of,
    object_of,
    text_of,
)
from iplake.contract import Paging, Rejection, Request, Resource, excerpt
from iplake.declaration import Source
from iplake.errors import UNREADABLE, ConfigError, RecordRejected, SourceBusy, SourceChanged

HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|script|head|body)", re.IGNORECASE)
# Others' probe of the portal: the first 500 characters of answers, and each one's first figure.
PROBE = b'"collected_at"'
PERIOD_IN_PROBE = re.compile(r'"code":"(\d{4,6}[A-Z]{2})"')
ID_IN_PROBE = re.compile(r'"_id":"([0-9a-f]{32})"')
GOOD_STATE = 20000
ENDPOINT = "publicrelease/web/external/stream/esData"
QUERY = re.compile(
    r"(?P<root>[0-9a-f]{32}) (?P<cid>[0-9a-f]{32}) (?P<ids>\S+) (?P<dts>\S+) (?P<das>.+)"
)


@dataclass(slots=True)
class Answer:
    """Figures of one answer, each refused one, and what the cells of each series came to."""

    cells: int = 0
    observations: list[Row] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    series: dict[tuple[str | None, str | None, str], Row] = field(default_factory=dict)


def listed_in_queries(source: Source) -> Iterator[Resource]:
    """Yield one answer for each area of each query.

    A query is the root of the tree, the catalogue, the indicators joined by commas, the periods
    and the areas with their names, as in `440000000000:广东省 110000000000:北京市`. With one
    area a request the portal groups figures by period (`showType` 1).
    """
    url = urljoin(source.endpoint.base_url, ENDPOINT)
    for query in source.endpoint.queries:
        asked = QUERY.fullmatch(query.strip())
        if asked is None:
            raise ConfigError(
                "expected a query of root, catalogue, indicators, periods and areas",
                source=source.address,
                found=query[:200],
            )
        for area in asked["das"].split():
            code, _, name = area.partition(":")
            body = {
                "cid": asked["cid"],
                "indicatorIds": asked["ids"].split(","),
                "daCatalogId": "",
                "das": [{"text": name, "value": code}],
                "showType": "1",
                "dts": [asked["dts"]],
                "rootId": asked["root"],
            }
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            file = f"{asked['cid'][:8]}-{code}-{asked['dts']}.json.zip"
            # There is one page; it is looked at before it lands.
            yield Resource(url, file, body=text, pages=Paging(refuse_no_answer))


def refuse_no_answer(request: Request, answer: bytes) -> None:
    """Raise SourceBusy for a challenge, or where the portal says all is well and gives nothing.

    Both go by: the same request is answered some time later.
    """
    refuse_challenge(answer[:512], request.url)
    content = decoded(answer)
    if isinstance(content, RecordRejected) or content.get("state") != GOOD_STATE:
        raise SourceChanged(
            "the portal answers with another state; look what it says",
            url=request.url,
            found=answer[:200].decode("utf-8", "replace"),
        )
    if not content.get("data"):
        raise SourceBusy("an answer without figures; try again", url=request.url)


def refuse_challenge(start: bytes, where: str) -> None:
    """Raise SourceBusy if a page came in place of data: the portal's challenge of scripts."""
    if HTML.match(start):
        raise SourceBusy(
            "expected data, found an HTML page: the portal challenges scripts after about 100 "
            "quick requests; wait for half an hour and fetch it again",
            file=where,
            found=start[:60].decode("utf-8", "replace"),
        )


def read_answer(member: Member, taken: int) -> Answer:
    """Return the figures of one answer, its series numbered from `taken` + 1.

    One period is held at a time, as far as it is JSON; an answer is bounded by what the
    portal gives at once. An answer without any period raises SourceChanged.
    """
    head = beginning(member.stream, 4096)
    refuse_challenge(head, member.name)
    answer = Answer()
    is_probe = PROBE in head
    path = "results.item" if is_probe else "data.item"
    blocks = 0
    for block in iter_objects(member.stream, member.name, path):
        blocks += 1
        try:
            cells = _probed(block) if is_probe else _cells(block)
        except (RecordRejected, *UNREADABLE) as error:
            answer.cells += 1
            answer.rejections.append(_rejection(block.locator, as_rejected(error), block.raw))
            continue
        for number, cell in enumerate(cells, start=1):
            _take(answer, cell, f"{block.locator}, value {number}", taken)
    if not blocks:
        raise SourceChanged(
            "expected figures in `data`; look what the portal says",
            file=member.name,
            found=head[: 4 * HEAD].decode("utf-8", "replace"),
        )
    return answer


def _cells(block: Record[Object]) -> list[Object]:
    """Return the figures of one period, each with the period's code."""
    content = _content(block)
    period = text_of(content.pop("code"))
    return [{**object_of(cell), "period": period} for cell in list_of(content.pop("values"))]


def _probed(block: Record[Object]) -> list[Object]:
    """Return the one figure that a probe keeps of an answer; period and id are in its head."""
    content = _content(block)
    if content.pop("state") != GOOD_STATE:
        raise RecordRejected("refused_by_source", "the portal answered with another state")
    body = text_of(content.pop("body_sample"))
    period, indicator = PERIOD_IN_PROBE.search(body), ID_IN_PROBE.search(body)
    if period is None or indicator is None or content.pop("data_blocks") != 1:
        raise RecordRejected("missing_field", "expected one period and one indicator in the probe")
    area = text_of(content.pop("province"))
    return [
        {
            "_id": indicator[1],
            "i_showname": object_of(cell)["name"],
            "du_name": object_of(cell)["unit"],
            "value": object_of(cell)["value"],
            "da_name": area,
            "period": period[1],
        }
        for cell in list_of(content.pop("value_sample"))
    ]


def _content(block: Record[Object]) -> Object:
    if isinstance(block.content, RecordRejected):
        raise block.content
    return block.content


def _take(answer: Answer, cell: Object, locator: str, taken: int) -> None:
    """Add one figure to the answer: to its observations, its empty cells, or its refused ones."""
    try:
        # The one answer at hand is cut after 500 characters, so that which further fields a
        # figure has is not known; only what is read here is held to its type.
        indicator, code = text_of(cell["i_showname"]), text_of(cell["_id"])
        unit, value = text_of(cell["du_name"]), _optional(cell, "value") or ""
        area, area_code = _optional(cell, "da_name"), _optional(cell, "da")
        if "value" not in cell:
            raise RecordRejected("missing_field", "a field is missing", field="value")
        if area is None and area_code is None:
            raise RecordRejected("missing_field", "expected an area: da or da_name")
    except (RecordRejected, *UNREADABLE) as error:
        answer.cells += 1
        raw = json.dumps(cell, ensure_ascii=False).encode()
        answer.rejections.append(_rejection(locator, as_rejected(error), raw))
        return
    names: Row = {"area": area, "area_code": area_code, "indicator": indicator}
    series = answer.series.setdefault(
        (area, area_code, code),
        {
            "_record_number": taken + len(answer.series) + 1,
            **names,
            "indicator_code": code,
            "cell_count": 0,
            "empty_count": 0,
        },
    )
    series["cell_count"] = int(str(series["cell_count"])) + 1
    if not value.strip():
        series["empty_count"] = int(str(series["empty_count"])) + 1
        return
    answer.cells += 1
    answer.observations.append(
        {
            "_record_number": series["_record_number"],
            "database": None,
            **names,
            "indicator_code": code,
            "unit": unit,
            "period": cell["period"],
            "text": value,
        }
    )


def _optional(cell: Object, name: str) -> str | None:
    return text_of(cell[name]) if cell.get(name) is not None else None


def _rejection(locator: str, error: RecordRejected, raw: bytes) -> Rejection:
    return Rejection("observations", error.reason_code, locator, str(error), excerpt(raw))
