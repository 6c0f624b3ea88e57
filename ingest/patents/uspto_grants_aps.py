"""Grant documents of 1976 to 2001: APS text, the "green book" of four-letter tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from ingest.collect import Parsed, Record, Row
from ingest.patents.us_document import Document
from ingest.patents.us_weekly import Named
from ingest.readers.xml import MAX_DOCUMENT_BYTES, RAW_BYTES
from iplake.contract import report_leftovers
from iplake.errors import RecordRejected

ROOT = "PATN"
START = b"PATN"
STARTS = (b"HHHHHT", START)

# Kind codes came in 2001: these are what the office gave such documents in its later lists.
KINDS = {"1": "A", "2": "E", "4": "S", "5": "I4", "6": "P", "7": "H"}
FULL_TEXT = frozenset(
    ("ABST", "GOVT", "PARN", "BSUM", "DRWD", "DETD", "CLMS", "DCLM", "SEQL", "TBL")
)
NOT_KEPT = {
    "PATN": frozenset(("PBL", "ECL", "EXA", "EXP", "NPS")),
    "INVT": frozenset(("R47", "ITX")),
    "ASSG": frozenset(("ITX",)),
    "CLAS": frozenset(("FSC", "FSS", "DCL")),
    "REIS": frozenset(("COD",)),
    "UREF": frozenset(("XCL", "UCL")),
    "FREF": frozenset(("ICL", "XCL")),
    "LREP": frozenset(("AAT", "AGT", "ATT", "REG", "NAM", "STR", "CTY", "STA", "CNT", "ZIP")),
}  # fmt: skip

Section = tuple[str, list[tuple[str, str]]]


def split(stream: IO[bytes], first: int) -> Iterator[Record[Named]]:
    """Yield the documents of an APS file, each from its `PATN` line on.

    A last line without its end tells that the file is cut off.
    """
    number = first
    lines: list[bytes] = []
    size = 0
    for line in stream:
        if line.rstrip() == START and lines:
            if lines[0].startswith(START):
                yield _record(number, lines, size)
                number += 1
            lines, size = [], 0
        size += len(line)
        if size <= MAX_DOCUMENT_BYTES:
            lines.append(line)
    if lines and lines[0].startswith(START):
        if lines[-1].endswith(b"\n"):
            yield _record(number, lines, size)
        else:
            cut = RecordRejected("truncated", "an APS file breaks off within a line", bytes=size)
            yield Record(number, f"document {number}", cut, b"".join(lines)[:RAW_BYTES])


def _record(number: int, lines: list[bytes], size: int) -> Record[Named]:
    raw = b"".join(lines)
    if size > MAX_DOCUMENT_BYTES:
        long = RecordRejected("document_too_long", "a document is longer than its bound", size=size)
        return Record(number, f"document {number}", long, raw[:RAW_BYTES])
    return Record(number, f"document {number}", (ROOT, raw), raw)


def parse(content: bytes) -> Parsed:
    """Return the rows of one grant; its full text is skipped by the names of its sections."""
    document = Document(
        "grant", {"generation": "APS", "country": "US", "has_terminal_disclaimer": False}
    )
    for name, lines in _sections(content):
        _read(name, lines, document)
    if "number" not in document.main:
        raise RecordRejected("missing_field", "an APS document has no number (WKU)")
    return document.rows()


def _sections(content: bytes) -> Iterator[Section]:
    """Yield each section with its tags and values; a value's further lines are joined to it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    name, lines, is_text = "", list[tuple[str, str]](), False
    for line in text.splitlines():
        tag = line[:4].rstrip()
        value = line[5:].rstrip()
        if len(tag) == 4 and not value and tag.isalpha():
            if name and not is_text:
                yield name, lines
            name, lines, is_text = tag, [], tag in FULL_TEXT
        elif is_text:
            continue
        elif tag:
            lines.append((tag, value))
        elif lines:
            last, before = lines[-1]
            lines[-1] = last, f"{before} {value.strip()}"
    if name and not is_text:
        yield name, lines


