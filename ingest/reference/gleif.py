"""GLEIF: golden copies and deltas in CSV, and answers of the API in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import polars as pl

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_declaration
from ingest.readers.archive import Member, open_members
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from ingest.readers.json import (
    Object,
    first_byte,
    iter_objects,
    list_of,
    object_of,
    text_of,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, report_leftovers
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

MAIN = "entities"
COLUMNS = {
    "LEI": "lei",
    "Entity.LegalName": "legal_name",
    "Entity.LegalAddress.Country": "country",
    "Entity.EntityCategory": "category",
    # These are in every full golden copy; excerpts that circulate have left them out.
    "Entity.EntitySubCategory": "subcategory",
    "Entity.LegalName.xmllang": "language",
    "Entity.LegalAddress.Region": "region",
    "Entity.LegalAddress.City": "city",
    "Entity.LegalAddress.PostalCode": "postcode",
    "Entity.LegalAddress.FirstAddressLine": "address",
    "Entity.HeadquartersAddress.Country": "hq_country",
    "Entity.HeadquartersAddress.Region": "hq_region",
    "Entity.HeadquartersAddress.City": "hq_city",
    "Entity.RegistrationAuthority.RegistrationAuthorityID": "authority",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "number",
    "Entity.LegalJurisdiction": "jurisdiction",
    "Entity.LegalForm.EntityLegalFormCode": "legal_form",
    "Entity.EntityStatus": "status",
    "Entity.EntityCreationDate": "created",
    "Entity.SuccessorEntity.1.SuccessorLEI": "successor",
    "Registration.InitialRegistrationDate": "registered",
    "Registration.LastUpdateDate": "updated",
    "Registration.RegistrationStatus": "registration_status",
    "Registration.NextRenewalDate": "renewal",
}
NEEDED = list(COLUMNS)[:4]
KNOWN = re.compile(r"(?:Entity|Registration|Extension)\.[\w.]+|ConformityFlag|DeltaType")
OTHER_NAME = re.compile(
    r"Entity\.(?:OtherEntityNames\.OtherEntityName|"
    r"TransliteratedOtherEntityNames\.TransliteratedOtherEntityName)\.\d+"
)
SCHEMAS = {
    MAIN: strings(*COLUMNS.values()),
    "entity_names": strings("lei", "name_type", "language", "name", sequence_number="int64"),
}


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the newest golden copy, and the changes of the last day."""
    return listed_in_declaration(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: Polars uses both cores within a block."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield entities and their names, from CSV or JSON by what the file begins with."""
    for member in open_members(file.path):
        if first_byte(member.stream) in {b"{", b"["}:
            yield from collect(_answered(file, member), _parse, source, SCHEMAS)
        else:
            yield from _golden_copy(member)


def _golden_copy(member: Member) -> Iterator[Batch]:
    dialect = Dialect()
    header = read_header(member.stream, dialect)
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS and not KNOWN.fullmatch(name)]
    if missing or unknown:
        raise SourceChanged(
            "the header is not a golden copy's; is this another file?",
            file=member.name,
            missing=", ".join(missing),
            unknown=", ".join(unknown)[:200],
        )
    for block in read_blocks(member.stream, header, dialect, MAIN):
        yield from _batches(block, header)


def _batches(block: Block, header: list[str]) -> Iterator[Batch]:
    # The golden copy has no nulls: an empty cell is one.
    rows = block.rows.with_columns(pl.col(header).replace("", None))
    taken = {new: pl.col(old) if old in header else None for old, new in COLUMNS.items()}
    entities = rows.select(
        "_record_number", **{new: pl.lit(None, pl.String) if of is None else of
                             for new, of in taken.items()}
    )  # fmt: skip
    yield Batch(MAIN, block.records, as_arrow(entities), block.rejections)
    names = _names(rows, header)
    yield Batch("entity_names", names.height, as_arrow(names))


