"""Every real answer of the portal's file wrappers: staged, or refused by the name of its list."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ingest.discover import listed_in_odp_product
from iplake.errors import SourceChanged
from scripts.mirrors.patents.uspto_file_wrapper import records
from tests.conftest import Pages
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "patents/uspto_file_wrapper"
TODAY = "patent/uspto_odp_json"
EARLIER = "patent/uspto_odp_json_beta2024"

# Rows of each table by lengths of the lists in the files, counted with a JSON reader alone.
STAGED = {
    "raw_get_patent.json": {
        "file_wrappers": 1, "wrapper_events": 61, "wrapper_continuity": 12, "wrapper_parties": 5,
        "wrapper_classifications": 20,
    },
    "raw_get_patent_adjustment.json": {"file_wrappers": 1},
    "raw_get_patent_assignment.json": {
        "file_wrappers": 1, "wrapper_assignments": 1, "wrapper_assignment_parties": 10,
    },
    "raw_get_patent_associated_documents.json": {"file_wrappers": 1},
    "raw_get_patent_attorney.json": {"file_wrappers": 1},
    "raw_get_patent_continuity.json": {"file_wrappers": 1, "wrapper_continuity": 12},
    "raw_get_patent_foreign_priority.json": {"file_wrappers": 1},
}  # fmt: skip
# Lists of other things, and what each has in place of applications.
REFUSED = {
    f"{TODAY}/raw_get_bulk_product.json": "bulkDataProductBag",
    f"{TODAY}/raw_get_patent_documents.json": "documentBag",
    f"{TODAY}/raw_get_petition_decision.json": "petitionDecisionDataBag",
    f"{TODAY}/raw_get_status_codes.json": "statusCodeBag",
    f"{TODAY}/raw_search_bulk_products.json": "bulkDataProductBag",
    f"{TODAY}/reser_get_bulk_product.json": "bulkDataProductBag",
    f"{TODAY}/reser_get_patent_attorney.json": "attorneyBag",
    f"{TODAY}/reser_get_status_codes.json": "statusCodeBag",
    f"{TODAY}/reser_search_bulk_products.json": "bulkDataProductBag",
    f"{TODAY}/reser_search_petitions.json": "petitionDecisionDataBag",
    **{
        f"{EARLIER}/{name}.json": "patentBag"
        for name in (
            "test_can_get_by_customer_number__1_http200",
            "test_can_get_old_applications__1_http200",
            "test_can_get_old_applications__2_http200",
            "test_get_application_basic_data__1_http200",
            "test_get_application_data__1_http200",
            "test_get_assignments__1_http200",
            "test_get_attorney_data__1_http200",
            "test_get_foreign_priority_data__1_http200",
            "test_get_patent_term_adjustment_data__1_http200",
            "test_get_search__1_http200",
        )
    },
    f"{EARLIER}/test_get_documents__1_http200.json": "documentBag",
    f"{EARLIER}/test_get_transactions__1_http404.json": "code, message, detailedMessage",
}


def test_every_real_file_is_accounted_for(real: Path) -> None:
    found = {
        path.relative_to(real).as_posix()
        for folder in (TODAY, EARLIER)
        for path in (real / folder).glob("*.json")
    }
    assert len(found) == 29
    assert found == {*REFUSED, *(f"{TODAY}/{name}" for name in STAGED)}


@pytest.mark.parametrize("name", STAGED)
def test_every_application_is_staged(name: str, real: Path, tmp_path: Path) -> None:
    path = real / TODAY / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    expected = STAGED[name]
    assert counts == {
        table: Count(expected.get(table, 0), expected.get(table, 0), 0) for table in counts
    }
    assert records(path) == expected["file_wrappers"]


def test_no_field_is_unknown(real: Path, tmp_path: Path) -> None:
    paths = [real / TODAY / name for name in STAGED]
    assert refresh.stage_with_drift(ADDRESS, paths, tmp_path, jobs=1) == ()


@pytest.mark.parametrize("name", REFUSED)
def test_another_answer_is_refused_by_what_it_has(name: str, real: Path, tmp_path: Path) -> None:
    path = real / name
    with pytest.raises(SourceChanged) as caught:
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert REFUSED[name] in str(caught.value.facts["found"])
    assert records(path) is None


def test_what_the_application_says(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / TODAY / "raw_get_patent.json"], tmp_path, jobs=1)
    [row] = pl.read_parquet(tmp_path / "file_wrappers.parquet").rows(named=True)
    assert row["application_number"] == "17248024"
    assert row["document_number"] == "US11646472"
    assert row["publication_number"] == "US20210210819A1"
    assert (row["term_adjustment_days"], row["applicant_delay_days"]) == (304, 0)
    continuity = pl.read_parquet(tmp_path / "wrapper_continuity.parquet")
    kinds = continuity["parentage_type_code"].value_counts().sort("parentage_type_code").rows()
    assert [kind for kind, _ in kinds] == ["CIP", "CON", "DIV", "PRO"]
    assert continuity["related_document_number"].drop_nulls().len() == 9
    assert pl.read_parquet(tmp_path / "wrapper_classifications.parquet")[
        "classification_symbol"
    ].null_count() == 0  # fmt: skip


def test_the_listing_of_a_product_is_newest_first(real: Path) -> None:
    answer = json.loads((real / TODAY / "reser_get_bulk_product.json").read_bytes())
    url = "https://api.uspto.gov/api/v1/datasets/products/PTGRXML?includeFiles=true"
    found = list(listed_in_odp_product(Pages({url: answer}), "https://api.uspto.gov/", "PTGRXML"))
    assert len(found) == 1301
    days = [each.published for each in found if each.name.startswith("ipg")]
    assert days[0] == max(day for day in days if day)
