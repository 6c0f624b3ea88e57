"""US case files as TSDR gives them in ST.96, draft 1_D3 and version 2.2.1: one mark in a file."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.readers.elements import text, unknown_paths, with_parents
from ingest.trademarks.uspto_trademarks_rows import (
    BASES,
    BASIS_FLAGS,
    COLOURS,
    DESCRIPTION,
    DISCLAIMER,
    TRANSLATION,
    goods,
    is_true,
    kinds,
    known,
    maintenance,
    numbered,
    register,
)
from iplake.errors import RecordRejected

BODY = "TrademarkTransactionBody"
TAG = "{*}Trademark"
NATIONAL = "NationalTrademarkInformation"
WORDS = "MarkRepresentation/MarkReproduction/WordMarkSpecification"
IMAGE = "MarkRepresentation/MarkReproduction/MarkImageBag/MarkImage"
GOODS = "GoodsServicesBag/GoodsServices"
STATUS = f"{GOODS}/ClassDescriptionBag/ClassDescription/NationalStatusBag/NationalStatus"
CASE = {
    "serial": "ApplicationNumber/ApplicationNumberText",
    "registration": "RegistrationNumber",
    "filed": "ApplicationDate",
    "registered": "RegistrationDate",
    "published": "PublicationBag/Publication/PublicationDate",
    "status": "MarkCurrentStatusCode",
    "status_date": "MarkCurrentStatusDate",
    "abandoned": f"{NATIONAL}/ApplicationAbandonedDate",
    "renewed": f"{NATIONAL}/RenewalDate",
    "mark": f"{WORDS}/MarkVerbalElementText",
    "drawing": "MarkRepresentation/MarkDescriptionBag/NationalMarkDescription/MarkFeatureCode",
}
INDICATORS = {
    f"{NATIONAL}/AmendedPrincipalRegisterIndicator": "principal-register-amended",
    f"{NATIONAL}/AmendedSupplementalRegisterIndicator": "supplemental-register-amended",
    f"{NATIONAL}/RegistrationChangeIndicator": "change-registration",
    f"{WORDS}/MarkStandardCharacterIndicator": "standard-characters-claimed",
    f"{IMAGE}/ColourIndicator": "color-drawing-current",
    f"{IMAGE}/ImageColourIndicator": "color-drawing-current",
}
BASIS_TIMES = {"FilingBasis": "filed", "CurrentBasis": "current", "AmendedBasis": "amended"}
STATEMENTS = {
    "MarkDisclaimerBag/MarkDisclaimerText": DISCLAIMER,
    "MarkRepresentation/MarkDescriptionBag/MarkDescriptionText": DESCRIPTION,
    f"{WORDS}/MarkTranslationText": TRANSLATION,
    f"{IMAGE}/MarkImageColourClaimedText": COLOURS,
}
SCHEMES = {"Primary": "PRIMARY", "Nice": "NICE", "Domestic": "US", "National": "US"}
ADDRESS = "Contact/PostalAddressBag/PostalAddress/PostalStructuredAddress"
OWNER = {
    "legal_entity": "NationalLegalEntityCode",
    "legal_entity_note": "LegalEntityName",
    "nationality": "IncorporationCountryCode",
    "nationality_state": "IncorporationState",
    "city": f"{ADDRESS}/CityName",
    "state": f"{ADDRESS}/GeographicRegionName",
    "country": f"{ADDRESS}/CountryCode",
    "postcode": f"{ADDRESS}/PostalCode",
}
NAMES = ("Contact/Name/EntityName", "Contact/Name/OrganizationName/OrganizationStandardName",
         "Contact/Name/PersonName/PersonFullName")  # fmt: skip
KNOWN = with_parents(
    [
        *CASE.values(), *INDICATORS, *STATEMENTS, "RegistrationOfficeCode", "MarkCategory",
        f"{NATIONAL}/RegisterCategory",
        f"{NATIONAL}/MaintenanceFilingBag/MaintenanceFiling/SectionText",
        f"{NATIONAL}/MaintenanceFilingBag/MaintenanceFiling/DecisionStatusCategory",
        *(f"NationalFilingBasis/{time}/{basis}" for time in BASIS_TIMES for basis in BASES),
        *(f"ApplicantBag/Applicant/{path}" for path in (*OWNER.values(), *NAMES)),
        f"ApplicantBag/Applicant/{ADDRESS}/AddressLineText",
        *(f"{GOODS}/GoodsServicesClassificationBag/GoodsServicesClassification/{name}"
          for name in ("ClassificationKindCode", "ClassNumber", "NationalClassNumber")),
        f"{GOODS}/NationalFilingBasis/FirstUsedDate",
        f"{GOODS}/NationalFilingBasis/FirstUsedCommerceDate",
        f"{GOODS}/ClassDescriptionBag/ClassDescription/ClassNumber",
        f"{GOODS}/ClassDescriptionBag/ClassDescription/GoodsServicesDescriptionText",
        f"{STATUS}/NationalStatusCode",
        "MarkEventBag/MarkEvent/MarkEventDate",
        *(f"MarkEventBag/MarkEvent/NationalMarkEvent/{name}"
          for name in ("MarkEventCode", "MarkEventDescriptionText", "MarkEventEntryNumber")),
    ]
)  # fmt: skip
# Attorneys, correspondents and staff; where the file lies; assignments, which have a source of
# their own; how the mark looks and sounds; what codes say in words; the basis of single classes.
IGNORED = frozenset(
    f"""
    ApplicationNumber/IPOfficeCode FilingPlace AssociatedMarkBag
    MarkRepresentation/MarkFeatureCategory
    MarkRepresentation/MarkReproduction/MarkSoundBag {WORDS}/MarkSignificantVerbalElementText
    {WORDS}/MarkTransliteration {IMAGE}/FileName {IMAGE}/ImageFileName
    {IMAGE}/MarkImageColourPartClaimedText {IMAGE}/NationalDesignSearchCodeBag
    {IMAGE}/NationalDesignClassificationBag {GOODS}/NationalFilingBasis/CurrentBasis
    {STATUS}/NationalStatusCategory {STATUS}/NationalStatusExternalDescriptionText
    PublicationBag/Publication/PublicationIdentifier ApplicantBag/Applicant/Version
    ApplicantBag/Applicant/CommentText NationalRepresentative NationalCorrespondent RecordAttorney
    StaffBag MarkEventBag/MarkEvent/MarkEventCategory
    MarkEventBag/MarkEvent/NationalMarkEvent/MarkEventAdditionalText AssignmentBag
    {NATIONAL}/MarkCurrentStatusExternalDescriptionText
    {NATIONAL}/PreviouslyRegisteredMarkPublicationIndicator
    {NATIONAL}/FiledAsPlusApplicationIndicator {NATIONAL}/CurrentlyPlusApplicationIndicator
    {NATIONAL}/FiledAsReducedFeeApplicationIndicator
    {NATIONAL}/CurrentlyReducedFeeApplicationIndicator {NATIONAL}/AllowanceNoticeDate
    {NATIONAL}/RegistationCertificateAmendmentText {NATIONAL}/NationalCaseLocation
    {NATIONAL}/MaintenanceFilingBag/MaintenanceFiling/SectionDescriptionText NationalGoodsServices
    """.split()
)


def unknown(mark: etree._Element) -> list[str]:
    """Return the fields that nobody handles or ignores by name."""
    return unknown_paths(mark, KNOWN, IGNORED)


def parse(mark: etree._Element) -> Parsed:
    """Return the rows of one mark, whose elements have lost their namespaces."""
    if (office := text(mark, "RegistrationOfficeCode")) != "US":
        raise RecordRejected("unknown_category", "not a mark of this office", office=office)
    case: Row = {name: text(mark, path) for name, path in CASE.items()}
    case["flags"] = "|".join(dict.fromkeys(_flags(mark))) or None
    return numbered(case, _owners(mark), _classes(mark), _events(mark), _statements(mark))


def _flags(mark: etree._Element) -> Iterator[str]:
    yield from kinds(text(mark, "MarkCategory"))
    yield from register(text(mark, f"{NATIONAL}/RegisterCategory"))
    for path, flag in INDICATORS.items():
        if is_true(text(mark, path), path):
            yield flag
    for element, time in BASIS_TIMES.items():
        for each in mark.iterfind(f"NationalFilingBasis/{element}/*"):
            basis = BASES.get(str(each.tag), "")
            if is_true(text(each), str(each.tag)) and (time, basis) in BASIS_FLAGS:
                yield BASIS_FLAGS[time, basis]
    for filing in mark.iterfind(f"{NATIONAL}/MaintenanceFilingBag/MaintenanceFiling"):
        yield maintenance(text(filing, "SectionText"), text(filing, "DecisionStatusCategory"))


def _owners(mark: etree._Element) -> Iterator[Row]:
    for owner in mark.iterfind("ApplicantBag/Applicant"):
        lines = [text(line) for line in owner.iterfind(f"{ADDRESS}/AddressLineText")]
        names = [text(owner, path) for path in NAMES]
        row: Row = {name: text(owner, path) for name, path in OWNER.items()}
        yield row | {
            # The number of a party in its sequence is the code of its type.
            "party_type": owner.get("sequenceNumber"),
            "name": next((name for name in names if name), None),
            "address": "|".join(line for line in lines if line) or None,
        }


def _classes(mark: etree._Element) -> Iterator[Row]:
    for number, each in enumerate(mark.iterfind(GOODS), 1):
        status = text(each, "ClassDescriptionBag//NationalStatusCode")
        for symbol in each.iterfind("GoodsServicesClassificationBag/GoodsServicesClassification"):
            yield {
                "classification_number": number,
                "scheme": known(SCHEMES, text(symbol, "ClassificationKindCode") or "", "scheme"),
                "code": text(symbol, "ClassNumber") or text(symbol, "NationalClassNumber"),
                "first_use": text(each, "NationalFilingBasis/FirstUsedDate"),
                "first_commerce": text(each, "NationalFilingBasis/FirstUsedCommerceDate"),
                "status": status,
            }


def _events(mark: etree._Element) -> Iterator[Row]:
    for event in mark.iterfind("MarkEventBag/MarkEvent"):
        # Four characters of code, and the type behind them, as in PUBOA.
        code = text(event, "NationalMarkEvent/MarkEventCode") or ""
        yield {
            "code": code[:4] or None,
            "type": code[4:] or None,
            "day": text(event, "MarkEventDate"),
            "words": text(event, "NationalMarkEvent/MarkEventDescriptionText"),
            "number": text(event, "NationalMarkEvent/MarkEventEntryNumber"),
        }


def _statements(mark: etree._Element) -> Iterator[Row]:
    for each in mark.iterfind(f"{GOODS}/ClassDescriptionBag/ClassDescription"):
        if words := text(each, "GoodsServicesDescriptionText"):
            yield goods(text(each, "ClassNumber"), words)
    for path, code in STATEMENTS.items():
        for each in mark.iterfind(path):
            if words := text(each):
                yield {"code": code, "words": words}
