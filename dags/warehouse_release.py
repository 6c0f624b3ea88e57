"""The warehouse DAG: build layer by layer, gate, publish. It runs when any source has news."""

from __future__ import annotations

from datetime import datetime

from airflow.sdk import Asset, AssetAny, dag, task

from iplake import registry

STAGED = [
    Asset(name=source.address, uri=f"iplake://staging/{source.address}")
    for source in registry.sources().values()
]
RELEASE = Asset(name="release", uri="iplake://releases/current")


@dag(
    dag_id="warehouse",
    schedule=AssetAny(*STAGED),
    start_date=datetime(2020, 1, 1),
    catchup=False,
    max_active_runs=1,
    # Source DAGs start paused, as Airflow does it; this one waits for their Assets.
    is_paused_upon_creation=False,
    tags=["warehouse"],
    doc_md=__doc__,
)
def warehouse() -> None:
    """Shape the warehouse DAG."""

    @task
    def build(layer: str) -> dict[str, int]:
        """Build and test one layer of the dbt project; return its rows by model."""
        from warehouse import refresh

        [result] = refresh.build([layer])
        return dict(result.row_counts)

    @task
    def gate() -> None:
        """Measure the marts; breached floors refuse the release."""
        from warehouse import refresh

        refresh.gate_marts()

    @task(outlets=[RELEASE])
    def publish() -> str:
        """Make the build the current release; return its name."""
        from warehouse import refresh

        return refresh.publish().name

    layers = [build.override(task_id=f"build_{layer}")(layer) for layer in LAYERS]
    layers[0] >> layers[1] >> layers[2] >> layers[3] >> gate() >> publish()


LAYERS = ("staging", "link", "core", "marts")

release = warehouse()
