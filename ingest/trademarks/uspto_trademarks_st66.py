"""US case files as TSDR gives them in ST.66, version 1.0 with extensions: one mark in a file."""

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
    maintenance,
    numbered,
    register,
)
from iplake.errors import RecordRejected

BODY = "TradeMarkTransactionBody"
TAG = "{*}TransactionData"
MARK = "TradeMarkDetails/TradeMark"
EXTENSION = f"{MARK}/TradeMarkExt"
DETAILS = f"{EXTENSION}/AdditionalMarkDetails"
WORDS = f"{MARK}/WordMarkSpecification"
CLASS = f"{MARK}/GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"
EVENT = f"{MARK}/MarkEventDetails/MarkEvent"
CASE = {
    "serial": f"{MARK}/ApplicationNumber",
    "registration": f"{MARK}/RegistrationNumber",
    "filed": f"{MARK}/ApplicationDate",
    "registered": f"{MARK}/RegistrationDate",
    "published": f"{MARK}/PublicationDetails/Publication/PublicationDate",
    "status": f"{MARK}/MarkCurrentStatusCode",
    "status_date": f"{MARK}/MarkCurrentStatusDate",
    "renewed": f"{DETAILS}/RenewalDate",
    "mark": f"{WORDS}/MarkVerbalElementText",
    "drawing": f"{EXTENSION}/MarkFeatureCode",
}
INDICATORS = {
    f"{DETAILS}/AmendedToPrincipalRegisterIndicator": "principal-register-amended",
    f"{DETAILS}/AmendedToSupplementalRegisterIndicator": "supplemental-register-amended",
    f"{DETAILS}/ChangeInRegistrationIndicator": "change-registration",
    f"{WORDS}/MarkStandardCharacterIndicator": "standard-characters-claimed",
    f"{MARK}/MarkImageDetails/MarkImage/MarkImageColourIndicator": "color-drawing-current",
}
BASIS_TIMES = {
    "BasisWhenFiled": "filed",
    "BasisCurrently": "current",
    "BasisAmended": "amended",
}
STATEMENTS = {
    f"{MARK}/MarkDisclaimerDetails/MarkDisclaimer": DISCLAIMER,
    f"{MARK}/MarkDescriptionDetails/MarkDescription": DESCRIPTION,
    f"{WORDS}/MarkTranslation": TRANSLATION,
    f"{MARK}/MarkImageDetails/MarkImage/MarkImageColourClaimedText": COLOURS,
}
CLASSES = {
    "NICE": "ClassNumber",
    "PRIMARY": "ClassDescriptionExt/PrimeClassText",
    "US": "ClassDescriptionExt/DomesticClassNumbers",
}
BOOK = "ApplicantAddressBook/FormattedNameAddress"
ADDRESS = f"{BOOK}/Address/FormattedAddress"
OWNER = {
    "party_type": "ApplicantExt/PartyTypeCode",
    "legal_entity": "ApplicantExt/ApplicantLegalEntityCode",
    "legal_entity_note": "ApplicantLegalEntity",
    "nationality": "ApplicantIncorporationCountryCode",
    "nationality_state": "ApplicantExt/IncorporationGeographicRegionCode",
    "city": f"{ADDRESS}/AddressCity",
    "state": f"{ADDRESS}/AddressState",
    "country": f"{ADDRESS}/FormattedAddressCountryCode",
    "postcode": f"{ADDRESS}/AddressPostcode",
}
NAME = f"{BOOK}/Name/FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"
LINES = ("AddressRoom", "AddressBuilding", "AddressStreet")
KNOWN = with_parents(
    [
        *CASE.values(), *INDICATORS, *STATEMENTS, f"{MARK}/RegistrationOfficeCode",
        f"{MARK}/KindMark", f"{EXTENSION}/RegisterCategory",
        f"{DETAILS}/MaintenanceFilingDetails/SectionText",
        f"{DETAILS}/MaintenanceFilingDetails/DecisionStatusText",
        *(f"{EXTENSION}/FilingBasisDetails/{time}/{basis}"
          for time in BASIS_TIMES for basis in BASES),
        *(f"ApplicantDetails/Applicant/{path}" for path in (*OWNER.values(), NAME)),
        *(f"ApplicantDetails/Applicant/{ADDRESS}/{line}" for line in LINES),
        *(f"{CLASS}/{path}" for path in CLASSES.values()),
        f"{CLASS}/ClassNumberStatusCode", f"{CLASS}/GoodsServicesDescription",
        f"{CLASS}/ClassDescriptionExt/FilingBasisDetails/FirstUseDateNumber",
        f"{CLASS}/ClassDescriptionExt/FilingBasisDetails/FirstUseInCommerceDate",
        f"{EVENT}/MarkEventDate", f"{EVENT}/MarkEventCode",
        f"{EVENT}/MarkEventExt/MarkEventInternalDescriptionText",
        f"{EVENT}/MarkEventExt/MarkEventEntryNumber",
    ]
)  # fmt: skip
# As in ST.96: attorneys, correspondents and staff; where the file lies; assignments, which have a
# source of their own; how the mark looks; what codes say in words; the basis of single classes.
IGNORED = frozenset(
    f"""
    {MARK}/FilingPlace {MARK}/MarkFeature {MARK}/TradeDistinctivenessText
    {WORDS}/MarkTransliteration
    {MARK}/MarkImageDetails/MarkImage/MarkImageColourPartClaimedText
    {CLASS}/ClassDescriptionExt/ClassNumberStatusDescriptionText
    {CLASS}/ClassDescriptionExt/FilingBasisDetails/BasisCurrently
    {CLASS}/ClassDescriptionExt/ActiveClassQuantity
    {CLASS}/ClassDescriptionExt/NiceClassTitleText
    {CLASS}/ClassDescriptionExt/NationalClassTitleText
    {MARK}/GoodsServicesDetails/NationalGoodsServicesExt
    {MARK}/PublicationDetails/Publication/PublicationIdentifier
    {MARK}/PublicationDetails/Publication/PublicationExt {MARK}/RepresentativeDetails
    {MARK}/StaffDetails {EVENT}/Comment {EVENT}/MarkEventExt/MarkEventProceedingNumber
    {EXTENSION}/MarkCurrentStatusExternalDescriptionText {EXTENSION}/AdditionalInformation
    {EXTENSION}/OfficeDetails {DETAILS}/RegisterAmendedDate
    {DETAILS}/PublishPreviouslyRegisteredMarkIndicator
    {DETAILS}/MaintenanceFilingDetails/SectionDescriptionText
    {EXTENSION}/CertificateCorrectingRegistrationText {EXTENSION}/TradeDistinctivenessScope
    {EXTENSION}/MarkImageDetails {MARK}/AssignmentBagExt
    ApplicantDetails/Applicant/ApplicantAddressBook/AddressBookExt
    ApplicantDetails/Applicant/{ADDRESS}/FormattedAddressExt
    ApplicantDetails/Applicant/ApplicantExt/PartyTypeDescriptionText
    ApplicantDetails/Applicant/ApplicantExt/IncorporationGeographicRegionName
    """.split()
)


