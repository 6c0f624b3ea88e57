"""Parts of ST.36 front pages that come as one group of fields: parties and symbols."""

from __future__ import annotations

from lxml import etree

from ingest.collect import Row
from ingest.patents.front_page import joined
from ingest.patents.st36_fields import fields
from iplake.contract import report_leftovers

STREET = ("address-1", "address-2", "address-3", "mailcode", "pobox", "room", "address-floor",
          "building", "street", "text")  # fmt: skip
NOT_KEPT_OF_PARTIES = frozenset((
    "iid", "department", "synonym", "registered-number", "phone", "fax", "email", "url", "ead",
    "dtext", "address", "residence", "nationality", "address/county", "us-rights",
    "designated-states/country", "designated-states-as-inventor/country",
))  # fmt: skip
# How and from where the office got a symbol.
NOT_KEPT_OF_SYMBOLS = frozenset(("classification-level", "classification-status",
                                 "classification-data-source",
                                 "scheme-origination-code"))  # fmt: skip


def party(element: etree._Element, role: str) -> Row:
    """Return the row of one party, whose fields stand in an address book or without."""
    record = fields(element)
    if element.find("addressbook") is not None:
        record = {path.removeprefix("addressbook/"): text for path, text in record.items()}
    take = record.pop
    given = [take(name, None) for name in ("prefix", "first-name", "middle-name")]
    family = [take(name, None) for name in ("last-name", "suffix")]
    street = [take(f"address/{name}", None) for name in STREET]
    row: Row = {
        "role": role,
        "organisation": take("orgname", None),
        "last_name": joined(family),
        "first_name": joined(given),
        "name": take("name", None) or take("text", None),
        "street": joined(street),
        "city": take("address/city", None),
        "state": take("address/state", None),
        "postcode": take("address/postcode", None),
        "country": take("address/country", None),
        "residence": take("residence/country", None),
        "nationality": take("nationality/country", None),
        "applicant_type": element.get("app-type"),
        "applicant_authority": element.get("applicant-authority-category"),
        "assignee_role_code": take("role", None),
    }
    if record:
        report_leftovers(record, ignore=NOT_KEPT_OF_PARTIES, within=f"{role or 'applicant'}/")
    return row


def symbol(element: etree._Element, scheme: str, version: str) -> Row:
    """Return the row of one IPC or CPC symbol that comes in its parts."""
    record = fields(element)
    take = record.pop
    subclass = take("section", "") + take("class", "") + take("subclass", "")
    group, subgroup = take("main-group", None), take("subgroup", None)
    row: Row = {
        "scheme": scheme,
        "raw": f"{subclass} {group}/{subgroup}" if group else subclass,
        "is_main": take("symbol-position", None) == "F",
        "value": take("classification-value", None),
        "version": take(f"{version}/date", None),
        "action_date": take("action-date/date", None),
        "office": take("generating-office/country", None),
    }
    report_leftovers(record, ignore=NOT_KEPT_OF_SYMBOLS, within="classification/")
    return row
