"""How good each kind of link is, as measured: the rows of `meta.link_quality`.

The benchmarks of linkage write `link_quality.csv`, which is committed; `docs/linkage.md` and a
release say what stands there, so that they cannot disagree. A figure is of the version of the
rules that was measured, and a release says whether its own links were made by that version.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import duckdb

from iplake.errors import ConfigError
from iplake.log import get_logger

log = get_logger(__name__)

FILE = Path(__file__).with_suffix(".csv")

MEASURES = {
    "precision": "share of what is linked that is right",
    "recall": "share of what should be linked that is",
    "f1": "harmonic mean of precision and recall",
    "exact_precision": "share of the groups made that are exactly a true group",
    "exact_recall": "share of the true groups that are made exactly",
    "accuracy": "share of cases that are given the right class",
    "exact_share": "share of texts of which every part is read right",
    "coverage_share": "share of cases that are given anything",
    "whole_weight_share": "share of cases whose weights add up to 1",
    "wrong_link_share": "share of cases with a wrong link, where none or few can be right",
    "calibration_error": "mean distance of score and true share, over ten classes of the score",
    "case_count": "cases that the figures beside it are of",
    "body_count": "bodies whose cases the figures beside it are of",
    "items_per_second": "items per second, by the clock",
    "seconds": "seconds by the clock",
    "cpu_seconds": "seconds of processor time",
    "peak_gb": "most memory in use at once, GiB",
    "largest_group": "items in the largest group that is made",
    "largest_true_group": "items in the largest true group",
    "growth_exponent": "slope of log time over log size, first to last size; 1 is linear",
}
"""Every measure, and what it says; shares are 0 to 1."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure of one kind of link.

    `link_type` is the table of core whose links are measured, `level` what is counted, `low` and
    `high` the 95 % interval, `version` that of the rules in the measured run.
    """

    link_type: str
    data: str
    level: str
    method: str
    measure: str
    value: float
    low: float | None
    high: float | None
    item_count: int
    target: str | None
    is_test_half: bool
    version: str | None
    command: str
    measured_date: str | None

    @property
    def part(self) -> str:
        """The benchmark that measured it, a module: `benchmarks.linkage.papers`."""
        return self.command.split()[2]

    def meets_target(self) -> bool | None:
        """Whether the value is within its target, null where there is none.

        >>> row = ["x", "all", "pairs", "", "recall", 0.9, 0.8, 0.95, 10, ">= 0.85"]
        >>> figure = Figure(*row, True, "1", "", "")
        >>> figure.meets_target(), figure.is_sure()
        (True, False)
        """
        return _within(self.value, self.target)

    def is_sure(self) -> bool | None:
        """Whether the whole interval is on the value's side of the target, null without one."""
        ends = [_within(each, self.target) for each in (self.low, self.high) if each is not None]
        verdicts = {self.meets_target(), *ends}
        return None if self.target is None or not ends else len(verdicts) == 1


def _within(value: float, target: str | None) -> bool | None:
    if target is None:
        return None
    sign, bound = target.split()
    return value >= float(bound) if sign == ">=" else value <= float(bound)


COLUMNS = [each.name for each in fields(Figure)]


def read_figures(path: Path = FILE) -> list[Figure]:
    """Return the committed figures, or say what is wrong with their file."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise ConfigError(
                "the figures have other columns", file=path.name, expected=", ".join(COLUMNS)
            )
        return [_figure(row) for row in reader]


def _figure(row: dict[str, str]) -> Figure:
    if row["measure"] not in MEASURES:
        raise ConfigError("a figure of an unknown measure", file=FILE.name, found=row["measure"])
    return Figure(
        link_type=row["link_type"],
        data=row["data"],
        level=row["level"],
        method=row["method"],
        measure=row["measure"],
        value=float(row["value"]),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        item_count=int(row["item_count"]),
        target=row["target"] or None,
        is_test_half=row["is_test_half"] == "true",
        version=row["version"] or None,
        command=row["command"],
        measured_date=row["measured_date"] or None,
    )


def written(figures: Sequence[Figure]) -> str:
    """Return figures as the text of their file, numbers with six digits that count."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in figures:
        writer.writerow([_cell(value) for value in asdict(figure).values()])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)


def record(figures: Sequence[Figure], path: Path = FILE) -> None:
    """Put the figures of a run in place of those that its parts had; the others stay."""
    parts = {each.part for each in figures}
    kept = [each for each in read_figures(path) if each.part not in parts]
    ordered = sorted([*kept, *figures], key=lambda figure: figure.part)
    path.write_text(written(ordered), encoding="utf-8")


def rows(connection: duckdb.DuckDBPyConnection, path: Path = FILE) -> list[dict[str, object]]:
    """Return the figures with `is_current_version`: whether a release's links are of the version
    that was measured; null where the table is not there, is empty, or has no version.
    """
    found: list[dict[str, object]] = []
    figures = read_figures(path)
    in_use = {each: _versions(connection, each) for each in {row.link_type for row in figures}}
    for figure in figures:
        versions = in_use[figure.link_type]
        comparable = versions and figure.version is not None
        is_current = versions == {figure.version} if comparable else None
        found.append({**asdict(figure), "is_current_version": is_current})
    stale = {str(row["link_type"]) for row in found if row["is_current_version"] is False}
    if stale:
        log.warning(
            "links are of another version than was measured; run `python -m benchmarks.linkage`",
            link_types=", ".join(sorted(stale)),
        )
    return found


def _versions(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    has_version = connection.execute(
        "select 1 from duckdb_columns() where database_name = current_database()"
        " and schema_name = 'core' and table_name = ? and column_name = 'version'",
        [table],
    ).fetchone()
    if not has_version:
        return set()
    return {
        version
        for (version,) in connection.execute(
            f'select distinct version from core."{table}" where version is not null'
        ).fetchall()
    }
