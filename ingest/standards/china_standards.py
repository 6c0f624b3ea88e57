"""China's standards platforms: lists in JSON and HTML, page by page, and single details."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO
from urllib.parse import urljoin

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.readers.archive import Member, open_members, whole
from ingest.readers.beginning import beginning
from ingest.readers.json import first_byte, iter_objects, list_of, object_of, unknown_keys
from ingest.standards.china_standards_forms import FORMS, IGNORED, MOMENTS
from ingest.standards.china_standards_html import (
    Fields,
    form_of,
    list_rows,
    openstd_detail,
    parse_page,
    sacinfo_detail,
)
from ingest.standards.china_standards_lists import (
    REGISTRIES,
    decoded_page,
    first_request,
    last_page,
)
from iplake.contract import Batch, Fetcher, Paging, RawFile, Request, Resource, Shard
from iplake.declaration import Source
from iplake.errors import ConfigError, RecordRejected, SourceChanged

COLUMNS = (
    "id", "form", "code", "title", "title_en", "status", "nature", "issued", "implemented",
    "recorded", "ics", "ccs", "department", "committee", "publisher", "industry", "revision",
    "record_number", "adoption", "replaces", "plan", "language", "remarks",
)  # fmt: skip
SCHEMAS = {
    "standards": strings(*COLUMNS, issued_ms="int64", implemented_ms="int64", recorded_ms="int64"),
    "standard_drafters": strings("id", "form", "organisation", sequence_number="int64"),
}
MARKUP = re.compile(r"</?(?:sacinfo|b|em|font)\b[^>]*>", re.I)
DETAILS = {"hbba": "stdDetail/{}", "dbba": "stdDetail/{}", "openstd": "newGbInfo?hcno={}"}

Content = tuple[str, Fields]
"""Which interface a record comes from, and its fields."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield for each query one list, all its pages together, or the details of what it lists.

    A query is `<registry> <parameters>`, or `<registry>-details <parameters>`.
    """
    for query in source.endpoint.queries:
        name, _, parameters = query.partition(" ")
        registry = name.removesuffix("-details")
        if registry not in REGISTRIES or (registry != name and registry not in DETAILS):
            raise ConfigError("expected a registry of standards", query=query)
        first, paging = first_request(registry, parameters)
        if registry == name:
            label = re.sub(r"[^\w=.-]+", "_", parameters)
            yield Resource(first.url, f"{name}_{label}.zip", body=first.body, pages=paging)
            continue
        for record_id in _listed_ids(fetch, first, paging):
            url = urljoin(first.url, DETAILS[registry].format(record_id))
            # As pages of one, because a landed file that is HTML is an error elsewhere.
            yield Resource(
                url, f"{registry}_{record_id}.zip", pages=Paging(last_page, is_html=True)
            )


def _listed_ids(fetch: Fetcher, first: Request, paging: Paging) -> Iterator[str]:
    request: Request | None = first
    while request is not None:
        answer = fetch.text(request.url, request.body).encode()
        for _, fields in _page_records(answer, request.url):
            yield str(fields["pk"] if "pk" in fields else fields["id"])
        request = paging.following(request, answer)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a harvest has a few thousand pages at most."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the standards of every page."""
    return collect(_records(file), _parse, source, SCHEMAS, unknown=_unknown)


def _records(file: RawFile) -> Iterator[Record[Content]]:
    numbers = count(1)
    for member in open_members(file.path):
        for record in _of_member(member):
            yield Record(next(numbers), record.locator, record.content, record.raw)


def _of_member(member: Member) -> Iterator[Record[Content]]:
    if first_byte(member.stream) == b"{":
        yield from _json_records(member.stream, member.name)
        return
    raw = whole(member)
    for number, (form, fields) in enumerate(_page_records(raw, member.name), 1):
        shown = json.dumps(fields, ensure_ascii=False).encode()
        yield Record(number, f"{member.name} line {number}", (form, fields), shown)


def _json_records(stream: BinaryIO, where: str) -> Iterator[Record[Content]]:
    head = beginning(stream, 4096)
    named = re.search(rb'"(rows|records)"\s*:\s*\[', head)
    if named is None:
        raise SourceChanged(
            "expected a list of standards", file=where, found=head[:80].decode("utf-8", "replace")
        )
    path = named[1].decode()
    form = "samr" if path == "rows" else "sacinfo"
    for record in iter_objects(stream, where, f"{path}.item"):
        content = record.content
        held = content if isinstance(content, RecordRejected) else (form, content)
        yield Record(record.number, record.locator, held, record.raw)


def _page_records(raw: bytes, where: str) -> Iterator[Content]:
    if raw.lstrip().startswith(b"{"):
        page = decoded_page(raw)
        for each in list_of(page["rows"] if "rows" in page else page["records"]):
            yield "samr" if "rows" in page else "sacinfo", object_of(each)
        return
    root = parse_page(raw, where)
    form = form_of(root, where)
    if form == "openstd_list":
        for fields in list_rows(root, where):
            yield form, fields
    else:
        yield form, openstd_detail(root) if form == "openstd_detail" else sacinfo_detail(root)


def _unknown(content: Content) -> list[str]:
    form, fields = content
    known = {name for names in FORMS[form].values() for name in names}
    return unknown_keys(fields, known, IGNORED[form])


def _parse(content: Content) -> Parsed:
    form, fields = content
    row: Row = dict.fromkeys((*COLUMNS, "issued_ms", "implemented_ms", "recorded_ms"))
    row["form"] = form
    drafters = ""
    for column, names in FORMS[form].items():
        found = next((fields[name] for name in names if fields.get(name) not in (None, "")), None)
        if column in MOMENTS:
            row[column] = _moment(found, names[0])
        elif column == "drafters":
            drafters = _text(found, names[0]) or ""
        else:
            row[column] = _text(found, names[0])
    for column in ("id", "code", "title", "status"):
        if row[column] is None:
            raise RecordRejected("missing_field", "a field is missing", field=column, form=form)
    names_of_drafters = filter(None, (name.strip() for name in re.split(r"[、,;；，]", drafters)))
    return {
        "standards": [row],
        "standard_drafters": [
            {"id": row["id"], "form": form, "sequence_number": at, "organisation": name}
            for at, name in enumerate(names_of_drafters, 1)
        ],
    }


def _text(value: object, name: str) -> str | None:
    """Return a text without the marks that a search puts around what it found."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordRejected("wrong_type", "expected a text", field=name, found=str(value)[:80])
    return " ".join(MARKUP.sub("", value).split()) or None


def _moment(value: object, name: str) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise RecordRejected("wrong_type", "expected milliseconds", field=name, found=str(value)[:80])
