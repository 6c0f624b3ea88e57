"""IPC symbols of real patents to technology fields and industries: how much of them is covered.

    python -m benchmarks.linkage.concordances [--write --date 2026-11-25]

The models' own SQL runs over the classifications of all announcements of the real gazette and
all real US grants with the published concordances. Precision is not in question, because the
tables are official; what can be measured is what they leave out, and that weights add up.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

import duckdb

from benchmarks.inputs import real_files
from benchmarks.linkage.figures import Subject, show
from warehouse import refresh
from warehouse.build import PROJECT
from warehouse.link_quality import Figure

CORE = PROJECT / "models" / "core"
MODELS = ("xref_ipc__technology_field", "xref_ipc__industry", "xref_publication__industry")


def with_models(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a database with the concordances applied to the real documents."""
    gazette = real_files("patent/cnipa_gazette_csv", "CN_patent_*.csv")
    refresh.stage_files("patents/cnipa_gazette", gazette, folder, 1)
    grants = real_files("patent/uspto_fulltext_bulk", "ipg*.xml")
    refresh.stage_files("patents/uspto_grants", grants, folder, 1)
    tables = real_files("patent/concordances", "*.csv")
    refresh.stage_files("reference/technology", tables, folder, 1)
    connection = duckdb.connect()
    for name in ("ipc_fields", "ipc_industries"):
        path = folder / f"{name}.parquet"
        connection.execute(f"create view stg_technology__{name} as from '{path}'")
    connection.execute(
        f"""create table fct_patent_classification as
        select distinct
            publication_number, classification_symbol, substr(classification_symbol, 1, 4)
            as subclass_code
        from read_parquet(
            ['{folder}/announcement_classifications.parquet',
             '{folder}/grant_classifications.parquet'], union_by_name = true
        )
        where classification_scheme = 'IPC' and classification_symbol is not null"""
    )
    for name in MODELS:
        sql = (CORE / f"{name}.sql").read_text(encoding="utf-8")
        connection.execute(
            f"create table {name} as " + re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", sql)
        )
    return connection


def measure(_options: argparse.Namespace) -> list[Figure]:
    """Return the shares of publications with a field, with an industry, and of whole weights."""
    with tempfile.TemporaryDirectory() as scratch, with_models(Path(scratch)) as connection:

        def count(sql: str) -> int:
            found = connection.execute(sql).fetchone()
            assert found is not None
            return int(found[0])

        all_documents = "select count(distinct publication_number) from fct_patent_classification"
        publications = count(all_documents)
        figures = []
        for edition in ("trilingual", "patstat"):
            covered = count(
                f"""{all_documents} as classes where exists (
                    select 1 from xref_ipc__technology_field as fields
                    where fields.table_edition = '{edition}'
                    and classes.subclass_code = fields.subclass_code
                    and classes.classification_symbol like fields.ipc_prefix || '%')"""
            )
            data = f"real documents, {edition} edition"
            fields = Subject("xref_ipc__technology_field", data, "publications")
            figures.append(fields.share("coverage_share", covered, publications))
        for digits in (2, 3):
            covered = count(
                f"""select count(distinct publication_number) from xref_publication__industry
                where nace_digit_count = {digits}"""
            )
            whole = count(
                f"""select count(*) from (
                    from xref_publication__industry select sum(weight) as total
                    where nace_digit_count = {digits} group by publication_number)
                where abs(total - 1) < 1e-9"""
            )
            data = f"real documents, NACE 2 at {digits} digits"
            industries = Subject("xref_publication__industry", data, "publications")
            figures.append(industries.share("coverage_share", covered, publications))
            figures.append(industries.share("whole_weight_share", whole, covered))
    return figures


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    return argparse.ArgumentParser(prog="benchmarks.linkage.concordances", description=__doc__)


if __name__ == "__main__":
    show(measure, parser())
