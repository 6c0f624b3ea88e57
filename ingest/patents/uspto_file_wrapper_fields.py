"""The fields of USPTO file wrappers: the tables they fill, and those left out by name."""

from __future__ import annotations

from ingest.collect import strings

SCHEMAS = {
    "file_wrappers": strings(
        "application_number", "filing_date", "effective_filing_date", "type_code", "type_name",
        "type_category", "title", "status_name", "status_date", "patent_number", "grant_date",
        "publication_number", "publication_date", "pct_publication_number", "pct_publication_date",
        "hague_number", "hague_date", "first_inventor_to_file", "entity_category", "art_unit",
        "uspc_symbol", "first_applicant", "first_inventor", "grant_zip", "grant_xml",
        "publication_zip", "publication_xml", "ingested",
        has_metadata="bool", is_national_stage="bool", is_small_entity="bool",
        status_code="int64", confirmation_number="int64", customer_number="int64",
        adjustment_days="int64", a_delay_days="int64", b_delay_days="int64", c_delay_days="int64",
        overlapping_days="int64", applicant_delay_days="int64",
    ),
    "wrapper_events": strings(
        "application_number", "code", "description", "date", sequence_number="int64"
    ),
    "wrapper_continuity": strings(
        "application_number", "direction", "type_code", "type_name", "parent_number",
        "child_number", "related_filing_date", "related_status_name", "related_patent_number",
        related_status_code="int64", is_first_inventor_to_file="bool", sequence_number="int64",
    ),
    "wrapper_priorities": strings(
        "application_number", "office", "number", "date", sequence_number="int64"
    ),
    "wrapper_assignments": strings(
        "application_number", "reel_frame", "conveyance", "received_date", "recorded_date",
        "mailed_date", reel="int64", frame="int64", pages="int64", sequence_number="int64",
    ),
    "wrapper_assignment_parties": strings(
        "application_number", "reel_frame", "role", "name", "execution_date", "street", "city",
        "region_code", "postcode", "country", "country_name",
        reel="int64", frame="int64", sequence_number="int64",
    ),
    "wrapper_parties": strings(
        "application_number", "role", "name", "first_name", "middle_name", "last_name",
        "name_suffix", "city", "region_code", "country", sequence_number="int64",
    ),
    "wrapper_classifications": strings("application_number", "symbol", sequence_number="int64"),
}  # fmt: skip

META = "applicationMetaData"
ADDRESS = ("cityName", "geographicRegionCode", "countryCode", "postalAddressCategory")

