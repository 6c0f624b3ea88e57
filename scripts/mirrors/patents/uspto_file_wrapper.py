"""Mirrors of USPTO file wrappers. The sample: applications of organisations, in today's shape.

Re-rendered from facts: numbers, dates, titles, statuses, events, priorities, continuity, symbols,
and organisations with their places. Left out: inventors, examiners, attorneys, addresses for
letters, assignors. Most of them were answered by the portal's test site of 2024, whose answers had
other names for their parts. None of the applications comes from Guangdong.
"""

from __future__ import annotations

import json
from pathlib import Path

from scripts.mirrors import odp

FOLDER = "patent/uspto_odp_json"
EARLIER = "patent/uspto_odp_json_beta2024"
BAG = "patentFileWrapperDataBag"
WEEKLY = "2021-2026-patent-filewrapper-full-json-20260601.zip"
DAILY = "patent-filewrapper-delta-json-20260605.zip"
META = (
    "nationalStageIndicator", "firstInventorToFileIndicator", "applicationStatusDate",
    "applicationStatusDescriptionText", "filingDate", "effectiveFilingDate", "grantDate",
    "groupArtUnitNumber", "applicationTypeCode", "applicationTypeLabelName",
    "applicationTypeCategory", "inventionTitle", "patentNumber", "applicationStatusCode",
    "earliestPublicationDate", "applicationConfirmationNumber", "customerNumber",
    "cpcClassificationBag", "firstApplicantName", "internationalRegistrationNumber",
    "internationalRegistrationPublicationDate", "uspcSymbolText", "earliestPublicationNumber",
)  # fmt: skip
ADDRESS = ("cityName", "geographicRegionCode", "countryCode", "postalAddressCategory")
ASSIGNMENT = (
    "reelNumber", "frameNumber", "conveyanceText", "assignmentReceivedDate",
    "assignmentRecordedDate", "assignmentMailedDate",
)  # fmt: skip
ASSIGNEE = ("cityName", "geographicRegionCode", "postalCode", "ictCountryCode", "countryName")

Fields = dict[str, object]


def sample(real: Path, out: Path) -> None:
    """Write a weekly file of all applications, and a daily one that has two of them again."""
    search = _bag(real / EARLIER / "test_get_search__1_http200.json", "patentBag")
    old = _bag(real / EARLIER / "test_can_get_old_applications__1_http200.json", "patentBag")
    given = _bag(real / FOLDER / "raw_get_patent.json", BAG)
    assigned = _bag(real / FOLDER / "raw_get_patent_assignment.json", BAG)
    before = [_of_today(each) for each in (*search, *old)]
    today = [_rendered(each) for each in (*given, *assigned)]
    changed = [
        each | {"lastIngestionDateTime": "2026-06-05T13:00:02"} for each in (before[-1], today[0])
    ]
    files = {
        ("PTFWPRE", WEEKLY, "20260601"): ("2024.json", [*before, *today]),
        ("PTFWPRD", DAILY, "20260605"): ("delta.json", changed),
    }
    for (product, name, day), (member, records) in files.items():
        text = json.dumps({BAG: records}, sort_keys=True) + "\n"
        odp.place(out, product, name).write_bytes(odp.zipped(member, text))
        odp.write_listing(out, product, [(name, day)], "DAILY")


def real(real: Path, out: Path) -> None:
    """Link the answers about applications; lists of other things are not of this source."""
    days: dict[str, list[tuple[str, str]]] = {"PTFWPRE": [], "PTFWPRD": []}
    for path in sorted((real / FOLDER).glob("*.json")):
        if records(path) is not None:
            link = odp.place(out, "PTFWPRD", path.name)
            link.unlink(missing_ok=True)
            link.symlink_to(path.resolve())
            days["PTFWPRD"].append((path.name, "20260609"))
    for product, names in days.items():
        odp.write_listing(out, product, names, "DAILY")


def records(path: Path) -> int | None:
    """Return how many applications a real file has; None for a file of other things."""
    answer = json.loads(path.read_bytes())
    return len(answer[BAG]) if BAG in answer else None


def _bag(path: Path, name: str) -> list[Fields]:
    found: list[Fields] = json.loads(path.read_bytes())[name]
    return found


def _of_today(record: Fields) -> Fields:
    """Return an application of the test site in the shape that answers have today."""
    continuity = _fields(record.get("continuityBag"))
    described = "claimParentageTypeCodeDescription"
    shaped: Fields = record | {
        "applicationMetaData": record
        | {
            "uspcSymbolText": record.get("class/subclass"),
            "entityStatusData": _some(
                record, ("smallEntityStatusIndicator", "businessEntityStatusCategory")
            ),
        },
        **{
            bag: [
                {f"{key}Text" if key == described else key: value for key, value in each.items()}
                for each in _list(continuity.get(bag))
            ]
            for bag in ("parentContinuityBag", "childContinuityBag")
        },
        "lastIngestionDateTime": "2026-05-30T13:00:02",
    }
    return _rendered(shaped)


def _rendered(record: Fields) -> Fields:
    meta = _fields(record.get("applicationMetaData"))
    shown: Fields = _some(record, ("applicationNumberText", "lastIngestionDateTime"))
    if meta:
        shown["applicationMetaData"] = _some(meta, (*META, "entityStatusData")) | {
            "applicantBag": [_party(each) for each in _list(meta.get("applicantBag"))]
        }
    for bag in ("eventDataBag", "parentContinuityBag", "childContinuityBag", "foreignPriorityBag"):
        if found := _list(record.get(bag)):
            shown[bag] = found
    for name in ("grantDocumentMetaData", "pgpubDocumentMetaData"):
        if found_in := _fields(record.get(name)):
            shown[name] = found_in
    term = _fields(record.get("patentTermAdjustmentData"))
    if days := {name: int(str(value).split(".")[0]) for name, value in term.items()
                if name.endswith("Quantity")}:  # fmt: skip
        shown["patentTermAdjustmentData"] = days
    if assignments := _list(record.get("assignmentBag")):
        shown["assignmentBag"] = [_assignment(each) for each in assignments]
    return shown


def _assignment(assignment: Fields) -> Fields:
    number = assignment.get("reelAndFrameNumber") or assignment.get("reelNumber/frameNumber")
    return _some(assignment, ASSIGNMENT) | {
        "reelAndFrameNumber": number,
        "assigneeBag": [
            {
                "assigneeNameText": each["assigneeNameText"],
                "assigneeAddress": _some(_fields(each.get("assigneeAddress")), ASSIGNEE),
            }
            for each in _list(assignment.get("assigneeBag"))
        ],
    }


def _party(party: Fields) -> Fields:
    addresses = _list(party.get("correspondenceAddressBag"))
    return {
        "applicantNameText": party["applicantNameText"],
        "correspondenceAddressBag": [_some(each, ADDRESS) for each in addresses],
    }


def _some(record: Fields, names: tuple[str, ...]) -> Fields:
    return {name: record[name] for name in names if record.get(name) is not None}


def _fields(found: object) -> Fields:
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[Fields]:
    return found if isinstance(found, list) else []
