"""Trials, appeals and interferences before the PTAB, in JSON of the USPTO Open Data Portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain

from ingest.collect import Parsed, Record, Row, collect
from ingest.patents.uspto_odp import (
    object_under,
    objects_under,
    read_search,
    records_in_bags,
    searched,
    text_under,
    texts_under,
    whole_under,
)
from ingest.patents.uspto_ptab_fields import IGNORED, KINDS, KNOWN, PARTIES, SCHEMAS, SUBJECTS
from ingest.readers.json import Object, object_of, text_of, unknown_keys
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

# The download of appeals calls them trials.
BAGS = (
    "patentTrialProceedingDataBag", "patentTrialDocumentDataBag", "patentAppealDataBag",
    "patentInterferenceDataBag", "patentTrialData", "interferenceData",
)  # fmt: skip

Numbered = tuple[int, Object]
"""A record with its number in the file."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield a harvest for each window of each declared search that has hits."""
    today = datetime.now(UTC).date()
    for query in source.endpoint.queries:
        yield from searched(fetch, source, read_search(query), BAGS, today)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a harvest is of pages, which are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield a file's proceedings, or its decisions or documents and the proceedings they are of.

    A proceeding that several decisions or documents repeat is given once, as it stood last.
    """
    records = records_in_bags(file, BAGS)
    first = next(records, None)
    if first is None:
        return
    records = chain([first], records)
    main = _main_table(first)
    if main == source.main_table:
        yield from collect(records, _of_record, source, SCHEMAS, unknown=_unknown)
        return
    held = _Held(_decision if main == "decisions" else _document)
    own = {table: SCHEMAS[table] for table in ("decisions", "documents")}
    yield from collect(map(_numbered, records), held.parse, source, own, main=main, unknown=_other)
    theirs = {table: SCHEMAS[table] for table in ("proceedings", "proceeding_parties")}
    yield from collect(held.records(), _as_parsed, source, theirs)


@dataclass(slots=True)
class _Held:
    """Parses papers, and holds the proceedings they are of, each as it stood last."""

    parse_paper: Callable[[Object], Parsed]
    latest: dict[str, tuple[str, int, Parsed]] = field(default_factory=dict)

    def parse(self, numbered: Numbered) -> Parsed:
        """Return a paper's rows; its proceeding waits for the end."""
        at, record = numbered
        rows, proceeding = self.parse_paper(record), _of_record(record)
        _, number = _identity(record)
        modified = text_under(record, "lastModifiedDateTime") or ""
        before = self.latest.get(number)
        if before is None or before[0] < modified:
            self.latest[number] = modified, at, proceeding
        return rows

    def records(self) -> Iterator[Record[Parsed]]:
        """Yield what is held, numbered as the papers that it was taken from."""
        for _, at, proceeding in sorted(self.latest.values(), key=lambda held: held[1]):
            yield Record(at, f"record {at}", proceeding, b"")


def _numbered(record: Record[Object]) -> Record[Numbered]:
    content = record.content
    pair = (record.number, content) if isinstance(content, dict) else content
    return Record(record.number, record.locator, pair, record.raw)


def _as_parsed(parsed: Parsed) -> Parsed:
    return parsed


def _main_table(first: Record[Object]) -> str:
    """Return which table a file's records are rows of: they are all of one kind."""
    content = first.content
    if isinstance(content, RecordRejected):
        return "proceedings"
    if "trialNumber" in content:
        return "documents" if "documentData" in content else "proceedings"
    return "decisions"


def _unknown(record: Object) -> list[str]:
    return unknown_keys(record, KNOWN, IGNORED)


def _other(numbered: Numbered) -> list[str]:
    return _unknown(numbered[1])


def _identity(record: Object) -> tuple[str, str]:
    """Return kind and number of the proceeding that a record is of."""
    for kind, name in KINDS.items():
        if name in record:
            return kind, text_of(record[name])
    raise RecordRejected("missing_field", "expected a number", expected=", ".join(KINDS.values()))


