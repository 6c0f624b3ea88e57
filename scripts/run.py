"""`make run`: refresh everything through Airflow, then show what was built and how to open it."""

from __future__ import annotations

import logging
import sys
import time
import warnings
from pathlib import Path

from scripts.environment import ROOT, use_airflow, use_lake

QUESTIONS = {
    "Which applicants of Guangzhou lead, by section of the International Patent Classification?": (
        "select party_name, section_code, patent_count from marts.mart_applicant_ipc"
        " where city_name = '广州市' order by patent_count desc, party_name, section_code limit 20"
    ),
    "Who has both patents and articles, or declared standards?": (
        "select party_name, ror_id, patent_count, declared_standard_count, work_count"
        " from marts.mart_party_portfolio where patent_count > 0"
        " and (work_count > 0 or declared_standard_count > 0)"
        " order by patent_count desc, party_name limit 8"
    ),
    "How many rights for how many people?": (
        "select region_name, figure_year, invention_grant_count, design_grant_count,"
        " population_count, gross_domestic_product_usd from marts.mart_region_economy"
        " where invention_grant_count > 0 and population_count > 0"
        " order by invention_grant_count desc limit 5"
    ),
}


def run_dags() -> float:
    """Run each source's DAG and then the warehouse DAG in this process; return the seconds.

    Exits with 1 and the names of the failed tasks if a DAG does not succeed.
    """
    from airflow.dag_processing.dagbag import DagBag
    from rich.progress import Progress

    started = time.perf_counter()
    bag = DagBag(dag_folder=str(ROOT / "dags"))
    if bag.import_errors:
        sys.exit(f"DAGs do not load: {bag.import_errors}")
    names = [*sorted(set(bag.dags) - {"warehouse"}), "warehouse"]
    with Progress(transient=True) as bar:
        task = bar.add_task("refreshing", total=len(names))
        for name in names:
            bar.update(task, description=name.replace("__", "/"))
            run = bag.dags[name].test()
            if run.state != "success":
                failed = [ti.task_id for ti in run.get_task_instances() if ti.state == "failed"]
                sys.exit(f"DAG {name} ended as {run.state}; failed tasks: {', '.join(failed)}")
            bar.advance(task)
    return time.perf_counter() - started


def report(seconds: float) -> None:
    """Print sources, marts, the release, three answered questions, and how to go on."""
    from iplake.cli import out, show
    from warehouse import reader
    from warehouse.commands import show_status

    show_status(as_json=False)
    release = reader.release()
    with reader.connect() as connection:
        marts = connection.execute(
            """select table_name as mart, row_count as rows, grain from meta."table" """
            "where layer = 'marts' order by all"
        ).pl()
        show(marts.to_dicts(), as_json=False, title="Marts")
        for question, sql in QUESTIONS.items():
            out.print(f"\n[bold]{question}[/]")
            command = f'.venv/bin/iplake query "{sql}"'
            out.print(f"[dim]{command}[/]", highlight=False, soft_wrap=True)
            show(connection.execute(sql).pl().to_dicts(), as_json=False)
    folder = (
        release.folder.relative_to(Path.cwd())
        if release.folder.is_relative_to(Path.cwd())
        else release.folder
    )
    out.print(f"\nRelease [bold]{release.name}[/] in {folder}, refreshed in {seconds:.0f} s.")
    out.print('Ask it:     .venv/bin/iplake query "select * from meta.source_status"')
    out.print(f"Open it:    any DuckDB client on {folder / reader.DATABASE}, read-only")
    out.print(f"As files:   {folder / 'marts'}/*.parquet")
    out.print("Again:      .venv/bin/iplake refresh   (the fast path, without Airflow)")


def main() -> None:
    """Refresh and report."""
    use_lake(ROOT / "lake", ROOT / "samples", "sample")
    use_airflow()
    from iplake import log

    log.configure()
    logging.disable(logging.INFO)
    # Airflow's own use of its web framework, and nothing that a reader could mend.
    warnings.filterwarnings("ignore", message="Using `httpx`")
    report(run_dags())


if __name__ == "__main__":
    main()
