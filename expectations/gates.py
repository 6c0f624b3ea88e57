"""Great Expectations judges the measures; a breached floor refuses, a breached range warns."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.measures import Measure
from iplake import lake
from iplake.errors import GateFailed
from iplake.log import get_logger

if TYPE_CHECKING:
    from great_expectations.data_context import AbstractDataContext

# Great Expectations reports its use over the network unless told otherwise before its import.
# That takes two seconds, which a process that only stages a shard should not pay: the
# functions that judge import it themselves.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

log = get_logger(__name__)

MARTS = "marts"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate said of one measure. `subject` is a source's address, or `marts`."""

    gate: str
    subject: str
    measure: Measure
    is_passed: bool

    def row(self) -> dict[str, object]:
        """Return the verdict as a flat row, as `meta.gate_result` holds it."""
        measure = asdict(self.measure)
        table, name = measure.pop("table"), measure.pop("name")
        head = {"gate": self.gate, "subject": self.subject, "table_name": table, "measure": name}
        return {**head, **measure, "is_passed": self.is_passed}


def judge(gate: str, subject: str, measures: Sequence[Measure]) -> list[Verdict]:
    """Return the verdicts on a subject's measures, keep them, and refuse what breaks a floor.

    Raises GateFailed that names each breached measure of critical severity.
    """
    context = _context(mode="ephemeral")
    verdicts = _judge(context, gate, subject, measures)
    path = verdict_path(gate, subject)
    lake.ensure(path.parent)
    rows = [verdict.row() for verdict in verdicts]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    broken = [verdict for verdict in verdicts if not verdict.is_passed]
    for verdict in broken:
        if verdict.measure.severity == "warning":
            log.warning("gate", subject=subject, breached=_breach(verdict.measure))
    refused = [_breach(v.measure) for v in broken if v.measure.severity == "critical"]
    if refused:
        raise GateFailed(
            "the data is refused; the current release stays. Look at the measures, mend the"
            " source or its declared floors, and run again",
            gate=gate,
            subject=subject,
            breached="; ".join(refused),
        )
    log.info("gate passed", gate=gate, subject=subject, measures=len(verdicts))
    return verdicts


def verdict_path(gate: str, subject: str) -> Path:
    """Return where a gate keeps its verdicts on a subject."""
    return lake.gates() / gate / f"{subject.replace('/', '__')}.json"


def results() -> list[dict[str, object]]:
    """Return the kept verdicts of all gates as rows, in order of gate and subject."""
    rows: list[dict[str, object]] = []
    for path in sorted(lake.gates().glob("*/*.json")):
        rows += json.loads(path.read_text(encoding="utf-8"))
    return rows


def write_data_docs(folder: Path) -> Path:
    """Write the kept verdicts as Great Expectations Data Docs; return the page to open."""
    shutil.rmtree(folder, ignore_errors=True)
    context = _context(mode="file", project_root_dir=lake.ensure(folder))
    for path in sorted(lake.gates().glob("*/*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        measures = [
            Measure(
                row["table_name"],
                row["measure"],
                row["observed"],
                row["floor"],
                row["ceiling"],
                row["severity"],
            )
            for row in rows
        ]
        if measures:
            _judge(context, rows[0]["gate"], rows[0]["subject"], measures)
    context.build_data_docs()
    return folder / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html"


def _context(**options: object) -> AbstractDataContext:
    import great_expectations as gx

    # It tells of each temporary folder.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context: AbstractDataContext = gx.get_context(**options)
    return context


def _judge(
    context: AbstractDataContext,
    gate: str,
    subject: str,
    measures: Sequence[Measure],
) -> list[Verdict]:
    import great_expectations as gx
    import pandas as pd
    from great_expectations.expectations.metadata_types import FailureSeverity

    # One row whose columns are the measures: the suite then reads like the declaration.
    columns = {f"{measure.table}.{measure.name}": measure.observed for measure in measures}
    name = f"{gate} {subject.replace('/', ' ')}"
    suite = gx.ExpectationSuite(name=name)
    for measure in measures:
        suite.add_expectation(
            gx.expectations.ExpectColumnValuesToBeBetween(
                column=f"{measure.table}.{measure.name}",
                min_value=measure.floor,
                max_value=measure.ceiling,
                severity=FailureSeverity(measure.severity),
            )
        )
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_or_update_pandas(name).add_dataframe_asset("measures")
    batch = asset.add_batch_definition_whole_dataframe("all")
    definition = gx.ValidationDefinition(
        name=name, data=batch, suite=context.suites.add_or_update(suite)
    )
    checkpoint = gx.Checkpoint(
        name=name,
        validation_definitions=[context.validation_definitions.add_or_update(definition)],
    )
    result = context.checkpoints.add_or_update(checkpoint).run(
        batch_parameters={"dataframe": pd.DataFrame([columns])}
    )
    [validation] = result.run_results.values()
    passed = {
        each.expectation_config.kwargs["column"]: bool(each.success) for each in validation.results
    }
    return [
        Verdict(gate, subject, measure, passed[f"{measure.table}.{measure.name}"])
        for measure in measures
    ]


def _breach(measure: Measure) -> str:
    bounds = [
        f"at least {measure.floor:g}" if measure.floor is not None else "",
        f"at most {measure.ceiling:g}" if measure.ceiling is not None else "",
    ]
    expected = " and ".join(bound for bound in bounds if bound)
    return f"{measure.table}.{measure.name} is {measure.observed:g}, expected {expected}"