def _of_record(record: Object) -> Parsed:
    """Return the proceeding that a record is, or is of, with its parties."""
    kind, number = _identity(record)
    meta = object_under(record, f"{kind}MetaData")
    parties = [
        _party(number, role, object_of(record[name]))
        for role, name in PARTIES.items()
        if record.get(name) is not None
    ]
    parties += [
        _party(number, "additional_party", each)
        for each in objects_under(record, "additionalPartyDataBag")
    ]
    for at, party in enumerate(parties, 1):
        party["sequence_number"] = at
    subject: Row = parties[0] if parties and parties[0]["role"] in SUBJECTS else {}
    filing = {"trial": "petitionFilingDate", "appeal": "appealFilingDate"}
    proceeding: Row = {
        "number": number,
        "kind": kind,
        "trial_type": text_under(meta, "trialTypeCode"),
        "status": text_under(meta, "trialStatusCategory"),
        "filing_date": text_under(meta, filing.get(kind, "declarationDate")),
        "accorded_filing_date": text_under(meta, "accordedFilingDate"),
        "institution_date": text_under(meta, "institutionDecisionDate"),
        "docket_notice_date": text_under(meta, "docketNoticeMailedDate"),
        "latest_decision_date": text_under(meta, "latestDecisionDate"),
        "termination_date": text_under(meta, "terminationDate"),
        "modified": text_under(record, "lastModifiedDateTime"),
        "application_category": text_under(meta, "applicationTypeCategory"),
        "application_number": subject.get("application_number"),
        "patent_number": subject.get("patent_number"),
        "technology_center": subject.get("technology_center"),
        "art_unit": subject.get("art_unit"),
    }
    return {"proceedings": [proceeding], "proceeding_parties": parties}


def _party(number: str, role: str, party: Object) -> Row:
    return {
        "number": number,
        "role": role,
        "real_party": text_under(party, "realPartyInInterestName")
        or text_under(party, "additionalPartyName")
        or text_under(party, "thirdPartyName"),
        "owner": text_under(party, "patentOwnerName"),
        "inventor": text_under(party, "inventorName"),
        "application_number": text_under(party, "applicationNumberText"),
        "patent_number": text_under(party, "patentNumber"),
        "grant_date": text_under(party, "grantDate"),
        "publication_number": text_under(party, "publicationNumber"),
        "publication_date": text_under(party, "publicationDate"),
        "technology_center": text_under(party, "technologyCenterNumber"),
        "art_unit": text_under(party, "groupArtUnitNumber"),
    }


def _decision(record: Object) -> Parsed:
    """Return the decision that a record of an appeal or an interference is."""
    kind, number = _identity(record)
    document = object_under(record, "documentData")
    # Interferences have it all in their document.
    decision = object_under(record, "decisionData") or document
    return {
        "decisions": [
            {
                "number": number,
                "kind": kind,
                "type": text_under(decision, "decisionTypeCategory"),
                "outcome": text_under(decision, f"{kind}OutcomeCategory"),
                "date": text_under(decision, "decisionIssueDate"),
                "statutes": _joined(decision, "statuteAndRuleBag"),
                "issues": _joined(decision, "issueTypeBag"),
                "document_id": text_under(document, "documentIdentifier"),
                "document_name": text_under(document, "documentName"),
                "title": text_under(document, "documentTitleText"),
                "document_type": text_under(document, "documentTypeDescriptionText"),
                "document_date": text_under(document, "documentFilingDate"),
                "url": text_under(document, "fileDownloadURI"),
                "size": whole_under(document, "documentSizeQuantity"),
            }
        ]
    }


def _document(record: Object) -> Parsed:
    """Return the paper of a trial that a record is, and the decision if it is one."""
    _, number = _identity(record)
    document = object_of(record["documentData"])
    paper: Row = {
        "number": number,
        "document_id": text_of(document["documentIdentifier"]),
        "category": text_under(record, "trialDocumentCategory"),
        "document_category": text_under(document, "documentCategory"),
        "title": text_under(document, "documentTitleText"),
        "document_type": text_under(document, "documentTypeDescriptionText"),
        "filing_party": text_under(document, "filingPartyCategory"),
        "date": text_under(document, "documentFilingDate"),
        "name": text_under(document, "documentName"),
        "url": text_under(document, "fileDownloadURI"),
        "document_number": whole_under(document, "documentNumber"),
        "size": whole_under(document, "documentSizeQuantity"),
    }
    decided = _decision(record)["decisions"] if record.get("decisionData") else []
    return {"documents": [paper], "decisions": decided}


def _joined(record: Object, name: str) -> str | None:
    return "|".join(texts_under(record, name)) or None
