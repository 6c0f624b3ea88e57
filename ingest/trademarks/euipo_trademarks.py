"""EU trade marks: XML after WIPO ST.66, one file for each mark, without names of parties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import open_members
from ingest.readers.xml import iter_elements, text, unknown_paths
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

AT = {"sequence_number": "int64"}
SCHEMAS = {
    "trademarks": strings(
        "number", "office", "filed", "registered", "expires", "status", "milestone", "status_part",
        "status_date", "kind", "feature", "words", "language", "second_language", "edition",
        "distinctiveness", "vienna", "image", "operation",
    ),
    "trademark_goods": strings("number", "class", "language", "goods"),
    "trademark_parties": strings("number", "role", "party", **AT),
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


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file holds one mark, a zip of them is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield marks with goods, parties, events and claims."""
    return collect(_marks(file), _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(mark: etree._Element) -> list[str]:
    return unknown_paths(mark, KNOWN, IGNORED)


def _marks(file: RawFile) -> Iterator[Record[etree._Element]]:
    numbers = count(1)
    for member in open_members(file.path):
        for record in iter_elements(member.stream, "{*}TradeMark"):
            locator = f"{member.name} {record.locator}"
            yield Record(next(numbers), locator, record.content, record.raw)


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of local names."""
    found: list[etree._Element] = element.findall(_qualified(path))
    return found


def _one(element: etree._Element, path: str) -> str | None:
    """Return the text at a path of local names."""
    return text(element, _qualified(path))


def _qualified(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _parse(mark: etree._Element) -> Parsed:
    number = _one(mark, "ApplicationNumber")
    status = mark.find("{*}MarkCurrentStatusCode")
    if number is None or status is None:
        raise RecordRejected("missing_field", "expected ApplicationNumber and status")
    vienna = _all(
        mark, "MarkImageDetails/MarkImage/MarkImageCategory/CategoryCodeDetails/CategoryCode"
    )
    row: Row = {
        "number": number,
        "office": _one(mark, "RegistrationOfficeCode"),
        "filed": _one(mark, "ApplicationDate"),
        "registered": _one(mark, "RegistrationDate"),
        "expires": _one(mark, "ExpiryDate"),
        "status": _one(mark, "MarkCurrentStatusCode"),
        "milestone": status.get("milestone"),
        "status_part": status.get("status"),
        "status_date": _one(mark, "MarkCurrentStatusDate"),
        "kind": _one(mark, "KindMark"),
        "feature": _one(mark, "MarkFeature"),
        "words": _one(mark, "WordMarkSpecification/MarkVerbalElementText"),
        "language": _one(mark, "ApplicationLanguageCode"),
        "second_language": _one(mark, "SecondLanguageCode"),
        "edition": _one(mark, "GoodsServicesDetails/GoodsServices/ClassificationVersion"),
        "distinctiveness": _one(mark, "TradeDistinctivenessIndicator"),
        "vienna": "|".join(each.text or "" for each in vienna) or None,
        "image": _one(mark, "MarkImageDetails/MarkImage/MarkImageIdentifier"),
        "operation": mark.get("operationCode"),
    }
    return {
        "trademarks": [row],
        "trademark_goods": list(_goods(number, mark)),
        "trademark_parties": [
            {"number": number, "role": role, "sequence_number": at, "party": each.text}
            for role, name in (("applicant", "Applicant"), ("representative", "Representative"))
            for at, each in enumerate(_all(mark, f"{name}Details/{name}Key/Identifier"), 1)
        ],
        "trademark_events": [
            {"number": number, "kind": kind, "sequence_number": at} | event
            for kind, events in _events(mark).items()
            for at, event in enumerate(events, 1)
        ],
        "trademark_claims": [
            {"number": number, "kind": kind, "sequence_number": at} | claim
            for kind, claims in _claims(mark).items()
            for at, claim in enumerate(claims, 1)
        ],
    }


def _goods(number: str, mark: etree._Element) -> Iterator[Row]:
    path = "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"
    for each in _all(mark, path):
        class_number = _one(each, "ClassNumber")
        for goods in _all(each, "GoodsServicesDescription"):
            yield {
                "number": number,
                "class": class_number,
                "language": goods.get("languageCode"),
                "goods": text(goods),
            }


def _events(mark: etree._Element) -> dict[str, list[Row]]:
    return {
        "publication": [
            {
                "event": _one(each, "PublicationIdentifier"),
                "day": _one(each, "PublicationDate"),
                "words": _one(each, "PublicationSection"),
                "status": None,
            }
            for each in _all(mark, "PublicationDetails/Publication")
        ],
        "recordal": [
            {
                "event": _one(each, "RecordIdentifier"),
                "day": _one(each, "RecordCurrentStatusDate"),
                "words": _one(each, "BasicRecordKind"),
                "status": _one(each, "RecordCurrentStatusCode"),
            }
            for each in _all(mark, "MarkRecordDetails/MarkRecord/BasicRecord")
        ],
        "opposition": [
            {
                "event": _one(each, "OppositionIdentifier"),
                "day": _one(each, "OppositionDate"),
                "words": _one(each, "OppositionGroundText"),
                "status": None,
            }
            for each in _all(mark, "OppositionDetails/Opposition")
        ],
    }


def _claims(mark: etree._Element) -> dict[str, list[Row]]:
    return {
        "priority": [
            {
                "country": _one(each, "PriorityCountryCode"),
                "earlier": _one(each, "PriorityNumber"),
                "day": _one(each, "PriorityDate"),
                "status": _one(each, "PriorityStatusCode"),
            }
            for each in _all(mark, "PriorityDetails/Priority")
        ],
        "seniority": [
            {
                "country": _one(each, "SeniorityCountryCode"),
                "earlier": _one(each, "SeniorityRegistrationNumber"),
                "day": _one(each, "SeniorityFilingDate"),
                "status": _one(each, "SeniorityStatusCode"),
            }
            for each in _all(mark, "SeniorityDetails/Seniority")
        ],
    }
