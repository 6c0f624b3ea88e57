"""What is derived from the declarations and committed: dbt sources and models, docs pages."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from iplake import registry
from iplake.declaration import META_COLUMNS, Column, Source, Table

MODELS = "dbt_project/models/staging"
DICTIONARY = "docs/dictionary"
SEEDS = "dbt_project/seeds"
TABLES = Path(__file__).parent / "identifiers/tables"
ACCOUNTS = "docs/real-files.csv"
PATTERNS = (f"{MODELS}/**/stg_*.sql", f"{MODELS}/**/_*__sources.yml", f"{DICTIONARY}/**/*.md")

NOTE = "Rendered from the declarations by `iplake render`; edit those."

REAL_FILES = """## Every real file, accounted for

Each file of the offices that lies beside the project is staged alone, and the records of its main
table are counted a second time without our readers: by start tags, lines or keys. The figures are
those of the last `make accounts`; [real-files.csv](real-files.csv) has a line per file, and says
why a file that is of no table (a listing, an error answer, another product) is refused."""

META_DOCS = {
    "_snapshot_id": (
        "Snapshot of the raw file that the row comes from; `release.json` says its URL and day."
    ),
    "_record_number": "Place of the record in its file, from 1.",
    "_landed_at": "When the raw file was fetched, UTC.",
}


def render(root: Path, *, check: bool) -> list[Path]:
    """Bring every rendered file up to date, and remove those that nothing declares any more.

    Returns the files that differed. With `check`, nothing is written.
    """
    wanted = {root / path: text for path, text in rendered(root)}
    found = {path for pattern in PATTERNS for path in root.glob(pattern)}
    stale = sorted(found - wanted.keys())
    changed = [path for path, text in wanted.items() if not _says(path, text)]
    if not check:
        for path in stale:
            path.unlink()
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
    return sorted([*changed, *stale])


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def rendered(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of every rendered file; `root` holds the accounts of real files."""
    sources = list(registry.sources().values())
    for source in sources:
        folder = f"{MODELS}/{source.domain}"
        yield f"{folder}/_{source.name}__sources.yml", dbt_sources(source)
        for name, table in source.tables.items():
            yield f"{folder}/{model_name(source, name)}.sql", staging_model(source, name, table)
        yield f"{DICTIONARY}/{source.address}.md", dictionary_page(source)
    yield "docs/sources.md", sources_page(sources, read_accounts(root / ACCOUNTS))
    # Tables that the grammars of identifiers know by heart are seeds of the warehouse as well.
    for path in sorted(TABLES.glob("*.csv")):
        yield f"{SEEDS}/{path.name}", path.read_text(encoding="utf-8")


def model_name(source: Source, table: str) -> str:
    """Return the name of the dbt model of a staged table."""
    return f"stg_{source.name}__{table}"


def dbt_sources(source: Source) -> str:
    """Return the YAML that tells dbt of a source's staged Parquet and of its staging models."""
    location = f"{{{{ var('staging') }}}}/{source.address}/{{name}}/*.parquet"
    content = {
        "version": 2,
        "sources": [
            {
                "name": source.name,
                "description": source.title.en,
                "config": {"meta": {"external_location": location}},
                "tables": [
                    {"name": name, "description": f"{table.grain}."}
                    for name, table in source.tables.items()
                ],
            }
        ],
        "models": [_dbt_model(source, name, table) for name, table in source.tables.items()],
    }
    dumped = yaml.dump(content, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=10_000)
    return f"# {NOTE}\n{dumped}"


class _Indented(yaml.SafeDumper):
    """Indents lists within mappings, as yamllint and readers want it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _dbt_model(source: Source, name: str, table: Table) -> dict[str, object]:
    tests: list[dict[str, object]] = [
        {"unique_key": {"arguments": {"columns": ["_snapshot_id", *table.key]}}}
    ]
    columns: list[dict[str, object]] = []
    for column_name, doc in _docs(table):
        column: dict[str, object] = {"name": column_name, "description": doc}
        if column_name in table.references:
            other, _, key = table.references[column_name].partition(".")
            target = f"ref('{model_name(source, other)}')"
            test = {"relationships": {"arguments": {"to": target, "field": key}}}
            column["data_tests"] = [test]
        columns.append(column)
    return {
        "name": model_name(source, name),
        "description": f"{table.grain}.",
        "data_tests": tests,
        "columns": columns,
    }


def _docs(table: Table) -> Iterator[tuple[str, str]]:
    for name, column in table.columns.items():
        yield name, f"{column.doc} Unit: {column.unit}." if column.unit else column.doc
    yield from META_DOCS.items()


def staging_model(source: Source, name: str, table: Table) -> str:
    """Return the SQL of one staging model: the declared columns, as they are staged."""
    columns = ",\n".join(f"        {column}" for column in [*table.columns, *META_COLUMNS])
    return f"""-- {NOTE}
