"""EUIPO's search interface, for marks and designs alike: harvests by query, and their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from functools import partial
from urllib.parse import quote, urljoin

from ingest.collect import Parsed, Row
from ingest.discover import listed_in_checksums
from ingest.readers.json import Object, list_of, object_of, text_of, wrong_type
from ingest.trademarks.euipo_xml import in_order
from iplake.contract import Fetcher, Paging, Request, Resource
from iplake.declaration import Source
from iplake.errors import NotFound, RecordRejected, SourceChanged

PAGE_SIZE = 100
"""The most that the interface gives; the least is 10."""

ENVELOPE = ("totalElements", "totalPages", "size", "page")
PARTIES = {"applicants": "applicant", "representatives": "representative"}
_PARTY = " ".join(f"{name} {name}/office {name}/identifier {name}/name" for name in PARTIES)
KNOWN_OF_MARK = frozenset(
    f"""
    applicationNumber applicantReference applicationDate designationDate registrationDate
    expiryDate status markBasis markFeature markKind niceClasses wordMarkSpecification
    wordMarkSpecification/verbalElement publications publications/bulletinNumber
    publications/publicationDate publications/publicationSection {_PARTY}
    """.split()
)
KNOWN_OF_DESIGN = frozenset(
    f"""
    designNumber applicationNumber applicantReference locarnoClasses applicationDate
    registrationDate expiryDate status {_PARTY}
    """.split()
)
MARK_STATUSES = frozenset(
    """
    RECEIVED UNDER_EXAMINATION APPLICATION_PUBLISHED REGISTRATION_PENDING REGISTERED WITHDRAWN
    REFUSED OPPOSITION_PENDING APPEALED CANCELLATION_PENDING CANCELLED SURRENDERED EXPIRED
    APPEALABLE START_OF_OPPOSITION_PERIOD ACCEPTANCE_PENDING ACCEPTED REMOVED_FROM_REGISTER
    """.split()
)
MARK_FEATURES = frozenset(
    """
    WORD FIGURATIVE SHAPE_3D COLOUR SOUND HOLOGRAM OLFACTORY POSITION PATTERN MOTION MULTIMEDIA
    OTHER
    """.split()
)
MARK_KINDS = frozenset({"INDIVIDUAL", "EU_COLLECTIVE", "EU_CERTIFICATION"})
MARK_BASES = frozenset({"EU_TRADEMARK", "INTERNATIONAL_TRADEMARK"})
DESIGN_STATUSES = frozenset(
    """
    RECEIVED UNDER_EXAMINATION REGISTRATION_PENDING REGISTERED REGISTERED_AND_FULLY_PUBLISHED
    REGISTERED_AND_SUBJECT_TO_DEFERMENT LACK_OF_EFFECTS SURRENDERED INVALIDITY_PROCEDURE_PENDING
    DESIGN_DECLARED_INVALID EXPIRED APPEALED APPEALABLE WITHDRAWN REFUSED SPLIT
    """.split()
)


def offered(fetch: Fetcher, source: Source, field: str, key: str) -> Iterator[Resource]:
    """Yield a harvest for each declared query that has hits, or else the files of a delivery.

    The interface has no dumps; a deployer's folder in its place, or a mirror, has a delivery of
    them and answers no query. `key` is the number that pages are sorted by, so that they keep
    still.
    """
    is_interface = False
    for query in source.endpoint.queries:
        asked = f"query={quote(query, safe='')}&sort={key}:asc&size={PAGE_SIZE}&page=0"
        url = urljoin(source.endpoint.base_url, f"{field}?{asked}")
        try:
            first = _checked(fetch.json(url), field)
        except NotFound:
            continue
        is_interface = True
        if first["totalElements"]:
            name = re.sub(r"[^\w.-]+", "_", query).strip("_")
            paging = Paging(partial(_following, field), partial(_hits, field=field))
            yield Resource(url, f"{field}_{name}.zip", pages=paging)
    if not is_interface:
        yield from listed_in_checksums(fetch, source.endpoint.base_url)


def _checked(answer: object, field: str) -> Object:
    """Return a page; SourceChanged if it is an error that calls itself a success."""
    if (
        isinstance(answer, dict)
        and isinstance(answer.get(field), list)
        and set(ENVELOPE) <= set(answer)
    ):
        return answer
    raise SourceChanged(f"expected a page of {field}", found=str(answer)[:200])


def _decoded(page: bytes, field: str) -> Object:
    try:
        return _checked(json.loads(page), field)
    except ValueError as error:
        raise SourceChanged(f"expected a page of {field}", found=page[:200]) from error


def _hits(page: bytes, field: str) -> int:
    return int(str(_decoded(page, field)["totalElements"]))


def _following(field: str, request: Request, page: bytes) -> Request | None:
    """Return the request for the next page, None after the last one."""
    answer = _decoded(page, field)
    asked = int(request.url.rpartition("&page=")[2])
    found, pages = len(list_of(answer[field])), int(str(answer["totalPages"]))
    is_last = asked + 1 >= pages
    if answer["page"] != asked or not (found == answer["size"] or is_last):
        raise SourceChanged(
            "expected the page asked for, and a full one",
            url=request.url,
            page=answer["page"],
            found=found,
        )
    return None if is_last else Request(f"{request.url.rpartition('&page=')[0]}&page={asked + 1}")


def parse_mark(record: Object) -> Parsed:
    """Return the rows of a mark in a listing, with the fields that the XML files' rows have."""
    number = text_of(record["applicationNumber"])
    words = object_of(record.get("wordMarkSpecification") or {})
    absent = ("milestone", "status_part", "status_date", "language", "second_language", "edition",
              "distinctiveness", "vienna", "image", "operation")  # fmt: skip
    row: Row = {
        **dict.fromkeys(absent),
        "number": number,
        "office": "EM",
        # An international registration is designated to the EU rather than filed there.
        "filed": record.get("applicationDate") or record.get("designationDate"),
        "registered": record.get("registrationDate"),
        "expires": record.get("expiryDate"),
        "status": _one_of(record["status"], MARK_STATUSES),
        "kind": _one_of(record.get("markKind"), MARK_KINDS | {None}),
        "feature": _one_of(record["markFeature"], MARK_FEATURES),
        "basis": _one_of(record.get("markBasis"), MARK_BASES | {None}),
        "words": words.get("verbalElement"),
        "reference": record.get("applicantReference"),
    }
    publications = [object_of(each) for each in list_of(record.get("publications", []))]
    events: list[Row] = [
        {
            "event": text_of(each["bulletinNumber"]),
            "day": each.get("publicationDate"),
            "words": each.get("publicationSection"),
            "status": None,
        }
        for each in publications
    ]
    return {
        "trademarks": [row],
        "trademark_classes": [
            {"number": number, "class": _class(each)}
            for each in list_of(record.get("niceClasses", []))
        ],
        "trademark_parties": _parties(number, record),
        "trademark_events": in_order(number, "kind", {"publication": events}),
    }


