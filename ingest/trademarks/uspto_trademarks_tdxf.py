"""US case files as the daily and annual files have them (TDXF, version 2.0)."""

from __future__ import annotations

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.readers.elements import text, unknown_paths
from ingest.trademarks.uspto_trademarks_rows import numbered
from iplake.errors import RecordRejected

TAG = "case-file"
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


def unknown(case: etree._Element) -> list[str]:
    """Return the fields that nobody handles or ignores by name."""
    return unknown_paths(case, KNOWN, IGNORED)


def parse(case: etree._Element) -> Parsed:
    """Return the rows of one case file."""
    serial = text(case, "serial-number")
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
    events: list[Row] = [
        {
            "code": text(event, "code"),
            "type": text(event, "type"),
            "day": text(event, "date"),
            "words": text(event, "description-text"),
            "number": text(event, "number"),
        }
        for event in case.findall("case-file-event-statements/*")
    ]
    statements: list[Row] = [
        {
            "code": text(statement, "type-code"),
            "words": " ".join(text(each) or "" for each in statement.findall("text")) or None,
        }
        for statement in case.findall("case-file-statements/*")
    ]
    owners = [_owner(owner) for owner in case.findall("case-file-owners/case-file-owner")]
    return numbered(row, owners, _classes(case), events, statements)


def _flags(header: etree._Element) -> str | None:
    """Return the names of all indicators that are T; anything but T and F is refused."""
    found = []
    for each in header:
        if f"case-file-header/{each.tag}" not in FLAGS:
            continue
        if each.text not in ("T", "F"):
            raise RecordRejected("unknown_flag", "expected T or F", flag=each.tag, found=each.text)
        if each.text == "T":
            found.append(str(each.tag).removesuffix("-in"))
    return "|".join(found) or None


def _owner(owner: etree._Element) -> Row:
    lines = [text(owner, name) for name in ("address-1", "address-2", "other")]
    others = [text(owner, name) for name in ("dba-aka-text", "composed-of-statement")]
    changes = [text(each) for each in owner.findall("name-change-explanation")]
    return {
        **{name: text(owner, path) for name, path in OWNER.items()},
        "address": "|".join(line for line in lines if line) or None,
        "changes": "|".join(change for change in changes if change) or None,
        "other_names": "|".join(other for other in others if other) or None,
    }


def _classes(case: etree._Element) -> list[Row]:
    schemes = {"international-code": "NICE", "us-code": "US", "primary-code": "PRIMARY"}
    return [
        {
            "classification_number": number,
            "scheme": schemes[str(code.tag)],
            "code": text(code),
            "first_use": text(classification, "first-use-anywhere-date"),
            "first_commerce": text(classification, "first-use-in-commerce-date"),
            "status": text(classification, "status-code"),
            "status_date": text(classification, "status-date"),
        }
        for number, classification in enumerate(case.findall("classifications/classification"), 1)
        for code in classification
        if str(code.tag) in schemes
    ]
