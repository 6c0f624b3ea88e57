"""What a source's declaration may say. One YAML file per source, under `iplake/catalog/`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from iplake.errors import ConfigError
from iplake.settings import Profile

ColumnType = Literal["string", "int", "float", "bool", "date", "timestamp"]
SnakeCase = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]

META_COLUMNS: dict[str, ColumnType] = {
    "_snapshot_id": "string",
    "_record_number": "int",
    "_landed_at": "timestamp",
}
"""Columns that every staged row carries, on top of its declared ones."""


class Model(BaseModel):
    """A part of a declaration: frozen, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A text for readers, in English and Chinese."""

    en: str
    zh: str


class Licence(Model):
    """Under which terms the publisher gives the data, and whether it may be passed on.

    `republish` is `yes`, `attribution` (with the citation), `no`, or `unknown` (treated
    as `no` by open exports).
    """

    name: str
    republish: Literal["yes", "attribution", "no", "unknown"]
    url: str | None = None
    note: str | None = None


class Endpoint(Model):
    """Where a source is fetched from. `paths` are files below `base_url`, if they are fixed.

    `queries` are what is asked for at an interface, in the words of its connector.
    """

    base_url: str
    paths: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


class KeyInHeader(Model):
    """The header that carries the key of `IPLAKE_SOURCES__<DOMAIN>__<SOURCE>__API_KEY`."""

    kind: Literal["header"]
    name: str


class KeyInQuery(Model):
    """The part of the query that carries the API_KEY; it never reaches manifests or logs."""

    kind: Literal["query"]
    name: str


class OAuth2(Model):
    """A token for CLIENT_ID and CLIENT_SECRET, or with the grant `password` for a USERNAME too.

    `client_id_header` repeats the client's id beside the token, and `scope` says what the token
    is for, where an interface wants it.
    """

    kind: Literal["oauth2"]
    grant: Literal["client_credentials", "password"]
    token_url: str
    client_id_header: str | None = None
    scope: str | None = None


Auth = Annotated[KeyInHeader | KeyInQuery | OAuth2, Field(discriminator="kind")]


class Access(Model):
    """Whether the terms let a program fetch from the source; if not, why."""

    automated: bool
    reason: str


class RateLimit(Model):
    """At most `requests` in each period."""

    requests: int = Field(ge=1)
    per: Literal["second", "minute", "hour", "day"]


class Range(Model):
    """A floor that refuses the release, and a ceiling that warns."""

    min: int | None = None
    max: int | None = None


class Column(Model):
    """One column of a staged table.

    A row whose value is missing though `required`, or outside `values`, is quarantined.
    `min` and `max` (numbers or dates) and `fill` (least share of non-null values, 0-1)
    are measured by the gate: a breached `fill` refuses, a breached range warns.
    """

    type: ColumnType
    doc: str
    doc_zh: str
    required: bool = False
    unit: str | None = None
    values: tuple[str, ...] | None = None
    min: float | date | None = None
    max: float | date | None = None
    fill: float | None = Field(default=None, ge=0, le=1)


class Table(Model):
    """One staged table. `key` is unique within a snapshot; `rows` are floors per profile."""

    grain: str
    grain_zh: str
    key: tuple[str, ...] = Field(min_length=1)
    columns: dict[SnakeCase, Column]
    rows: dict[Profile, Range]
    references: dict[str, str] = Field(default_factory=dict)
    max_quarantine_share: float = Field(default=0.01, ge=0, le=1)

    @model_validator(mode="after")
    def _names_known_columns(self) -> Self:
        unknown = {*self.key, *self.references} - {*self.columns, *META_COLUMNS}
        if unknown:
            raise ValueError(f"key or references name unknown columns: {sorted(unknown)}")
        if missing := {"sample", "real", "live"} - {*self.rows}:
            raise ValueError(f"rows: no floor for profile {sorted(missing)}")
        return self

    def all_columns(self) -> Iterator[tuple[str, ColumnType]]:
        """Yield name and type of every staged column, declared ones first."""
        for name, column in self.columns.items():
            yield name, column.type
        yield from META_COLUMNS.items()


class Source(Model):
    """One declared source. The first table is the main one: a row of it is a record.

    With `inbox`, and without a mirror, the source offers what a deployer has put into its
    drop folder, `lake/inbox/<domain>/<name>/`.
    """

    domain: SnakeCase
    name: SnakeCase
    title: Text
    publisher: str
    licence: Licence
    citation: str
    terms: str
    cadence: Literal["daily", "weekly", "monthly", "quarterly", "yearly", "irregular"]
    revision: Literal["appends", "replaces", "restates"]
    endpoint: Endpoint
    tables: dict[SnakeCase, Table] = Field(min_length=1)
    auth: Auth | None = None
    rate_limit: RateLimit | None = None
    access: Access | None = None
    inbox: bool = False

    @property
    def address(self) -> str:
        """The same in every layer, as in `patents/uspto_grants`."""
        return f"{self.domain}/{self.name}"

    @property
    def main_table(self) -> str:
        """The name of the table whose rows are the source's records."""
        return next(iter(self.tables))

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        for table_name, table in self.tables.items():
            for column, target in table.references.items():
                other, _, key = target.partition(".")
                if other not in self.tables or key not in self.tables[other].columns:
                    raise ValueError(f"{table_name}.{column} refers to unknown {target}")
        return self


def read_declaration(path: Path) -> Source:
    """Return the declaration in `catalog/<domain>/<name>.yml`, or say what is wrong in it."""
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    try:
        return Source(domain=path.parent.name, name=path.stem, **content)
    except (ValidationError, TypeError) as error:
        raise ConfigError(f"declaration is not valid: {error}", file=path.name) from error