def parse_design(record: Object) -> Parsed:
    """Return the rows of a design in a listing, with the fields that the XML files' rows have."""
    number = text_of(record["designNumber"])
    absent = ("received", "published", "effective", "status_date", "renewal", "language",
              "second_language", "described", "deferred", "words", "vienna",
              "operation")  # fmt: skip
    row: Row = {
        **dict.fromkeys(absent),
        "number": number,
        "application": record.get("applicationNumber"),
        "office": "EM",
        "filed": record["applicationDate"],
        "registered": record.get("registrationDate"),
        "expires": record.get("expiryDate"),
        "status": _one_of(record["status"], DESIGN_STATUSES),
        "reference": record.get("applicantReference"),
        "views": None,
    }
    return {
        "designs": [row],
        "design_parties": _parties(number, record),
        "design_classifications": [
            {"number": number, "sequence_number": at, "class": text_of(code)}
            for at, code in enumerate(list_of(record.get("locarnoClasses", [])), 1)
        ],
    }


def _parties(number: str, record: Object) -> list[Row]:
    found: dict[str, list[Row]] = {}
    for field, role in PARTIES.items():
        parties = [object_of(each) for each in list_of(record.get(field, []))]
        found[role] = [
            {"party": each.get("identifier"), "name": each.get("name"), "office": each["office"]}
            for each in parties
        ]
    return in_order(number, "role", found)


def _class(value: object) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type("a Nice class", value)
    return str(value)


def _one_of(value: object, known: Set[str | None]) -> object:
    if value not in known:
        raise RecordRejected("unknown_category", "a word is new", found=value).of(value)
    return value
