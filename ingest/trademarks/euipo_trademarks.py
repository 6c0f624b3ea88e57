"""EU trade marks: XML after WIPO ST.66, a file for each mark, or the search interface's pages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row, collect, strings
from ingest.readers.elements import text, unknown_paths
from ingest.readers.json import Object, unknown_keys
from ingest.trademarks.euipo_api import KNOWN_OF_MARK, offered, parse_mark
from ingest.trademarks.euipo_xml import all_of, fields_of, in_order, needed, one_of, records
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

AT = {"sequence_number": "int64"}
SCHEMAS = {
    "trademarks": strings(
        "number", "office", "filed", "registered", "expires", "status", "milestone", "status_part",
        "status_date", "kind", "feature", "words", "language", "second_language", "edition",
        "distinctiveness", "vienna", "image", "operation", "basis", "reference",
    ),
    "trademark_classes": strings("number", "class"),
    "trademark_goods": strings("number", "class", "language", "goods"),
    "trademark_parties": strings("number", "role", "party", "name", "office", **AT),
    "trademark_events": strings("number", "kind", "event", "day", "words", "status", **AT),
    "trademark_claims": strings("number", "kind", "country", "earlier", "day", "status", **AT),
}  # fmt: skip
KNOWN = frozenset(
    """
    ApplicantDetails ApplicantDetails/ApplicantKey ApplicantDetails/ApplicantKey/Identifier
    ApplicationDate ApplicationLanguageCode ApplicationNumber ExpiryDate GoodsServicesDetails
    GoodsServicesDetails/GoodsServices GoodsServicesDetails/GoodsServices/ClassDescriptionDetails
    GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription
    GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription/ClassNumber
    GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription/GoodsServicesDescription
    GoodsServicesDetails/GoodsServices/ClassificationVersion KindMark MarkCurrentStatusCode
    MarkCurrentStatusDate MarkFeature MarkImageDetails MarkImageDetails/MarkImage
    MarkImageDetails/MarkImage/MarkImageCategory
    MarkImageDetails/MarkImage/MarkImageCategory/CategoryCodeDetails
    MarkImageDetails/MarkImage/MarkImageCategory/CategoryCodeDetails/CategoryCode
    MarkImageDetails/MarkImage/MarkImageIdentifier MarkRecordDetails MarkRecordDetails/MarkRecord
    MarkRecordDetails/MarkRecord/BasicRecord
    MarkRecordDetails/MarkRecord/BasicRecord/BasicRecordKind
    MarkRecordDetails/MarkRecord/BasicRecord/RecordCurrentStatusCode
    MarkRecordDetails/MarkRecord/BasicRecord/RecordCurrentStatusDate
    MarkRecordDetails/MarkRecord/BasicRecord/RecordIdentifier OppositionDetails
    OppositionDetails/Opposition OppositionDetails/Opposition/OppositionDate
    OppositionDetails/Opposition/OppositionGroundText
    OppositionDetails/Opposition/OppositionIdentifier PriorityDetails PriorityDetails/Priority
    PriorityDetails/Priority/PriorityCountryCode PriorityDetails/Priority/PriorityDate
    PriorityDetails/Priority/PriorityNumber PriorityDetails/Priority/PriorityStatusCode
    PublicationDetails PublicationDetails/Publication
    PublicationDetails/Publication/PublicationDate
    PublicationDetails/Publication/PublicationIdentifier
    PublicationDetails/Publication/PublicationSection RegistrationDate RegistrationOfficeCode
    RepresentativeDetails RepresentativeDetails/RepresentativeKey
    RepresentativeDetails/RepresentativeKey/Identifier SecondLanguageCode SeniorityDetails
    SeniorityDetails/Seniority SeniorityDetails/Seniority/SeniorityCountryCode
    SeniorityDetails/Seniority/SeniorityFilingDate
    SeniorityDetails/Seniority/SeniorityRegistrationNumber
    SeniorityDetails/Seniority/SeniorityStatusCode TradeDistinctivenessIndicator
    WordMarkSpecification WordMarkSpecification/MarkVerbalElementText
    """.split()
)
# Parties of single proceedings, earlier marks of oppositions, and details of image files.
IGNORED = frozenset(
    """
    MarkImageDetails/MarkImage/MarkImageFileFormat MarkImageDetails/MarkImage/MarkImageURI
    MarkRecordDetails/MarkRecord/BasicRecord/ClaimantDetails
    MarkRecordDetails/MarkRecord/BasicRecord/RepresentativeDetails
    OppositionDetails/Opposition/EarlierMarkDetails OppositionDetails/Opposition/OpponentDetails
    OppositionDetails/Opposition/ProceedingLanguageCode
    OppositionDetails/Opposition/RepresentativeDetails
    PriorityDetails/Priority/PriorityPartialIndicator
    PublicationDetails/Publication/PublicationPage
    SeniorityDetails/Seniority/InternationalTradeMarkCode
    SeniorityDetails/Seniority/SeniorityApplicationNumber
    SeniorityDetails/Seniority/SeniorityPartialIndicator
    SeniorityDetails/Seniority/SeniorityRegistrationDate
    """.split()
)


GOODS = "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"
EVENTS = {
    "publication": (
        "PublicationDetails/Publication",
        {"event": "PublicationIdentifier", "day": "PublicationDate", "words": "PublicationSection"},
    ),
    "recordal": (
        "MarkRecordDetails/MarkRecord/BasicRecord",
        {
            "event": "RecordIdentifier",
            "day": "RecordCurrentStatusDate",
            "words": "BasicRecordKind",
            "status": "RecordCurrentStatusCode",
        },
    ),
    "opposition": (
        "OppositionDetails/Opposition",
        {"event": "OppositionIdentifier", "day": "OppositionDate", "words": "OppositionGroundText"},
    ),
}
CLAIMS = {
    "priority": (
        "PriorityDetails/Priority",
        {
            "country": "PriorityCountryCode",
            "earlier": "PriorityNumber",
            "day": "PriorityDate",
            "status": "PriorityStatusCode",
        },
    ),
    "seniority": (
        "SeniorityDetails/Seniority",
        {
            "country": "SeniorityCountryCode",
            "earlier": "SeniorityRegistrationNumber",
            "day": "SeniorityFilingDate",
            "status": "SeniorityStatusCode",
        },
    ),
}


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield harvests of the interface, and the files of a delivery."""
    return offered(fetch, source, "trademarks", key="applicationNumber")


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file holds one mark, a zip of them is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield marks with classes, goods, parties, events and claims."""
    return collect(
        records(file, "TradeMark", "trademarks"), _parse, source, SCHEMAS, unknown=_unknown
    )


def _unknown(record: etree._Element | Object) -> list[str]:
    if isinstance(record, dict):
        return unknown_keys(record, KNOWN_OF_MARK)
    return unknown_paths(record, KNOWN, IGNORED)


def _parse(record: etree._Element | Object) -> Parsed:
    return parse_mark(record) if isinstance(record, dict) else _parse_xml(record)


def _parse_xml(mark: etree._Element) -> Parsed:
    number = needed(mark, "ApplicationNumber")
    status = mark.find("{*}MarkCurrentStatusCode")
    if status is None:
        raise RecordRejected("missing_field", "a field is missing", field="MarkCurrentStatusCode")
    vienna = all_of(
        mark, "MarkImageDetails/MarkImage/MarkImageCategory/CategoryCodeDetails/CategoryCode"
    )
    row: Row = {
        "number": number,
        "office": one_of(mark, "RegistrationOfficeCode"),
        "filed": one_of(mark, "ApplicationDate"),
        "registered": one_of(mark, "RegistrationDate"),
        "expires": one_of(mark, "ExpiryDate"),
        "status": text(status),
        "milestone": status.get("milestone"),
        "status_part": status.get("status"),
        "status_date": needed(mark, "MarkCurrentStatusDate"),
        "kind": needed(mark, "KindMark"),
        "feature": one_of(mark, "MarkFeature"),
        "words": one_of(mark, "WordMarkSpecification/MarkVerbalElementText"),
        "language": needed(mark, "ApplicationLanguageCode"),
        "second_language": one_of(mark, "SecondLanguageCode"),
        "edition": one_of(mark, "GoodsServicesDetails/GoodsServices/ClassificationVersion"),
        "distinctiveness": one_of(mark, "TradeDistinctivenessIndicator"),
        "vienna": "|".join(each.text or "" for each in vienna) or None,
        "image": one_of(mark, "MarkImageDetails/MarkImage/MarkImageIdentifier"),
        "operation": mark.attrib["operationCode"],
        "basis": None,
        "reference": None,
    }
    classes = dict.fromkeys(one_of(each, "ClassNumber") for each in all_of(mark, GOODS))
    parties: dict[str, list[Row]] = {
        role: [
            {"party": each.text, "name": None, "office": None}
            for each in all_of(mark, f"{name}Details/{name}Key/Identifier")
        ]
        for role, name in (("applicant", "Applicant"), ("representative", "Representative"))
    }
    events = {
        kind: [{"status": None} | row for row in fields_of(mark, path, fields)]
        for kind, (path, fields) in EVENTS.items()
    }
    claims = {kind: fields_of(mark, path, fields) for kind, (path, fields) in CLAIMS.items()}
    return {
        "trademarks": [row],
        "trademark_classes": [{"number": number, "class": each} for each in classes],
        "trademark_goods": list(_goods(number, mark)),
        "trademark_parties": in_order(number, "role", parties),
        "trademark_events": in_order(number, "kind", events),
        "trademark_claims": in_order(number, "kind", claims),
    }


def _goods(number: str, mark: etree._Element) -> Iterator[Row]:
    for each in all_of(mark, GOODS):
        class_number = one_of(each, "ClassNumber")
        for goods in all_of(each, "GoodsServicesDescription"):
            yield {
                "number": number,
                "class": class_number,
                "language": goods.get("languageCode"),
                "goods": text(goods),
            }
