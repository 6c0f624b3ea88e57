"""The fields of PTAB answers: what is read of each kind of proceeding, and what is left out."""

from __future__ import annotations

from ingest.collect import strings

SCHEMAS = {
    "proceedings": strings(
        "number", "kind", "trial_type", "status", "filing_date", "accorded_filing_date",
        "institution_date", "docket_notice_date", "latest_decision_date", "termination_date",
        "modified", "application_category", "application_number", "patent_number",
        "technology_center", "art_unit",
    ),
    "decisions": strings(
        "number", "kind", "type", "outcome", "date", "statutes", "issues", "document_id",
        "document_name", "title", "document_type", "document_date", "url", size="int64",
    ),
    "proceeding_parties": strings(
        "number", "role", "real_party", "owner", "inventor", "application_number", "patent_number",
        "grant_date", "publication_number", "publication_date", "technology_center", "art_unit",
        sequence_number="int64",
    ),
    "documents": strings(
        "number", "document_id", "category", "document_category", "title", "document_type",
        "filing_party", "date", "name", "url", document_number="int64", size="int64",
    ),
}  # fmt: skip

KINDS = {"trial": "trialNumber", "appeal": "appealNumber", "interference": "interferenceNumber"}
"""The field that has a proceeding's number, by its kind."""

PARTIES = {
    "patent_owner": "patentOwnerData",
    "petitioner": "regularPetitionerData",
    "derivation_petitioner": "derivationPetitionerData",
    "respondent": "respondentData",
    "appellant": "appellantData",
    "third_party_requester": "thirdPartyRequesterData",
    "senior_party": "seniorPartyData",
    "junior_party": "juniorPartyData",
}
"""The field that has a party, by its role."""

SUBJECTS = frozenset(("patent_owner", "appellant", "senior_party"))
"""Whose right a proceeding is about; in their record they stand before the others."""

OF_PARTIES = (
    "realPartyInInterestName", "patentOwnerName", "inventorName", "applicationNumberText",
    "patentNumber", "grantDate", "publicationNumber", "publicationDate", "technologyCenterNumber",
    "groupArtUnitNumber", "additionalPartyName", "thirdPartyName",
)  # fmt: skip
OF_DECISIONS = (
    "decisionTypeCategory", "decisionIssueDate", "statuteAndRuleBag", "issueTypeBag",
    *(f"{kind}OutcomeCategory" for kind in KINDS),
)  # fmt: skip

KNOWN = frozenset((
    *KINDS.values(), "lastModifiedDateTime", "trialDocumentCategory",
    *(f"{kind}MetaData" for kind in KINDS),
    *(f"trialMetaData/{name}" for name in (
        "trialTypeCode", "trialStatusCategory", "petitionFilingDate", "accordedFilingDate",
        "institutionDecisionDate", "latestDecisionDate", "terminationDate",
    )),
    "appealMetaData/appealFilingDate", "appealMetaData/docketNoticeMailedDate",
    "appealMetaData/applicationTypeCategory",
    "interferenceMetaData/declarationDate",
    *PARTIES.values(), "additionalPartyDataBag",
    *(f"{party}/{name}" for party in (*PARTIES.values(), "additionalPartyDataBag")
      for name in OF_PARTIES),
    "documentData",
    *(f"documentData/{name}" for name in (
        "documentIdentifier", "documentCategory", "documentTitleText", "documentName",
        "documentTypeDescriptionText", "filingPartyCategory", "documentFilingDate",
        "fileDownloadURI", "documentNumber", "documentSizeQuantity",
    )),
    "decisionData",
    *(f"{part}/{name}" for part in ("documentData", "decisionData") for name in OF_DECISIONS),
))  # fmt: skip

IGNORED = frozenset((
    # The whole text of a paper.
    "documentData/documentOCRText", "documentData/mimeTypeIdentifier",
    # Persons at work for a party.
    *(f"{party}/counselName" for party in (*PARTIES.values(), "additionalPartyDataBag")),
    # An archive of all papers, and said again: the day of the last change, names against names.
    *(f"{kind}MetaData/fileDownloadURI" for kind in KINDS),
    *(f"{kind}MetaData/{kind}LastModifiedDate{time}" for kind in KINDS for time in ("", "Time")),
    "interferenceMetaData/interferenceStyleName", "appealDocumentCategory",
))  # fmt: skip