def unknown(data: etree._Element) -> list[str]:
    """Return the fields that nobody handles or ignores by name."""
    return unknown_paths(data, KNOWN, IGNORED)


def parse(data: etree._Element) -> Parsed:
    """Return the rows of one mark, whose elements have lost their namespaces."""
    if (found := len(data.findall(MARK))) != 1:
        raise RecordRejected("unexpected_shape", "expected one mark", found=found)
    if (office := text(data, f"{MARK}/RegistrationOfficeCode")) != "US":
        raise RecordRejected("unknown_category", "not a mark of this office", office=office)
    case: Row = {name: text(data, path) for name, path in CASE.items()}
    case["flags"] = "|".join(dict.fromkeys(_flags(data))) or None
    return numbered(case, _owners(data), _classes(data), _events(data), _statements(data))


def _flags(data: etree._Element) -> Iterator[str]:
    yield from kinds(text(data, f"{MARK}/KindMark"))
    yield from register(text(data, f"{EXTENSION}/RegisterCategory"))
    for path, flag in INDICATORS.items():
        if is_true(text(data, path), path):
            yield flag
    for element, time in BASIS_TIMES.items():
        for each in data.iterfind(f"{EXTENSION}/FilingBasisDetails/{element}/*"):
            basis = BASES.get(str(each.tag), "")
            if is_true(text(each), str(each.tag)) and (time, basis) in BASIS_FLAGS:
                yield BASIS_FLAGS[time, basis]
    for filing in data.iterfind(f"{DETAILS}/MaintenanceFilingDetails"):
        if len(filing):
            yield maintenance(text(filing, "SectionText"), text(filing, "DecisionStatusText"))


def _owners(data: etree._Element) -> Iterator[Row]:
    for owner in data.iterfind("ApplicantDetails/Applicant"):
        names = [text(line) for line in owner.iterfind(NAME)]
        lines = [text(owner, f"{ADDRESS}/{line}") for line in LINES]
        row: Row = {name: text(owner, path) for name, path in OWNER.items()}
        yield row | {
            "name": " ".join(name for name in names if name) or None,
            "address": "|".join(line for line in lines if line) or None,
        }


def _classes(data: etree._Element) -> Iterator[Row]:
    for number, each in enumerate(data.iterfind(CLASS), 1):
        basis = "ClassDescriptionExt/FilingBasisDetails"
        for scheme, path in CLASSES.items():
            for code in each.iterfind(path):
                yield {
                    "classification_number": number,
                    "scheme": scheme,
                    "code": text(code),
                    "first_use": text(each, f"{basis}/FirstUseDateNumber"),
                    "first_commerce": text(each, f"{basis}/FirstUseInCommerceDate"),
                    "status": text(each, "ClassNumberStatusCode"),
                }


def _events(data: etree._Element) -> Iterator[Row]:
    for event in data.iterfind(EVENT):
        yield {
            "code": text(event, "MarkEventCode"),
            "day": text(event, "MarkEventDate"),
            "words": text(event, "MarkEventExt/MarkEventInternalDescriptionText"),
            "number": text(event, "MarkEventExt/MarkEventEntryNumber"),
        }


def _statements(data: etree._Element) -> Iterator[Row]:
    for each in data.iterfind(CLASS):
        if words := text(each, "GoodsServicesDescription"):
            yield goods(text(each, "ClassNumber"), words)
    for path, code in STATEMENTS.items():
        for each in data.iterfind(path):
            if words := text(each):
                yield {"code": code, "words": words}
