"""EU designs: XML after WIPO ST.86, a file for each design, or the search interface's pages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row, collect, strings
from ingest.readers.elements import text, unknown_paths
from ingest.readers.json import Object, unknown_keys
from ingest.trademarks.euipo_api import KNOWN_OF_DESIGN, offered, parse_design
from ingest.trademarks.euipo_xml import all_of, fields_of, in_order, needed, one_of, records
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source

AT = {"sequence_number": "int64"}
SCHEMAS = {
    "designs": strings(
        "number", "application", "office", "received", "filed", "registered", "published",
        "expires", "effective", "status", "status_date", "renewal", "language",
        "second_language", "reference", "words", "vienna", "described", "deferred", "operation",
        views="int64",
    ),
    "design_parties": strings("number", "role", "party", "name", "office", **AT),
    "design_classifications": strings("number", "class", **AT),
    "design_products": strings("number", "language", "product", **AT),
    "design_events": strings(
        "number", "kind", "event", "day", "words", "place", "renewal", "status", **AT
    ),
    "design_claims": strings("number", "kind", "country", "earlier", "day", "status", **AT),
}  # fmt: skip
VIEW = "DesignRepresentationSheetDetails/DesignRepresentationSheet/ViewDetails/View"
CODE = f"{VIEW}/ViewCategory/CategoryCodeDetails/CategoryCode"
RECORD = "DesignRecordDetails/DesignRecord/DesignBasicRecord"
PUBLISHED = f"{RECORD}/RecordPublicationDetails/RecordPublication"
ROLES = {"applicant": "Applicant", "representative": "Representative", "designer": "Designer"}
EVENTS = {
    "publication": (
        "PublicationDetails/Publication",
        {
            "event": "PublicationIdentifier",
            "day": "PublicationDate",
            "words": "PublicationSection",
            "place": "PublicationSequenceNumber",
        },
    ),
    "recordal": (
        RECORD,
        {
            "event": "RecordIdentifier",
            "day": "RecordCurrentStatusDate",
            "words": "BasicRecordKind",
            "place": "RecordPublicationDetails/RecordPublication/PublicationSequenceNumber",
            "renewal": "RenewalSequenceNumber",
            "status": "RecordCurrentStatusCode",
        },
    ),
}
CLAIM = {
    "country": "PriorityCountryCode",
    "earlier": "PriorityNumber",
    "day": "PriorityDate",
    "status": "PriorityStatusCode",
}


def _with_parents(*paths: str) -> frozenset[str]:
    """Return paths with all that lead to them."""
    parts = [path.split("/") for path in paths]
    return frozenset("/".join(each[:at]) for each in parts for at in range(1, len(each) + 1))


KNOWN = _with_parents(
    *"""
    RegistrationOfficeCode ReceivingOfficeDate DesignIdentifier ApplicationNumber
    ApplicationLanguageCode SecondLanguageCode ApplicationDate RegistrationDate PublicationDate
    ApplicationReference DesignDescription PublicationDefermentIndicator VerbalElementText
    RenewalCurrentStatusCode ExpiryDate EffectiveDate DesignCurrentStatusCode
    DesignCurrentStatusDate IndicationProductDetails/IndicationProduct
    ClassDescriptionDetails/ClassDescription/ClassNumber
    """.split(),
    CODE,
    *(f"{name}Details/{name}/{name}Identifier" for name in ROLES.values()),
    *(f"{path}/{field}" for path, fields in EVENTS.values() for field in fields.values()),
    *(f"PriorityDetails/Priority/{field}" for field in CLAIM.values()),
)
# Files of views, and what a recordal repeats of its publication.
IGNORED = frozenset(
    {
        f"{VIEW}/ViewIdentifier", f"{VIEW}/ViewFileFormat", f"{VIEW}/ViewURI",
        f"{PUBLISHED}/PublicationSection", f"{RECORD}/RecordViewsIndicator",
    }
)  # fmt: skip


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield harvests of the interface, and the files of a delivery."""
    return offered(fetch, source, "designs", key="designNumber")


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file holds one design, a zip of them is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield designs with parties, classes, products, events and claims."""
    return collect(records(file, "Design", "designs"), _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(record: etree._Element | Object) -> list[str]:
    if isinstance(record, dict):
        return unknown_keys(record, KNOWN_OF_DESIGN)
    return unknown_paths(record, KNOWN, IGNORED)


def _parse(record: etree._Element | Object) -> Parsed:
    return parse_design(record) if isinstance(record, dict) else _parse_xml(record)


def _parse_xml(design: etree._Element) -> Parsed:
    number = needed(design, "DesignIdentifier")
    row: Row = {
        "number": number,
        "application": needed(design, "ApplicationNumber"),
        "office": one_of(design, "RegistrationOfficeCode"),
        "received": one_of(design, "ReceivingOfficeDate"),
        "filed": needed(design, "ApplicationDate"),
        "registered": one_of(design, "RegistrationDate"),
        "published": one_of(design, "PublicationDate"),
        "expires": one_of(design, "ExpiryDate"),
        "effective": one_of(design, "EffectiveDate"),
        "status": needed(design, "DesignCurrentStatusCode"),
        "status_date": needed(design, "DesignCurrentStatusDate"),
        "renewal": one_of(design, "RenewalCurrentStatusCode"),
        "language": needed(design, "ApplicationLanguageCode"),
        "second_language": one_of(design, "SecondLanguageCode"),
        "reference": one_of(design, "ApplicationReference"),
        "words": one_of(design, "VerbalElementText"),
        "vienna": "|".join(dict.fromkeys(each.text or "" for each in all_of(design, CODE))) or None,
        "described": one_of(design, "DesignDescription"),
        "deferred": one_of(design, "PublicationDefermentIndicator"),
        "operation": design.attrib["operationCode"],
        "views": len(all_of(design, VIEW)) or None,
    }
    classes = all_of(design, "ClassDescriptionDetails/ClassDescription/ClassNumber")
    products = all_of(design, "IndicationProductDetails/IndicationProduct")
    parties: dict[str, list[Row]] = {
        role: [
            {"party": each.text, "name": None, "office": None}
            for each in all_of(design, f"{name}Details/{name}/{name}Identifier")
        ]
        for role, name in ROLES.items()
    }
    events = {
        kind: [{"renewal": None, "status": None} | row for row in fields_of(design, path, fields)]
        for kind, (path, fields) in EVENTS.items()
    }
    claims = {"priority": fields_of(design, "PriorityDetails/Priority", CLAIM)}
    return {
        "designs": [row],
        "design_parties": in_order(number, "role", parties),
        "design_classifications": [
            {"number": number, "sequence_number": at, "class": each.text}
            for at, each in enumerate(classes, 1)
        ],
        "design_products": [
            {
                "number": number,
                "sequence_number": at,
                "language": each.get("languageCode"),
                "product": text(each),
            }
            for at, each in enumerate(products, 1)
        ],
        "design_events": in_order(number, "kind", events),
        "design_claims": in_order(number, "kind", claims),
    }
