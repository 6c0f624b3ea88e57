"""US case files as TSDR gives them in JSON: the newest of its formats, and the fullest."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.collect import Parsed, Row
from ingest.readers.elements import with_parents
from ingest.readers.json import Object, list_of, object_of, unknown_keys
from ingest.trademarks.uspto_trademarks_rows import (
    COLOURS,
    DESCRIPTION,
    DISCLAIMER,
    TRANSLATION,
    goods,
    numbered,
)
from iplake.errors import RecordRejected

PATH = "trademarks.item"
CASE = {
    "serial": "serialNumber",
    "registration": "usRegistrationNumber",
    "filed": "filingDate",
    "registered": "usRegistrationDate",
    "abandoned": "dateAbandoned",
    "status": "status",
    "status_date": "statusDate",
    "mark": "markElement",
    "drawing": "markDrawingCd",
}
FLAGS = {
    "trademark": "trademark",
    "serviceMark": "service-mark",
    "collectiveTradeMark": "collective-trademark",
    "collectiveServiceMark": "collective-service-mark",
    "collectiveMembershipMark": "collective-membership-mark",
    "certificationMark": "certification-mark",
    "supplementalRegister": "supplemental-register",
    "amendPrincipal": "principal-register-amended",
    "amendSupplemental": "supplemental-register-amended",
    "changeInReg": "change-registration",
    "standardChar": "standard-characters-claimed",
    "colorDrawingCurr": "color-drawing-current",
    "section2f": "section-2f",
    "section2fPartial": "section-2f-in-part",
    "sect8Filed": "section-8-filed",
    "sect8Acpt": "section-8-accepted",
    "sect8PartialAcpt": "section-8-partial-accept",
    "sect15Filed": "section-15-filed",
    "sect15Ack": "section-15-acknowledged",
    "sect71Filed": "section-71-filed",
    "sect71Acpt": "section-71-accepted",
    "sect71PartialAcpt": "section-71-partial-accept",
    "renewalFiled": "renewal-filed",
    "filedUse": "filed-as-use-application",
    "filedItu": "intent-to-use",
    "filed44d": "filing-basis-filed-as-44d",
    "filed44e": "filing-basis-filed-as-44e",
    "filed66a": "filing-basis-filed-as-66a",
    "useCurr": "use-application-currently",
    "ituCurr": "intent-to-use-current",
    "sect44dCurr": "filing-basis-current-44d",
    "sect44eCurr": "filing-basis-current-44e",
    "sect66aCurr": "filing-basis-current-66a",
    "noBasisCurr": "without-basis-currently",
    "useAmended": "amended-to-use-application",
    "ituAmended": "amended-to-itu-application",
    "sect44dAmended": "amended-to-44d-application",
    "sect44eAmended": "amended-to-44e-application",
}
STATEMENTS = {
    "disclaimer": DISCLAIMER,
    "descOfMark": DESCRIPTION,
    "translation": TRANSLATION,
    "colorClaimed": COLOURS,
}
OWNER = {
    "entry": "entityNum",
    "party_type": "partyType",
    "legal_entity": "entityType/code",
    "legal_entity_note": "entityType/description",
    "name": "name",
    "city": "city",
    "state": "addressStateCountry/stateCountry/code",
    "country": "addressStateCountry/iso/code",
    "postcode": "zip",
    "nationality": "citizenship/iso/code",
    "nationality_state": "citizenship/stateCountry/code",
    "changes": "assignment",
}
LINES, OTHERS = ("address1", "address2"), ("dbaAkaFormerly", "composedOf")
CLASSES = {"NICE": "internationalClasses", "US": "usClasses"}
EVENT = {
    "code": "entryCode",
    "type": "entryType",
    "day": "entryDate",
    "words": "entryDesc",
    "number": "entryNumber",
}
GOODS = ("primeClassCode", "firstUseDate", "firstUseInCommerceDate", "statusCode", "statusDate",
         "description")  # fmt: skip
KNOWN = with_parents(
    [
        *(f"status/{name}" for name in (*CASE.values(), *FLAGS, *STATEMENTS)),
        *(f"parties/ownerGroups/{path}" for path in (*OWNER.values(), *LINES, *OTHERS)),
        *(f"gsList/{name}" for name in GOODS),
        *(f"gsList/{name}/code" for name in CLASSES.values()),
        *(f"prosecutionHistory/{name}" for name in EVENT.values()),
        "publication/officialGazettes",
    ]
)
# As in XML: attorneys, correspondents and staff; where the file lies; designs; what codes say in
# words; regions written three times; indicators of fees, and those that no daily file has.
IGNORED = frozenset(
    """
    divisional foreignInfoList internationalData relationshipBundleList publication/serialNumber
    parties/ownerGroups/serialNumber parties/ownerGroups/partyTypeDescription
    parties/ownerGroups/reelFrame parties/ownerGroups/emailList
    parties/ownerGroups/addressStateCountry/isoRegion parties/ownerGroups/addressStateCountry/wipo
    parties/ownerGroups/addressStateCountry/iso/name
    parties/ownerGroups/addressStateCountry/stateCountry/name
    parties/ownerGroups/citizenship/isoRegion parties/ownerGroups/citizenship/wipo
    parties/ownerGroups/citizenship/iso/name parties/ownerGroups/citizenship/stateCountry/name
    gsList/serialNumber gsList/internationalClassPrime gsList/pseudoClasses gsList/classBasis
    gsList/statusDescription gsList/firstUseDateDescription
    gsList/firstUseInCommerceDateDescription gsList/internationalClasses/description
    gsList/usClasses/description prosecutionHistory/proceedingNum
    status/staff status/correspondence status/designSearchList status/attrnyDktNumber
    status/filedAsTeasPlusApp status/currentlyAsTeasPlusApp status/filedAsBaseApp
    status/currentlyAsBaseApp status/filedAsTeasRfApp status/currentlyAsTeasRfApp status/others
    status/publishedPrevRegMark status/clsTotal status/filedNoBasis status/lawOffAsgnCd
    status/currLocationCd status/currLocationDt status/chargeToLocation status/phyLocation
    status/phyLocationDt status/extStatusDesc status/intStatusDesc status/markDrawDesc
    status/currentLoc status/correction status/concurrentUse status/parentOf status/prevRegNumList
    status/newLawOffAsgnCd status/lawOffAssigned status/tm5Status status/tm5StatusDesc
    status/tm5StatusDef status/physicalLocationHistory status/pseudoMark
    """.split()
)


def flattened(record: Object) -> Object:
    """Return a record whose owners are one list; they come grouped by the code of their type."""
    parties = object_of(record.get("parties", {}))
    groups = object_of(parties.get("ownerGroups", {}))
    owners = [owner for group in groups.values() for owner in list_of(group)]
    return record | {"parties": parties | {"ownerGroups": owners}}


def unknown(record: Object) -> list[str]:
    """Return the fields that nobody handles or ignores by name."""
    return unknown_keys(record, KNOWN, IGNORED)


def parse(record: Object) -> Parsed:
    """Return the rows of one case file, whose owners are one list."""
    status = object_of(record["status"])
    case: Row = {name: _words(status, field) for name, field in CASE.items()}
    case["flags"] = "|".join(flag for name, flag in FLAGS.items() if _is_true(status, name)) or None
    owners = [_owner(object_of(each)) for each in list_of(
        object_of(record["parties"])["ownerGroups"])]  # fmt: skip
    listed = [object_of(each) for each in list_of(record["gsList"])]
    events: list[Row] = [
        {name: _words(object_of(each), field) for name, field in EVENT.items()}
        for each in list_of(record["prosecutionHistory"])
    ]
    said: list[Row] = [
        goods(_words(each, "primeClassCode"), words)
        for each in listed
        if (words := _words(each, "description"))
    ]
    said += [
        {"code": code, "words": words}
        for name, code in STATEMENTS.items()
        if (words := _words(status, name))
    ]
    return numbered(case, owners, _classes(listed), events, said)


def _owner(owner: Object) -> Row:
    row: Row = {name: _words(owner, path) for name, path in OWNER.items()}
    return row | {
        "address": "|".join(line for name in LINES if (line := _words(owner, name))) or None,
        "other_names": "|".join(each for name in OTHERS if (each := _words(owner, name))) or None,
    }


def _classes(listed: list[Object]) -> Iterator[Row]:
    for number, each in enumerate(listed, 1):
        row: Row = {
            "classification_number": number,
            "first_use": _words(each, "firstUseDate"),
            "first_commerce": _words(each, "firstUseInCommerceDate"),
            "status": _words(each, "statusCode"),
            "status_date": _words(each, "statusDate"),
        }
        if prime := _words(each, "primeClassCode"):
            yield row | {"scheme": "PRIMARY", "code": prime}
        for scheme, field in CLASSES.items():
            for symbol in list_of(each.get(field) or []):
                yield row | {"scheme": scheme, "code": _words(object_of(symbol), "code")}


def _words(record: Object, path: str) -> str | None:
    """Return a field's text, its blanks single; numbers become text, nothing and none are null."""
    value: object = record
    for name in path.split("/"):
        value = object_of(value).get(name)
        if value is None:
            return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecordRejected(
            "wrong_type", "expected a text or a number", field=path, found=repr(value)[:80]
        )
    return " ".join(str(value).split()) or None


def _is_true(record: Object, name: str) -> bool:
    value = record.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise RecordRejected("wrong_type", "expected true or false", field=name, found=str(value))