def _read(name: str, lines: list[tuple[str, str]], document: Document) -> None:
    grant = document.main
    match name:
        case "PATN":
            record = _single(name, lines)
            # The last digit is a check digit.
            grant["number"] = _needed(record, "WKU")[:-1]
            grant["kind"] = _kind(_needed(record, "APT"))
            source = record.pop("SRC", "")
            grant["series_code"] = "29" if source == "D" else source.zfill(2) if source else None
            serial = "".join(filter(str.isdigit, record.pop("APN", "")[:6]))
            grant["application_number"] = f"{grant['series_code']}{serial}" if serial else None
            for field, tag in (("date", "ISD"), ("filing_date", "APD"), ("title", "TTL"),
                               ("claims", "NCL"), ("art_unit", "ART"), ("sheets", "NDR"),
                               ("figures", "NFG"), ("term_years", "TRM")):  # fmt: skip
                grant[field] = record.pop(tag, None)
            grant["has_terminal_disclaimer"] = record.pop("DCD", None) is not None
            _leave(name, record)
        case "INVT" | "ASSG":
            for record in _groups(name, lines, "NAM"):
                document.parties.append(_party(name, record))
        case "LREP":
            for tag, value in lines:
                if tag in {"FRM", "FR2"}:
                    # FRM is a firm, FR2 one of its attorneys.
                    named = "organisation" if tag == "FRM" else "name"
                    document.parties.append({"role": "agent", named: value})
                elif tag not in NOT_KEPT[name]:
                    _leave(name, {tag: value})
        case "CLAS":
            _read_classes(lines, document)
        case "UREF" | "FREF" | "OREF":
            document.citations.extend(_citations(name, lines))
        case "PRIR":
            for record in _groups(name, lines, "CNT"):
                row: Row = {"country": record.pop("CNT", None), "date": record.pop("APD", None)}
                row["number"] = record.pop("APN", None)
                document.priorities.append(row)
                _leave(name, record)
        case "REIS" | "RLAP":
            for record in _groups(name, lines, "COD"):
                document.relations.append(_relation(name, record))
        case "PCTA":
            record = _single(name, lines)
            for field, tag in (("pct_application_number", "PCN"), ("national_stage_date", "PD1"),
                               ("pct_filing_date", "PD3"), ("pct_publication_number", "PCP"),
                               ("pct_publication_date", "PCD")):  # fmt: skip
                grant[field] = record.pop(tag, None)
            record.pop("PD2", None)
            _leave(name, record)
        case _:
            report_leftovers([name])


def _kind(code: str) -> str:
    if code not in KINDS:
        raise RecordRejected("unknown_category", "unknown type of document", APT=code)
    return KINDS[code]


def _party(name: str, record: dict[str, str]) -> Row:
    row: Row = {"role": "inventor" if name == "INVT" else "assignee"}
    code = record.pop("COD", None)
    who = _needed(record, "NAM")
    family, divided, given = who.partition("; ")
    # Assignees 04 and 05 are individuals; persons are written "family; given".
    if name == "INVT" or divided:
        row |= {"last_name": family, "first_name": given or None}
    else:
        row["organisation"] = who
    row["assignee_role_code"] = code
    for field, tag in (("street", "STR"), ("city", "CTY"), ("state", "STA"), ("country", "CNT"),
                       ("postcode", "ZIP")):  # fmt: skip
        row[field] = record.pop(tag, None)
    _leave(name, record)
    return row


def _read_classes(lines: list[tuple[str, str]], document: Document) -> None:
    national = [value for tag, value in lines if tag in {"OCL", "XCL"}]
    international = [value for tag, value in lines if tag == "ICL"]
    edition = next((value for tag, value in lines if tag == "EDF"), None)
    for tag, value in lines:
        if tag not in {"OCL", "XCL", "ICL", "EDF"}:
            _leave("CLAS", {tag: value})
    if international:
        scheme = "LOCARNO" if document.main.get("kind") == "S" else "IPC"
        document.classify(scheme, international, edition)
    document.classify("USPC", national)


def _citations(name: str, lines: list[tuple[str, str]]) -> Iterator[Row]:
    if name == "OREF":
        for tag, value in lines:
            if tag != "PAL":
                _leave(name, {tag: value})
            yield {"type": "non_patent", "text": value}
        return
    for record in _groups(name, lines, "PNO"):
        yield {
            "type": "patent",
            "number": record.pop("PNO", None),
            "date": record.pop("ISD", None),
            "name": record.pop("NAM", None),
            "country": record.pop("CNT", None) if name == "FREF" else "US",
            "classification": record.pop("OCL", None),
        }
        _leave(name, record)


def _relation(name: str, record: dict[str, str]) -> Row:
    code = record.pop("COD", "")
    # The codes of RLAP are not explained by anything at hand: kept as the status they came with.
    row: Row = {"type": "reissue" if name == "REIS" else "unspecified", "country": "US"}
    row["status"] = None if name == "REIS" else f"code {code}"
    row["number"] = record.pop("APN", None)
    row["date"] = record.pop("APD", None)
    row["parent_country"] = "US"
    row["parent_number"] = record.pop("PNO", None)
    record.pop("ISD", None)
    record.pop("PSC", None)
    _leave(name, record)
    return row


def _groups(name: str, lines: list[tuple[str, str]], first: str) -> Iterator[dict[str, str]]:
    """Yield the records of a section, which may hold several that start with the same tag."""
    group: list[tuple[str, str]] = []
    for tag, value in lines:
        if tag == first and any(each == first for each, _ in group):
            yield _single(name, group)
            group = []
        group.append((tag, value))
    if group:
        yield _single(name, group)


def _single(name: str, lines: list[tuple[str, str]]) -> dict[str, str]:
    """Return tags and values; a tag that may repeat without harm keeps its first value."""
    record: dict[str, str] = {}
    for tag, value in lines:
        if tag in record and tag not in NOT_KEPT.get(name, ()):
            raise RecordRejected("repeated_field", "a tag comes twice", field=f"{name}.{tag}")
        record.setdefault(tag, value)
    return record


def _needed(record: dict[str, str], tag: str) -> str:
    if tag not in record:
        raise RecordRejected("missing_field", "a tag is missing", field=tag)
    return record.pop(tag)


def _leave(name: str, tags: Iterable[str]) -> None:
    report_leftovers(tags, ignore=NOT_KEPT.get(name, ()), within=f"{name}.")
