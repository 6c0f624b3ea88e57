"""Every real message of SDMX and JSON-stat, against counts made apart from us."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceBusy
from scripts.mirrors.economy.sdmx import JSONSTAT, MESSAGES, REFUSED, records
from scripts.mirrors.spreadsheet import zip_bytes
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "economy/sdmx"
OBSERVATIONS = {
    "ECB_EXR__1__M.USD.EUR.SP00.A.xml": 252, "ECB_EXR__flat.json": 4, "ECB_EXR__ts.json": 4,
    "ESTAT__NAMA_10_GDP-ss.xml": 4, "IMF_RES__WEO-data.xml": 1, "IMF__PCPS.xml": 1,
    "INSEE__CNA-2010-CONSO-SI-A17.xml": 2, "ISTAT_recorded_data_47_850.xml": 22,
    "OECD__data-PART2-all-all.json": 7, "WB__gh-78.xml": 1, "QS104EW.json": 3,
    "cantabria.json": 5_400, "galicia-2.0.json": 3_960, "oecd-canada.json": 552,
    "statswe.json": 1_120, "us-labor-ds.json": 12_880,
}  # fmt: skip
STRUCTURES = {
    "BIS__actualconstraint-0.xml", "ECB_EXR__1__structure.xml", "ESTAT__CL_FREQ.xml",
    "ESTAT__GOV_10Q_GGNFA.xml", "ESTAT__apro_mk_cola-structure.xml", "IMF_RES__WEO-structure.xml",
    "IMF_STA__availableconstraint_CPI.xml", "IMF__01R.xml", "IMF__ECOFIN_DSD-structure.xml",
    "INSEE__IPI-2010-A21-structure.xml", "ISTAT_recorded_dataflow_47_850.xml",
    "OECD__actualconstraint-0.xml", "UNICEF__GLOBAL_DATAFLOW-structure.xml",
    "UNSD__codelist_partial.xml",
}  # fmt: skip
ITEM = re.compile(
    r"<(?:\w+:)?(?:Codelist|Code|ConceptScheme|Concept|CategoryScheme|Category|Categorisation"
    r"|AgencyScheme|Agency|DataProviderScheme|DataProvider|Dataflow|DataStructure|Dimension"
    r"|TimeDimension|Attribute|PrimaryMeasure|Group|ContentConstraint|ProvisionAgreement)"
    r"\s[^>]*?\bid=\"[^\"]+\""
)


def path_of(real: Path, name: str) -> Path:
    """Return where a real file lies."""
    return next(
        real / each / name for each in (MESSAGES, JSONSTAT) if (real / each / name).exists()
    )


def test_every_file_of_the_folders_is_accounted_for(real: Path) -> None:
    files = [*(real / MESSAGES).iterdir(), *(real / JSONSTAT).iterdir()]
    names = {path.name for path in files} - {"PROVENANCE.md"}
    assert len(names) == 32
    assert names == {*OBSERVATIONS, *STRUCTURES, *REFUSED}


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_every_observation_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path, expected = path_of(real, name), OBSERVATIONS[name]
    assert records(path) == expected
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["observations"] == Count(records=expected, staged=expected, quarantined=0)
    rows = pl.read_parquet(tmp_path / "observations.parquet")
    key = ["dataset_agency_code", "dataset_code", "dimensions", "period_code"]
    assert rows.select(key).is_duplicated().sum() == 0


@pytest.mark.parametrize("name", sorted(STRUCTURES))
def test_every_artefact_and_item_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = path_of(real, name)
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    # References are elements of the same names, and hold no id of their own; constraints name
    # attributes that they allow.
    text = re.sub(r"<(\w+:CubeRegion)\b.*?</\1>", "", text, flags=re.DOTALL)
    expected = len(ITEM.findall(text))
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["observations"].records == 0
    assert counts["structures"] == Count(records=expected, staged=expected, quarantined=0)


@pytest.mark.parametrize("name", REFUSED)
def test_promises_of_a_file_are_refused(real: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceBusy, match=r"land it again.*/file/"):
        refresh.stage_files(ADDRESS, [path_of(real, name)], tmp_path, jobs=1)


def test_figures_are_the_published_ones(real: Path, tmp_path: Path) -> None:
    def of(name: str, **where: object) -> list[float]:
        refresh.stage_files(ADDRESS, [path_of(real, name)], tmp_path, jobs=1)
        rows = pl.read_parquet(tmp_path / "observations.parquet").filter(**where)
        return rows["observation_value"].to_list()

    assert of("ECB_EXR__1__M.USD.EUR.SP00.A.xml", period_code="2019-12") == [1.111345]
    assert of("IMF__PCPS.xml", period_code="2021-01") == [2705.345]
    assert of("QS104EW.json", period_code="2011") == [56_075_912, 27_573_376, 28_502_536]
    assert of("oecd-canada.json", area_code="AU", observation_year=2003) == [5.943826289]
    assert of("us-labor-ds.json", area_code="01001") == [25_480, 23_836, 1_644, 6.5]


def test_a_structure_in_the_same_file_tells_the_key_of_the_outlook(
    real: Path, tmp_path: Path
) -> None:
    names = ("IMF_RES__WEO-structure.xml", "IMF_RES__WEO-data.xml")
    packed = tmp_path / "input.zip"
    packed.write_bytes(zip_bytes({name: path_of(real, name).read_bytes() for name in names}))
    refresh.stage_files(ADDRESS, [packed], tmp_path / "out", jobs=1)
    [row] = pl.read_parquet(tmp_path / "out" / "observations.parquet").iter_rows(named=True)
    assert row["has_declared_key"] is True
    assert row["dimensions"] == '{"COUNTRY":"SVK","FREQUENCY":"A","INDICATOR":"NGDP_R"}'
    assert '"SCALE":"9"' in row["attributes"]
    # Attributes of its groups are the observation's too.
    assert '"BASE_YEAR":"2020"' in row["attributes"]
