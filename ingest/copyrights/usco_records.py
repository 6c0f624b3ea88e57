"""US Copyright Office: saved answers of the public records' search, in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import open_members
from ingest.readers.json import Object, iter_page, list_of, object_of, text_of, unknown_keys
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

AT = {"sequence_number": "int64"}
SCHEMAS = {
    "records": strings(
        "id", "type", "system", "work_type", "classes", "number", "numbers", "display_number",
        "registered", "recorded", "represented", "status", "title", "remainder",
        "responsibility", "authorship", year="int64",
    ),
    "record_numbers": strings("id", "number", **AT),
    "record_parties": strings("id", "kind", "role", "name", **AT),
}  # fmt: skip
KINDS = {"persons": "person", "organizations": "organization"}
LISTS_OF_NAMES = {"author": "author", "claimant": "claimant", "publisher_name": "publisher"}
TITLES, PROPER = "primary_titles_list", "title_primary_title_title_proper"
KNOWN = frozenset(
    f"""
    hit hit/public_records_id hit/type_of_record hit/system_of_origin hit/type_of_work
    hit/registration_class hit/registration_number hit/copyright_number_for_display
    hit/registration_date hit/recordation_date hit/representative_date hit/registration_status
    hit/publication_date_as_year hit/first_published_date_as_year hit/title_of_work
    hit/title_concatenated hit/{TITLES} hit/{TITLES}/{PROPER}
    hit/{TITLES}/title_primary_title_remainder_of_title
    hit/{TITLES}/title_primary_title_statement_of_responsibility
    hit/author_statement_list hit/author_statement_list/author_full_name
    hit/display_names hit/author hit/claimant hit/publisher_name
    {
        " ".join(
            f"hit/display_names/{kind} hit/display_names/{kind}/name hit/display_names/{kind}/roles"
            for kind in KINDS
        )
    }
    """.split()
)
# The same once more in other forms, days of single steps, what a recorded document says of
# itself, and where scans of cards lie.
IGNORED = frozenset(
    f"""
    score hit/all_type_of_work hit/application_date hit/cc_type_of_work hit/claimants
    hit/claimants_list hit/control_number hit/copyright_number_for_display_list
    hit/date_record_entered_on_file hit/deposit_received_date hit/fee_date hit/fee_date_as_year
    hit/first_published_date hit/first_published_date_as_date hit/link_to_image_url
    hit/meta_data_source_date hit/meta_data_source_file hit/organizations
    hit/record_schema_type hit/registration_number_list hit/system_control_number
    hit/title_concatenated_sort hit/type_of_work_to_english
    hit/{TITLES}/title_primary_title_medium hit/other_titles hit/issues_registered_list
    hit/description_based_on_list hit/execution_date hit/frequency_of_publication
    hit/general_note hit/latest_transaction_date_and_time hit/name_undifferentiated_role
    hit/number_of_pages hit/originating_control_number hit/parent_document_control_number
    hit/parent_document_title hit/physical_description_extent hit/publication_year
    hit/recordation_item_type hit/recordation_number hit/recordation_number_range
    """.split()
)


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the saved answers of a delivery; the interface itself is not asked."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file is one page of answers."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield records with their numbers and names."""
    return collect(
        _hits(file),
        _parse,
        source,
        SCHEMAS,
        unknown=partial(unknown_keys, known=KNOWN, ignored=IGNORED),
    )


def _hits(file: RawFile) -> Iterator[Record[Object]]:
    numbers = count(1)
    for member in open_members(file.path):
        for record in iter_page(member.stream, member.name, "data"):
            yield Record(next(numbers), record.locator, record.content, record.raw)


def _parse(item: Object) -> Parsed:
    hit = object_of(item["hit"])
    record_id = text_of(hit["public_records_id"])
    kind = text_of(hit["type_of_record"])
    if kind not in {"registration", "recordation"}:
        raise RecordRejected(
            "unknown_category", "unknown type of record", field="type_of_record", found=kind
        )
    numbers = _texts(hit.get("registration_number"))
    titles = [object_of(each) for each in list_of(hit.get(TITLES, []))]
    title = titles[0] if titles else {PROPER: _first_title(hit)}
    statements = [object_of(each) for each in list_of(hit.get("author_statement_list", []))]
    row: Row = {
        "id": record_id,
        "type": kind,
        "system": text_of(hit["system_of_origin"]),
        "work_type": _joined(hit.get("type_of_work")),
        "classes": _joined(hit.get("registration_class")),
        "number": numbers[0] if numbers else None,
        "numbers": "|".join(numbers) or None,
        "display_number": hit.get("copyright_number_for_display"),
        "registered": _first(hit.get("registration_date")),
        "recorded": _first(hit.get("recordation_date")),
        "represented": _first(hit.get("representative_date")),
        "status": hit.get("registration_status"),
        "year": _year(hit),
        "title": title.get(PROPER),
        "remainder": title.get("title_primary_title_remainder_of_title"),
        "responsibility": title.get("title_primary_title_statement_of_responsibility"),
        "authorship": "|".join(text_of(each["author_full_name"]) for each in statements) or None,
    }
    return {
        "records": [row],
        "record_numbers": [
            {"id": record_id, "sequence_number": at, "number": number}
            for at, number in enumerate(numbers, 1)
        ],
        "record_parties": [
            {"id": record_id, "sequence_number": at} | party
            for at, party in enumerate(_parties(hit), 1)
        ],
    }


def _texts(value: object) -> list[str]:
    """Return the texts of a field that is a single value in one system and a list in the other."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    return [text_of(each) for each in values if each]


def _first(value: object) -> str | None:
    return next(iter(_texts(value)), None)


def _joined(value: object) -> str | None:
    return "|".join(_texts(value)) or None


def _first_title(hit: Object) -> str | None:
    return _first(hit.get("title_of_work")) or _first(hit.get("title_concatenated"))


def _year(hit: Object) -> int | None:
    for name in ("publication_date_as_year", "first_published_date_as_year"):
        value = hit.get(name)
        found = value[0] if isinstance(value, list) and value else value
        if isinstance(found, int):
            return found
        if isinstance(found, str) and found.isdecimal():
            return int(found)
    return None


def _parties(hit: Object) -> Iterator[Row]:
    """Yield each name with each of its roles; bare lists of names where there is nothing else."""
    names = object_of(hit.get("display_names") or {})
    for field, kind in KINDS.items():
        for each in map(object_of, list_of(names.get(field) or [])):
            roles = _texts(each.get("roles"))
            for role in roles or (None,):
                yield {"kind": kind, "role": role, "name": text_of(each["name"])}
    if not names:
        for field, role in LISTS_OF_NAMES.items():
            for name in _texts(hit.get(field)):
                yield {"kind": None, "role": role, "name": name}
