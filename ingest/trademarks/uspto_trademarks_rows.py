"""What the formats of US case files have in common: the upstream-shaped rows, named as in TDXF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.collect import Parsed, Row, strings
from iplake.errors import RecordRejected

AT = {"sequence_number": "int64"}
SCHEMAS = {
    "case_files": strings(
        "serial", "action_key", "registration", "transaction", "status", "mark", "drawing", "flags",
        "filed", "registered", "published", "abandoned", "cancelled", "renewed", "status_date",
    ),
    "case_file_owners": strings(
        "serial", "entry", "party_type", "legal_entity", "legal_entity_note", "name", "city",
        "state", "country", "postcode", "nationality", "nationality_state", "address", "changes",
        "other_names", **AT,
    ),
    "case_file_classes": strings(
        "serial", "scheme", "code", "first_use", "first_commerce", "status", "status_date",
        classification_number="int64", **AT,
    ),
    "case_file_events": strings("serial", "code", "type", "day", "words", "number", **AT),
    "case_file_statements": strings("serial", "code", "words", **AT),
}  # fmt: skip

# TSDR says when an indicator is true of which basis, the daily files have a name for each pair;
# without one are: filed without basis, and amended to none.
BASIS_FLAGS = {
    ("filed", "44d"): "filing-basis-filed-as-44d",
    ("filed", "44e"): "filing-basis-filed-as-44e",
    ("filed", "66a"): "filing-basis-filed-as-66a",
    ("filed", "use"): "filed-as-use-application",
    ("filed", "itu"): "intent-to-use",
    ("current", "44d"): "filing-basis-current-44d",
    ("current", "44e"): "filing-basis-current-44e",
    ("current", "66a"): "filing-basis-current-66a",
    ("current", "use"): "use-application-currently",
    ("current", "itu"): "intent-to-use-current",
    ("current", "none"): "without-basis-currently",
    ("amended", "44d"): "amended-to-44d-application",
    ("amended", "44e"): "amended-to-44e-application",
    ("amended", "use"): "amended-to-use-application",
    ("amended", "itu"): "amended-to-itu-application",
}
BASES = {
    "BasisForeignApplicationIndicator": "44d",
    "BasisForeignRegistrationIndicator": "44e",
    "BasisInternationalRegistrationIndicator": "66a",
    "BasisRequestforExtentionOfProtectionIndicator": "66a",
    "BasisUseIndicator": "use",
    "BasisIntentToUseIndicator": "itu",
    "NoBasisIndicator": "none",
    "BasisNoIndicator": "none",
}
KINDS = {
    "trademark": "trademark",
    "service mark": "service-mark",
    "collective trademark": "collective-trademark",
    "collective service mark": "collective-service-mark",
    "collective membership mark": "collective-membership-mark",
    "certification mark": "certification-mark",
}
REGISTERS = {"Principal": None, "Primary": None, "Supplemental": "supplemental-register"}
"""TSDR in ST.96 calls the principal register the primary one."""

# Statements that TSDR has in fields of their own, by their codes in the daily files.
DISCLAIMER, DESCRIPTION, TRANSLATION, COLOURS = "D10000", "DM0000", "TR0000", "CC0000"


def numbered(
    case: Row,
    owners: Iterable[Row],
    classes: Iterable[Row],
    events: Iterable[Row],
    statements: Iterable[Row],
) -> Parsed:
    """Return the rows of one case file by table, numbered, each with the serial number."""
    serial = case["serial"]
    if serial is None:
        raise RecordRejected("missing_field", "a case file has no serial number")
    lists = {
        "case_file_owners": owners,
        "case_file_classes": classes,
        "case_file_events": events,
        "case_file_statements": statements,
    }
    return {"case_files": [case]} | {
        table: [row | {"serial": serial, "sequence_number": at} for at, row in enumerate(rows, 1)]
        for table, rows in lists.items()
    }


def is_true(word: str | None, field: str) -> bool:
    """Return an indicator's value; anything but true, false and nothing is refused."""
    if word in (None, "true", "false"):
        return word == "true"
    raise RecordRejected("unknown_flag", "expected true or false", flag=field, found=word)


def kinds(words: str | None) -> list[str]:
    """Return the flags for the kinds of a mark, as in `Trademark, Service Mark`."""
    return [known(KINDS, word.strip().lower(), "kind of mark") for word in (words or "").split(",")
            if word.strip()]  # fmt: skip


def known(names: Mapping[str, str], word: str, what: str) -> str:
    """Return what a word stands for; one that nobody knows is refused."""
    if word not in names:
        raise RecordRejected("unknown_category", f"unknown {what}", found=word)
    return names[word]


def register(word: str | None) -> list[str]:
    """Return the flag for the register; nothing for the principal one, or none yet."""
    if word is not None and word not in REGISTERS:
        raise RecordRejected("unknown_category", "unknown register", found=word)
    flag = REGISTERS.get(word or "")
    return [flag] if flag else []


def maintenance(section: str | None, decision: str | None) -> str:
    """Return the flag for a declaration to keep a registration, as in `section-8-accepted`."""
    # A declaration of incontestability is not accepted, but acknowledged.
    word = "acknowledged" if (section, decision) == ("15", "Accepted") else decision or "unknown"
    return f"section-{section}-{word.lower()}"


def goods(code: str | None, words: str | None) -> Row:
    """Return the statement of the goods and services of a class, as in `GS0251`."""
    return {"code": f"GS{code}1", "words": words}