def _names(rows: pl.DataFrame, header: list[str]) -> pl.DataFrame:
    """Return one row per name, the legal one first, then the others by their columns."""
    legal = "Entity.LegalName"
    columns = [legal, *(name for name in header if OTHER_NAME.fullmatch(name))]
    frames = [
        rows.select(
            "_record_number",
            lei="LEI",
            place=pl.lit(place),
            name=column,
            language=_beside(f"{column}.xmllang", header),
            name_type=pl.lit("LEGAL_NAME")
            if column == legal
            else _beside(f"{column}.type", header),
        ).drop_nulls("name")
        for place, column in enumerate(columns)
    ]
    names = pl.concat(frames).sort("_record_number", "place", maintain_order=True)
    return names.with_columns(
        sequence_number=pl.int_range(1, pl.len() + 1).over("_record_number")
    ).drop("place")


def _beside(column: str, header: list[str]) -> pl.Expr:
    return pl.col(column) if column in header else pl.lit(None, pl.String)


def _answered(file: RawFile, member: Member) -> Iterator[Record[Object]]:
    """Yield the records of an answer: `data` is a list, or one record for a single LEI."""
    records = iter_objects(member.stream, member.name, "data.item")
    first = next(records, None)
    if first is not None and not isinstance(first.content, RecordRejected):
        yield from chain([first], records)
        return
    singles = [
        Record(number, f"{again.name} {each.locator}", each.content, each.raw)
        for again in open_members(file.path)
        for number, each in enumerate(iter_objects(again.stream, again.name, "data"), start=1)
    ]
    if not singles:
        raise SourceChanged("expected 'data' in the answer; is this another file?", file=file.name)
    yield from singles


def _parse(record: Object) -> Parsed:
    where = text_of(record.pop("id"))
    if record.pop("type") != "lei-records":
        raise RecordRejected("unknown_record_type", "expected lei-records", where=where)
    attributes = object_of(record.pop("attributes"))
    report_leftovers(record, ignore={"relationships", "links"})
    lei = attributes.pop("lei")
    entity = object_of(attributes.pop("entity"))
    registration = object_of(attributes.pop("registration"))
    identifiers = {"bic", "mic", "ocid", "qcc", "gem", "spglobal", "conformityFlag"}
    report_leftovers(attributes, ignore=identifiers, within="attributes/")
    legal = object_of(entity.pop("legalName"))
    address = object_of(entity.pop("legalAddress"))
    headquarters = object_of(entity.pop("headquartersAddress"))
    successor = object_of(entity.pop("successorEntity"))
    names = [
        ("LEGAL_NAME", legal),
        *((text_of(each["type"]), each) for each in _objects(entity.pop("otherNames"))),
        *(
            (text_of(each["type"]), each)
            for each in _objects(entity.pop("transliteratedOtherNames"))
        ),
    ]
    row: Row = {
        "lei": lei,
        "legal_name": legal["name"],
        "language": legal["language"],
        "country": address["country"],
        "region": address["region"],
        "city": address["city"],
        "postcode": address["postalCode"],
        "address": ", ".join(text_of(line) for line in list_of(address["addressLines"])) or None,
        "hq_country": headquarters["country"],
        "hq_region": headquarters["region"],
        "hq_city": headquarters["city"],
        "authority": object_of(entity.pop("registeredAt"))["id"],
        "number": entity.pop("registeredAs"),
        "jurisdiction": entity.pop("jurisdiction"),
        "category": entity.pop("category"),
        "subcategory": entity.pop("subCategory"),
        "legal_form": object_of(entity.pop("legalForm"))["id"],
        "status": entity.pop("status"),
        "created": entity.pop("creationDate"),
        "successor": successor["lei"],
        "registered": registration.pop("initialRegistrationDate"),
        "updated": registration.pop("lastUpdateDate"),
        "renewal": registration.pop("nextRenewalDate"),
        "registration_status": registration.pop("status"),
    }
    later = {"associatedEntity", "expiration", "successorEntities", "otherAddresses", "eventGroups"}
    report_leftovers(entity, ignore=later, within="entity/")
    validation = {
        "managingLou", "corroborationLevel", "validatedAt", "validatedAs",
        "otherValidationAuthorities",
    }  # fmt: skip
    report_leftovers(registration, ignore=validation, within="registration/")
    named = [
        {
            "lei": lei,
            "sequence_number": at,
            "name_type": kind,
            "language": each["language"],
            "name": each["name"],
        }
        for at, (kind, each) in enumerate(names, start=1)
    ]
    return {MAIN: [row], "entity_names": named}


def _objects(values: object) -> list[Object]:
    return [object_of(each) for each in list_of(values)]
