"""US trademarks: daily and annual files of case-file records (TDXF, version 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_odp_product
from ingest.readers.archive import open_members
from ingest.readers.xml import iter_elements, text, unknown_paths
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

PRODUCT = "TRTDXFAP"
AT = {"sequence_number": "int64"}
DATES = {
    "filed": "filing-date",
    "registered": "registration-date",
    "published": "published-for-opposition-date",
    "abandoned": "abandonment-date",
    "cancelled": "cancellation-date",
    "renewed": "renewal-date",
    "status_date": "status-date",
}
OWNER = {
    "entry": "entry-number",
    "party_type": "party-type",
    "legal_entity": "legal-entity-type-code",
    "legal_entity_note": "entity-statement",
    "name": "party-name",
    "city": "city",
    "state": "state",
    "country": "country",
    "postcode": "postcode",
    "nationality": "nationality/country",
    "nationality_state": "nationality/state",
}
SCHEMAS = {
    "case_files": strings(
        "serial", "action_key", "registration", "transaction", "status", "mark", "drawing", "flags",
        *DATES,
    ),
    "case_file_owners": strings("serial", *OWNER, "address", "changes", "other_names", **AT),
    "case_file_classes": strings(
        "serial", "scheme", "code", "first_use", "first_commerce", "status", "status_date",
        classification_number="int64", **AT,
    ),
    "case_file_events": strings("serial", "code", "type", "day", "words", "number", **AT),
    "case_file_statements": strings("serial", "code", "words", **AT),
}  # fmt: skip
FLAGS = frozenset(
    f"case-file-header/{name}-in"
    for name in """
    principal-register-amended supplemental-register-amended trademark collective-trademark
    service-mark collective-service-mark collective-membership-mark certification-mark
    cancellation-pending published-concurrent concurrent-use concurrent-use-proceeding
    interference-pending opposition-pending section-12c section-2f section-2f-in-part
    renewal-filed section-8-filed section-8-partial-accept section-8-accepted
    section-15-acknowledged section-15-filed supplemental-register foreign-priority
    change-registration intent-to-use intent-to-use-current filed-as-use-application
    amended-to-use-application use-application-currently amended-to-itu-application
    filing-basis-filed-as-44d amended-to-44d-application filing-basis-current-44d
    filing-basis-filed-as-44e filing-basis-current-44e amended-to-44e-application
    without-basis-currently filing-current-no-basis color-drawing-filed color-drawing-current
    drawing-3d-filed drawing-3d-current standard-characters-claimed filing-basis-filed-as-66a
    filing-basis-current-66a
    """.split()
)
KNOWN = (
    FLAGS
    | {f"case-file-header/{name}" for name in DATES.values()}
    | {f"case-file-owners/case-file-owner/{path}" for path in OWNER.values()}
    | {
        f"case-file-owners/case-file-owner/{name}"
        for name in """
        address-1 address-2 nationality other dba-aka-text composed-of-statement
        name-change-explanation
        """.split()
    }
    | set(
        """
        serial-number registration-number transaction-date case-file-header
        case-file-header/status-code case-file-header/mark-identification
        case-file-header/mark-drawing-code case-file-statements
        case-file-statements/case-file-statement
        case-file-statements/case-file-statement/type-code
        case-file-statements/case-file-statement/text case-file-event-statements
        case-file-event-statements/case-file-event-statement
        case-file-event-statements/case-file-event-statement/code
        case-file-event-statements/case-file-event-statement/type
        case-file-event-statements/case-file-event-statement/date
        case-file-event-statements/case-file-event-statement/description-text
        case-file-event-statements/case-file-event-statement/number
        classifications classifications/classification
        classifications/classification/international-code classifications/classification/us-code
        classifications/classification/primary-code
        classifications/classification/first-use-anywhere-date
        classifications/classification/first-use-in-commerce-date
        classifications/classification/status-code classifications/classification/status-date
        case-file-owners case-file-owners/case-file-owner
        """.split()
    )
)
# Attorneys, examiners and correspondents; where the paper file lies; counts that the lists give
# themselves; and what later work on designs, priorities and Madrid will bring in.
IGNORED = frozenset(
    """
    case-file-header/amend-to-register-date case-file-header/cancellation-code
    case-file-header/republished-12c-date case-file-header/domestic-representative-name
    case-file-header/attorney-docket-number case-file-header/attorney-name
    case-file-header/law-office-assigned-location-code case-file-header/current-location
    case-file-header/location-date case-file-header/employee-name
    prior-registration-applications foreign-applications correspondent design-searches
    international-registration madrid-international-filing-requests
    classifications/classification/international-code-total-no
    classifications/classification/us-code-total-no
    """.split()
)


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the daily files."""
    return listed_in_odp_product(fetch, source.endpoint.base_url, PRODUCT)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: files come zipped, and a zip is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield case files with owners, classes, events and statements."""
    return collect(_case_files(file), _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(case: etree._Element) -> list[str]:
    return unknown_paths(case, KNOWN, IGNORED)


def _case_files(file: RawFile) -> Iterator[Record[etree._Element]]:
    numbers = count(1)
    for member in open_members(file.path, "*.xml"):
        for record in iter_elements(member.stream, "case-file"):
            locator = f"{member.name} {record.locator}"
            yield Record(next(numbers), locator, record.content, record.raw)


def _parse(case: etree._Element) -> Parsed:
    serial = text(case, "serial-number")
    if serial is None:
        raise RecordRejected("missing_field", "expected serial-number")
    group = case.getparent()
    header = case.find("case-file-header")
    row: Row = {
        "serial": serial,
        "action_key": None if group is None else text(group, "action-key"),
        "registration": text(case, "registration-number"),
        "transaction": text(case, "transaction-date"),
        "status": text(case, "case-file-header/status-code"),
        "mark": text(case, "case-file-header/mark-identification"),
        "drawing": text(case, "case-file-header/mark-drawing-code"),
        "flags": None if header is None else _flags(header),
    }
    row |= {name: text(case, f"case-file-header/{path}") for name, path in DATES.items()}
    return {
        "case_files": [row],
        "case_file_owners": [
            _owner(serial, at, owner)
            for at, owner in enumerate(case.findall("case-file-owners/case-file-owner"), 1)
        ],
        "case_file_classes": _classes(serial, case),
        "case_file_events": [
            {
                "serial": serial,
                "sequence_number": at,
                "code": text(event, "code"),
                "type": text(event, "type"),
                "day": text(event, "date"),
                "words": text(event, "description-text"),
                "number": text(event, "number"),
            }
            for at, event in enumerate(case.findall("case-file-event-statements/*"), 1)
        ],
        "case_file_statements": [
            {
                "serial": serial,
                "sequence_number": at,
                "code": text(statement, "type-code"),
                "words": " ".join(text(each) or "" for each in statement.findall("text")) or None,
            }
            for at, statement in enumerate(case.findall("case-file-statements/*"), 1)
        ],
    }


def _flags(header: etree._Element) -> str | None:
    """Return the names of all indicators that are T; anything but T and F is refused."""
    found = []
    for each in header:
        if f"case-file-header/{each.tag}" not in FLAGS:
            continue
        if each.text not in ("T", "F"):
            raise RecordRejected("unknown_flag", "expected T or F", flag=each.tag)
        if each.text == "T":
            found.append(str(each.tag).removesuffix("-in"))
    return "|".join(found) or None


def _owner(serial: str, at: int, owner: etree._Element) -> Row:
    lines = [text(owner, name) for name in ("address-1", "address-2", "other")]
    others = [text(owner, name) for name in ("dba-aka-text", "composed-of-statement")]
    changes = [text(each) for each in owner.findall("name-change-explanation")]
    return {
        "serial": serial,
        "sequence_number": at,
        **{name: text(owner, path) for name, path in OWNER.items()},
        "address": "|".join(line for line in lines if line) or None,
        "changes": "|".join(change for change in changes if change) or None,
        "other_names": "|".join(other for other in others if other) or None,
    }


def _classes(serial: str, case: etree._Element) -> list[Row]:
    schemes = {"international-code": "NICE", "us-code": "US", "primary-code": "PRIMARY"}
    found = [
        (number, classification, schemes[str(code.tag)], text(code))
        for number, classification in enumerate(case.findall("classifications/classification"), 1)
        for code in classification
        if str(code.tag) in schemes
    ]
    return [
        {
            "serial": serial,
            "sequence_number": at,
            "classification_number": number,
            "scheme": scheme,
            "code": code,
            "first_use": text(classification, "first-use-anywhere-date"),
            "first_commerce": text(classification, "first-use-in-commerce-date"),
            "status": text(classification, "status-code"),
            "status_date": text(classification, "status-date"),
        }
        for at, (number, classification, scheme, code) in enumerate(found, 1)
    ]
