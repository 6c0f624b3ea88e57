"""USPTO file wrappers: applications, and what happened to them, in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.collect import Parsed, Row, collect
from ingest.discover import listed_in_odp_product
from ingest.patents.uspto_file_wrapper_fields import IGNORED, KNOWN, SCHEMAS
from ingest.patents.uspto_odp import (
    flag_under,
    object_under,
    objects_under,
    read_search,
    records_in_bags,
    searched,
    text_under,
    texts_under,
    whole_under,
)
from ingest.readers.json import Object, text_of, unknown_keys
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source

BAGS = ("patentFileWrapperDataBag",)
PRODUCT = "product:"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the declared products, and harvests of the declared searches."""
    today = datetime.now(UTC).date()
    for query in source.endpoint.queries:
        if query.startswith(PRODUCT):
            product = query.removeprefix(PRODUCT)
            for resource in listed_in_odp_product(fetch, source.endpoint.base_url, product):
                if resource.name.endswith((".zip", ".json")):
                    yield resource
        else:
            yield from searched(fetch, source, read_search(query), BAGS, today)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a zip is read from its beginning, and pages are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield applications and what hangs on them; an answer about one part of it has that part."""
    return collect(records_in_bags(file, BAGS), _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(record: Object) -> list[str]:
    return unknown_keys(record, KNOWN, IGNORED)


def _parse(record: Object) -> Parsed:
    number = text_of(record["applicationNumberText"])
    meta = object_under(record, "applicationMetaData")
    own: Row = {"application_number": number}
    rows: dict[str, list[Row]] = {
        "file_wrappers": [own | _main(record, meta)],
        "wrapper_events": [
            {
                "code": text_under(event, "eventCode"),
                "description": text_under(event, "eventDescriptionText"),
                "date": text_under(event, "eventDate"),
            }
            for event in objects_under(record, "eventDataBag")
        ],
        "wrapper_continuity": [
            *(_relative(each, "parent") for each in objects_under(record, "parentContinuityBag")),
            *(_relative(each, "child") for each in objects_under(record, "childContinuityBag")),
        ],
        "wrapper_priorities": [
            {
                "office": text_under(priority, "ipOfficeName"),
                "number": text_under(priority, "applicationNumberText"),
                "date": text_under(priority, "filingDate"),
            }
            for priority in objects_under(record, "foreignPriorityBag")
        ],
        "wrapper_parties": [
            *(_party(each, "applicant") for each in objects_under(meta, "applicantBag")),
            *(_party(each, "inventor") for each in objects_under(meta, "inventorBag")),
        ],
        "wrapper_classifications": [
            {"symbol": symbol} for symbol in texts_under(meta, "cpcClassificationBag")
        ],
        **_assignments(objects_under(record, "assignmentBag")),
    }
    for table, table_rows in rows.items():
        if table != "file_wrappers":
            for at, row in enumerate(table_rows, 1):
                row |= own | {"sequence_number": at}
    return rows


def _main(record: Object, meta: Object) -> Row:
    entity = object_under(meta, "entityStatusData")
    term = object_under(record, "patentTermAdjustmentData")
    grant = object_under(record, "grantDocumentMetaData")
    publication = object_under(record, "pgpubDocumentMetaData")
    return {
        "has_metadata": bool(meta),
        "filing_date": text_under(meta, "filingDate"),
        "effective_filing_date": text_under(meta, "effectiveFilingDate"),
        "type_code": text_under(meta, "applicationTypeCode"),
        "type_name": text_under(meta, "applicationTypeLabelName"),
        "type_category": text_under(meta, "applicationTypeCategory"),
        "title": text_under(meta, "inventionTitle"),
        "status_code": whole_under(meta, "applicationStatusCode"),
        "status_name": text_under(meta, "applicationStatusDescriptionText"),
        "status_date": text_under(meta, "applicationStatusDate"),
        "patent_number": text_under(meta, "patentNumber"),
        "grant_date": text_under(meta, "grantDate"),
        "publication_number": text_under(meta, "earliestPublicationNumber"),
        "publication_date": text_under(meta, "earliestPublicationDate"),
        "pct_publication_number": text_under(meta, "pctPublicationNumber"),
        "pct_publication_date": text_under(meta, "pctPublicationDate"),
        "hague_number": text_under(meta, "internationalRegistrationNumber"),
        "hague_date": text_under(meta, "internationalRegistrationPublicationDate"),
        "is_national_stage": flag_under(meta, "nationalStageIndicator"),
        "first_inventor_to_file": text_under(meta, "firstInventorToFileIndicator"),
        "is_small_entity": flag_under(entity, "smallEntityStatusIndicator"),
        "entity_category": text_under(entity, "businessEntityStatusCategory"),
        "art_unit": text_under(meta, "groupArtUnitNumber"),
        "uspc_symbol": text_under(meta, "uspcSymbolText"),
        "confirmation_number": whole_under(meta, "applicationConfirmationNumber"),
        "customer_number": whole_under(meta, "customerNumber"),
        "first_applicant": text_under(meta, "firstApplicantName"),
        "first_inventor": text_under(meta, "firstInventorName"),
        "adjustment_days": whole_under(term, "adjustmentTotalQuantity"),
        "a_delay_days": whole_under(term, "aDelayQuantity"),
        "b_delay_days": whole_under(term, "bDelayQuantity"),
        "c_delay_days": whole_under(term, "cDelayQuantity"),
        "overlapping_days": whole_under(term, "overlappingDayQuantity"),
        "applicant_delay_days": whole_under(term, "applicantDayDelayQuantity"),
        "grant_zip": text_under(grant, "zipFileName"),
        "grant_xml": text_under(grant, "xmlFileName"),
        "publication_zip": text_under(publication, "zipFileName"),
        "publication_xml": text_under(publication, "xmlFileName"),
        "ingested": text_under(record, "lastIngestionDateTime"),
    }


def _relative(link: Object, direction: str) -> Row:
    """Return a link to a parent or a child; parents of parents are listed among the parents."""
    return {
        "direction": direction,
        "type_code": text_under(link, "claimParentageTypeCode"),
        "type_name": text_under(link, "claimParentageTypeCodeDescriptionText"),
        "parent_number": text_of(link["parentApplicationNumberText"]),
        "child_number": text_of(link["childApplicationNumberText"]),
        "related_filing_date": text_under(link, f"{direction}ApplicationFilingDate"),
        "related_status_code": whole_under(link, f"{direction}ApplicationStatusCode"),
        "related_status_name": text_under(link, f"{direction}ApplicationStatusDescriptionText"),
        "related_patent_number": text_under(link, f"{direction}PatentNumber"),
        "is_first_inventor_to_file": flag_under(link, "firstInventorToFileIndicator"),
    }


def _party(party: Object, role: str) -> Row:
    """Return a party with the address where it lives, or else the one for letters."""
    addresses = objects_under(party, "correspondenceAddressBag")
    addresses.sort(key=lambda each: each.get("postalAddressCategory") != "residence")
    address = addresses[0] if addresses else {}
    return {
        "role": role,
        "name": text_under(party, f"{role}NameText"),
        "first_name": text_under(party, "firstName"),
        "middle_name": text_under(party, "middleName"),
        "last_name": text_under(party, "lastName"),
        "name_suffix": text_under(party, "nameSuffix"),
        "city": text_under(address, "cityName"),
        "region_code": text_under(address, "geographicRegionCode"),
        "country": text_under(address, "countryCode") or text_under(party, "countryCode"),
    }


def _assignments(assignments: list[Object]) -> dict[str, list[Row]]:
    found: list[Row] = []
    parties: list[Row] = []
    for assignment in assignments:
        reel_frame: Row = {
            "reel_frame": text_under(assignment, "reelAndFrameNumber"),
            "reel": whole_under(assignment, "reelNumber"),
            "frame": whole_under(assignment, "frameNumber"),
        }
        found.append(
            reel_frame
            | {
                "conveyance": text_under(assignment, "conveyanceText"),
                "received_date": text_under(assignment, "assignmentReceivedDate"),
                "recorded_date": text_under(assignment, "assignmentRecordedDate"),
                "mailed_date": text_under(assignment, "assignmentMailedDate"),
                "pages": whole_under(assignment, "pageTotalQuantity"),
            }
        )
        parties += [
            reel_frame | _assignment_party(each, role)
            for role in ("assignor", "assignee")
            for each in objects_under(assignment, f"{role}Bag")
        ]
    return {"wrapper_assignments": found, "wrapper_assignment_parties": parties}


def _assignment_party(party: Object, role: str) -> Row:
    address = object_under(party, "assigneeAddress")
    lines = (text_under(address, f"addressLine{nth}Text") for nth in ("One", "Two", "Three"))
    return {
        "role": role,
        "name": text_under(party, "assignorName" if role == "assignor" else "assigneeNameText"),
        "execution_date": text_under(party, "executionDate"),
        "street": ", ".join(filter(None, lines)) or None,
        "city": text_under(address, "cityName"),
        # Deprecated by the office in April 2026, and still in older files.
        "region_code": text_under(address, "geographicRegionCode")
        or text_under(address, "countryOrStateCode"),
        "postcode": text_under(address, "postalCode"),
        "country": text_under(address, "ictCountryCode"),
        "country_name": text_under(address, "countryName"),
    }
