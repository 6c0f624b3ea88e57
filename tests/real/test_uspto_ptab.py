"""Every real PTAB answer, against counts made apart from us; the retired interface is refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.patents.uspto_ptab import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "patents/uspto_ptab"
TODAY = "patent/uspto_ptab_json"
RETIRED = "patent/uspto_ptab_json_legacy"
CLIENT = "uspto_odp_test_ptab_py_Test"

# Hits in each file by its PROVENANCE.md, the proceedings that they name, and the decisions.
FILES = {
    "raw_get_appeal_decisions": (1, 1, 1),
    "raw_get_interference_decisions": (2, 1, 2),
    "raw_get_trial_decisions": (2, 1, 2),
    "raw_get_trial_proceeding": (1, 1, 0),
    "raw_search_interference_decisions": (2, 1, 2),
    "raw_search_trial_decisions": (2, 2, 2),
    "raw_search_trial_documents": (2, 1, 0),
    "raw_search_trial_proceedings": (2, 2, 0),
    "reser_search_interference_decisions": (5, 4, 5),
    "reser_search_trial_decisions": (5, 5, 5),
    "reser_search_trial_proceedings": (5, 5, 0),
    f"{CLIENT}PtabAppealsClient_test_download__1_http200": (5, 5, 5),
    f"{CLIENT}PtabAppealsClient_test_get_decisions_by_number__1_http200": (1, 1, 1),
    f"{CLIENT}PtabAppealsClient_test_search__1_http200": (5, 5, 5),
    f"{CLIENT}PtabAppealsClient_test_search_with_facets__1_http200": (5, 5, 5),
    f"{CLIENT}PtabInterferencesClient_test_download__1_http200": (5, 4, 5),
    f"{CLIENT}PtabInterferencesClient_test_get_decisions_by_number__1_http200": (1, 1, 1),
    f"{CLIENT}PtabInterferencesClient_test_search_with_fields__1_http200": (5, 4, 5),
    f"{CLIENT}PtabModels_test_appeal_model_fields__1_http200": (1, 1, 1),
    f"{CLIENT}PtabModels_test_interference_model_fields__1_http200": (1, 1, 1),
    f"{CLIENT}PtabModels_test_trial_proceeding_model_fields__1_http200": (1, 1, 0),
    f"{CLIENT}PtabTrialsClient_test_download_proceedings__1_http200": (5, 5, 0),
    f"{CLIENT}PtabTrialsClient_test_get_decisions_by_trial__1_http200": (1, 1, 1),
    f"{CLIENT}PtabTrialsClient_test_get_documents_by_trial__1_http200": (25, 1, 1),
    f"{CLIENT}PtabTrialsClient_test_get_proceeding__1_http200": (1, 1, 0),
    f"{CLIENT}PtabTrialsClient_test_search_decisions__1_http200": (5, 5, 5),
    f"{CLIENT}PtabTrialsClient_test_search_documents__1_http200": (5, 1, 0),
    f"{CLIENT}PtabTrialsClient_test_search_proceedings__1_http200": (5, 5, 0),
    f"{CLIENT}PtabTrialsClient_test_search_proceedings_with_facets__1_http200": (5, 5, 0),
}


def test_every_real_file_is_accounted_for(real: Path) -> None:
    assert {path.stem for path in (real / TODAY).glob("*.json")} == {*FILES}
    assert len(list((real / RETIRED).glob("*.json"))) == 13


@pytest.mark.parametrize("name", FILES)
def test_every_hit_is_staged(name: str, real: Path, tmp_path: Path) -> None:
    path = real / TODAY / f"{name}.json"
    hits, proceedings, decisions = FILES[name]
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["proceedings"] == Count(proceedings, proceedings, 0)
    assert counts["decisions"] == Count(decisions, decisions, 0)
    assert (
        max(count.staged for table, count in counts.items() if table != "proceeding_parties")
        == hits
    )
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0
    assert records(path) == proceedings
    [found] = [each for each in json.loads(path.read_bytes()).values() if isinstance(each, list)]
    assert len(found) == hits


def test_no_field_is_unknown(real: Path, tmp_path: Path) -> None:
    paths = [real / TODAY / f"{name}.json" for name in FILES]
    assert refresh.stage_with_drift(ADDRESS, paths, tmp_path, jobs=1) == ()


def test_a_trial_that_two_decisions_repeat_stands_as_it_ended(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / TODAY / "raw_get_trial_decisions.json"], tmp_path, jobs=1)
    [row] = pl.read_parquet(tmp_path / "proceedings.parquet").rows(named=True)
    assert (row["proceeding_number"], row["document_number"]) == ("PGR2025-00004", "US12018298")
    # The decision on institution still says: Trial Instituted.
    assert row["status_name"] == "Final Written Decision"
    outcomes = pl.read_parquet(tmp_path / "decisions.parquet")["outcome_name"].to_list()
    assert outcomes == ["Final Written Decision", "Institution Granted"]


def test_appeals_of_search_and_download_agree(real: Path, tmp_path: Path) -> None:
    found = []
    for name in ("search", "download"):
        path = real / TODAY / f"{CLIENT}PtabAppealsClient_test_{name}__1_http200.json"
        refresh.stage_files(ADDRESS, [path], tmp_path / name, jobs=1)
        rows = pl.read_parquet(tmp_path / name / "decisions.parquet")
        found.append(rows["proceeding_number", "outcome_name", "decision_date"].rows())
    assert found[0] == found[1]
    assert len(found[0]) == 5


def test_answers_of_the_retired_interface_are_refused_by_their_list(
    real: Path, tmp_path: Path
) -> None:
    for path in sorted((real / RETIRED).glob("*.json")):
        with pytest.raises(SourceChanged) as caught:
            refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
        assert str(caught.value.facts["found"]).startswith("aggregationData, results")
        assert records(path) is None