KNOWN = frozenset((
    "applicationNumberText", "lastIngestionDateTime", META,
    *(f"{META}/{name}" for name in (
        "filingDate", "effectiveFilingDate", "applicationTypeCode", "applicationTypeLabelName",
        "applicationTypeCategory", "inventionTitle", "applicationStatusCode",
        "applicationStatusDescriptionText", "applicationStatusDate", "patentNumber", "grantDate",
        "earliestPublicationNumber", "earliestPublicationDate", "pctPublicationNumber",
        "pctPublicationDate", "internationalRegistrationNumber",
        "internationalRegistrationPublicationDate", "nationalStageIndicator",
        "firstInventorToFileIndicator", "groupArtUnitNumber", "uspcSymbolText",
        "applicationConfirmationNumber", "customerNumber", "firstApplicantName",
        "firstInventorName", "cpcClassificationBag", "applicantBag", "inventorBag",
        "entityStatusData", "entityStatusData/smallEntityStatusIndicator",
        "entityStatusData/businessEntityStatusCategory",
    )),
    *(f"{META}/{role}Bag/{name}" for role in ("applicant", "inventor") for name in (
        f"{role}NameText", "firstName", "middleName", "lastName", "nameSuffix", "countryCode",
        "correspondenceAddressBag", *(f"correspondenceAddressBag/{part}" for part in ADDRESS),
    )),
    "eventDataBag",
    *(f"eventDataBag/{name}" for name in ("eventCode", "eventDescriptionText", "eventDate")),
    *(f"{relative}ContinuityBag" for relative in ("parent", "child")),
    *(f"{relative}ContinuityBag/{name}" for relative in ("parent", "child") for name in (
        "claimParentageTypeCode", "claimParentageTypeCodeDescriptionText",
        "parentApplicationNumberText", "childApplicationNumberText",
        f"{relative}ApplicationFilingDate", f"{relative}ApplicationStatusCode",
        f"{relative}ApplicationStatusDescriptionText", f"{relative}PatentNumber",
        "firstInventorToFileIndicator",
    )),
    "foreignPriorityBag",
    *(f"foreignPriorityBag/{name}" for name in (
        "ipOfficeName", "applicationNumberText", "filingDate",
    )),
    "assignmentBag",
    *(f"assignmentBag/{name}" for name in (
        "reelAndFrameNumber", "reelNumber", "frameNumber", "conveyanceText",
        "assignmentReceivedDate", "assignmentRecordedDate", "assignmentMailedDate",
        "pageTotalQuantity", "assignorBag", "assignorBag/assignorName",
        "assignorBag/executionDate", "assigneeBag", "assigneeBag/assigneeNameText",
        "assigneeBag/assigneeAddress",
    )),
    *(f"assignmentBag/assigneeBag/assigneeAddress/{name}" for name in (
        "addressLineOneText", "addressLineTwoText", "addressLineThreeText", "cityName",
        "geographicRegionCode", "countryOrStateCode", "postalCode", "ictCountryCode",
        "countryName",
    )),
    "patentTermAdjustmentData",
    *(f"patentTermAdjustmentData/{name}" for name in (
        "adjustmentTotalQuantity", "aDelayQuantity", "bDelayQuantity", "cDelayQuantity",
        "overlappingDayQuantity", "applicantDayDelayQuantity",
    )),
    *(f"{kind}DocumentMetaData" for kind in ("grant", "pgpub")),
    *(f"{kind}DocumentMetaData/{name}" for kind in ("grant", "pgpub")
      for name in ("zipFileName", "xmlFileName")),
))  # fmt: skip

IGNORED = frozenset((
    # Persons at work for applicant or office, and where letters go.
    "recordAttorney", "correspondenceAddressBag", f"{META}/examinerNameText",
    "assignmentBag/correspondenceAddress", "assignmentBag/correspondenceAddressBag",
    # The applicant's own references.
    f"{META}/docketNumber", "assignmentBag/attorneyDocketNumber",
    # Said again: by `uspcSymbolText`, by the earliest publication, by codes beside names.
    f"{META}/class", f"{META}/subclass", f"{META}/publicationDateBag",
    f"{META}/publicationSequenceNumberBag", f"{META}/publicationCategoryBag",
    *(f"{META}/{role}Bag/{name}" for role in ("applicant", "inventor") for name in (
        "preferredName", "namePrefix",
        *(f"correspondenceAddressBag/{part}" for part in (
            "nameLineOneText", "nameLineTwoText", "geographicRegionName", "countryName",
            "addressLineOneText", "addressLineTwoText", "postalCode",
        )),
    )),
    "assignmentBag/assigneeBag/assigneeAddress/geographicRegionName",
    "assignmentBag/assigneeBag/assigneeAddress/addressLineFourText",
    # Sums of the delays above, and the events once more, each with its days.
    "patentTermAdjustmentData/ipOfficeAdjustmentDelayQuantity",
    "patentTermAdjustmentData/ipOfficeDayDelayQuantity",
    "patentTermAdjustmentData/nonOverlappingDayDelayQuantity",
    "patentTermAdjustmentData/nonOverlappingDayQuantity",
    "patentTermAdjustmentData/patentTermAdjustmentHistoryDataBag",
    # Addresses of files at the portal, which follow from their names.
    "assignmentBag/assignmentDocumentLocationURI", "assignmentBag/imageAvailableStatusCode",
    *(f"{kind}DocumentMetaData/{name}" for kind in ("grant", "pgpub")
      for name in ("productIdentifier", "fileLocationURI", "fileCreateDateTime")),
))  # fmt: skip
