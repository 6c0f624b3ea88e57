"""One DAG per declared source: land, stage (mapped over files), gate; its outlet is an Asset.

Shape and schedule only. What a task does stands in `warehouse.refresh`, imported when it runs.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from airflow.sdk import (
    DAG,
    Asset,
    CronDataIntervalTimetable,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    dag,
    task,
)

from iplake import registry
from iplake.declaration import Source

if TYPE_CHECKING:
    from airflow.sdk.types import DagRunProtocol, OutletEventAccessorsProtocol

SCHEDULES = {
    "daily": "0 6 * * *",
    "weekly": "0 6 * * 3",
    "monthly": "0 6 2 * *",
    "quarterly": "0 6 2 1,4,7,10 *",
    "yearly": "0 6 2 1 *",
    "irregular": "0 6 * * 1",
}
"""When to look for something new, by a source's cadence; irregular ones once a week."""

ONLY_RETRYABLE = ExceptionRetryPolicy(
    rules=[RetryRule(exception="iplake.errors.RetryableError", action=RetryAction.RETRY)],
    default=RetryAction.FAIL,
)


def asset_of(source: Source) -> Asset:
    """Return the Asset that a source's staged and gated tables are."""
    return Asset(name=source.address, uri=f"iplake://staging/{source.address}")


def dag_of(source: Source) -> DAG:
    """Return the DAG that brings one source up to date."""

    @dag(
        dag_id=source.address.replace("/", "__"),
        schedule=CronDataIntervalTimetable(SCHEDULES[source.cadence], timezone="UTC"),
        start_date=datetime(2020, 1, 1),
        catchup=False,
        max_active_runs=1,
        tags=["source", source.domain],
        doc_md=f"{source.title.en}\n\n{source.terms}",
        default_args={
            "retries": 3,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": True,
            "retry_policy": ONLY_RETRYABLE,
        },
    )
    def refresh_source() -> None:
        @task
        def land(*, dag_run: DagRunProtocol) -> list[str]:
            """Fetch what is new; a backfill fetches the files of its interval's days."""
            from warehouse import refresh

            if str(dag_run.run_type) != "backfill":
                return refresh.land(source.address)
            last = (dag_run.data_interval_end - timedelta(microseconds=1)).date()
            first: date = dag_run.data_interval_start.date()
            return refresh.land(source.address, since=first, until=last)

        @task(map_index_template="{{ snapshot_id }}")
        def stage(snapshot_id: str) -> int:
            """Stage one landed file; return how many records it held."""
            from warehouse import refresh

            return refresh.stage(source.address, snapshot_id).counts[source.main_table].records

        @task(outlets=[asset_of(source)], trigger_rule="none_failed")
        def gate(*, outlet_events: OutletEventAccessorsProtocol) -> None:
            """Measure the staged tables; breached floors refuse them."""
            from warehouse import refresh

            refresh.drop_superseded(source.address)
            refresh.gate_staging(source.address)
            counts = refresh.counts(refresh.registry.get(source.address))
            asset = asset_of(source)
            outlet_events[asset].extra = {name: c.staged for name, c in counts.items()}

        stage.expand(snapshot_id=land()) >> gate()

    return refresh_source()


for declared in registry.sources().values():
    globals()[declared.address.replace("/", "__")] = dag_of(declared)