with

source as (

    select * from {{{{ source('{source.name}', '{name}') }}}}

),

renamed as (

    select
{columns}

    from source

)

select * from renamed
"""


def dictionary_page(source: Source) -> str:
    """Return the page on one source: what it is, its terms, its tables and columns."""
    licence = source.licence
    limit = source.rate_limit
    facts: dict[str, str] = {
        "Publisher": source.publisher,
        "Licence": f"[{licence.name}]({licence.url})" if licence.url else licence.name,
        "May be passed on": licence.republish + (f" ({licence.note})" if licence.note else ""),
        "Cite as": source.citation,
        "Terms": source.terms.strip(),
        "Comes out": source.cadence,
        "Revision habit": source.revision,
        "Fetched from": f"`{source.endpoint.base_url}`",
        "Rate limit": f"{limit.requests} requests a {limit.per}" if limit else "none declared",
    }
    parts = [
        f"<!-- {NOTE} -->",
        f"# {source.title.en}",
        source.title.zh,
        _markdown_table(["", ""], [[f"**{name}**", text] for name, text in facts.items()]),
    ]
    for name, table in source.tables.items():
        least = ", ".join(
            f"{profile} {bounds.min:,}" for profile, bounds in table.rows.items() if bounds.min
        )
        parts += [
            f"## {name}",
            f"{_sentence(table.grain)} {table.grain_zh}。",
            f"Key within a snapshot: {', '.join(f'`{column}`' for column in table.key)}. "
            f"Refused below these rows: {least or 'none'}. "
            f"Most that may be quarantined: {table.max_quarantine_share:.1%}.",
            _markdown_table(
                ["column", "type", "unit", "promise", "meaning", "含义"],
                [_column_row(*each, table) for each in table.columns.items()],
            ),
        ]
    return "\n\n".join(parts) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _column_row(name: str, column: Column, table: Table) -> list[str]:
    promises = []
    if column.required:
        promises.append("required")
    if column.values:
        promises.append("one of " + ", ".join(f"`{value}`" for value in column.values))
    if column.fill is not None:
        promises.append(f"at least {column.fill:.0%} filled")
    if column.min is not None or column.max is not None:
        promises.append(f"{_bound(column.min)} to {_bound(column.max)}")
    if name in table.references:
        promises.append(f"found in `{table.references[name]}`")
    return [
        f"`{name}`",
        column.type,
        column.unit or "",
        "; ".join(promises),
        column.doc,
        column.doc_zh,
    ]


def _bound(bound: object) -> str:
    return "…" if bound is None else f"{bound}"


def read_accounts(path: Path) -> list[dict[str, str]]:
    """Return the accounts of real files that a run has left, none if there was none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sources_page(sources: Sequence[Source], accounts: Sequence[dict[str, str]]) -> str:
    """Return the page that lists every source, and what came of all real files of each."""
    rows: list[list[str]] = [
        [
            f"[{source.address}](dictionary/{source.address}.md)",
            source.title.en,
            source.publisher,
            source.cadence,
            source.licence.name,
            source.licence.republish,
            ", ".join(f"`{table}`" for table in source.tables),
        ]
        for source in sources
    ]
    header = ["source", "what", "publisher", "comes out", "licence", "may be passed on", "tables"]
    parts = [f"<!-- {NOTE} -->", "# Sources", _markdown_table(header, rows)]
    if accounts:
        parts += [REAL_FILES, _accounts_table(sources, accounts)]
    return "\n\n".join(parts) + "\n"


def _accounts_table(sources: Sequence[Source], accounts: Sequence[dict[str, str]]) -> str:
    rows = []
    for source in sources:
        own = [each for each in accounts if each["source"] == source.address]
        read = [each for each in own if not each["refused"]]
        counted = [each for each in read if each["independent"]]
        reasons: Counter[str] = Counter()
        for each in read:
            for part in filter(None, each["reasons"].split("; ")):
                reason, _, number = part.rpartition(": ")
                reasons[reason] += int(number)
        rows.append(
            [
                source.address,
                f"{len(read)} of {len(own)}",
                f"{_total(counted, 'independent')} in {len(counted)}",
                f"{_total(counted, 'records')}",
                f"{_total(read, 'staged')}",
                ", ".join(f"{reason} {n:,}" for reason, n in sorted(reasons.items())) or "0",
            ]
        )
    header = [
        "source", "files read", "records counted apart, in files", "records read in these",
        "staged, all files", "quarantined",
    ]  # fmt: skip
    return _markdown_table(header, rows)


def _total(accounts: Sequence[dict[str, str]], name: str) -> str:
    return f"{sum(int(each[name]) for each in accounts):,}"


def _markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
