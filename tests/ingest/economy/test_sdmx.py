"""SDMX: dialects, structures that come first, answers without data, unsafe documents."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ingest.economy.sdmx import discover
from iplake import registry
from iplake.errors import SourceBusy, SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from tests.conftest import ROOT, Pages, refused, staged
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "economy/sdmx"
EXAMPLES = ROOT / "tests" / "examples" / "economy" / "sdmx"
GENERIC = (EXAMPLES / "generic" / "input.xml").read_bytes()
SPECIFIC = (EXAMPLES / "specific" / "input.xml").read_bytes()
FLAT = {
    "header": {"id": "x", "prepared": "2012-11-29T08:40:26Z", "sender": {"id": "ECB"}},
    "structure": {
        "name": "Part 2",
        "dimensions": {
            "observation": [
                {"id": "LOCATION", "name": "Country", "values": [{"id": "AUS"}, {"id": "OME"}]}
            ]
        },
        "attributes": {"observation": []},
    },
    "dataSets": [{"action": "Information", "observations": {"0": [11.96], "1": [-2.13]}}],
}
CUBE = {
    "class": "dataset",
    "id": ["time"],
    "size": [2],
    "role": {"time": ["time"]},
    "value": [1, 2],
    "dimension": {"time": {"category": {"index": ["2003", "2004"]}}},
}


def table(folder: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(folder / "out" / f"{name}.parquet")


def test_a_structure_before_the_data_tells_dimensions_from_attributes(tmp_path: Path) -> None:
    dimensions = "".join(
        f'<s:Dimension id="{name}"><s:ConceptIdentity><Ref agencyID="E" maintainableParentID="C" '
        f'maintainableParentVersion="1.0" id="{name}" package="conceptscheme" class="Concept"/>'
        "</s:ConceptIdentity></s:Dimension>"
        for name in ("freq", "na_item", "geo")
    )
    structure = (
        '<?xml version="1.0"?><m:Structure '
        'xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" '
        'xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure">'
        "<m:Header><m:ID>x</m:ID><m:Test>false</m:Test><m:Prepared>2020-01-18T20:51:57</m:Prepared>"
        '<m:Sender id="ESTAT"/></m:Header><m:Structures><s:DataStructures>'
        '<s:DataStructure id="NAMA_10_GDP" agencyID="ESTAT" version="1.0">'
        f'<s:DataStructureComponents><s:DimensionList id="DimensionDescriptor">{dimensions}'
        '<s:TimeDimension id="TIME_PERIOD"/></s:DimensionList>'
        '<s:AttributeList id="AttributeDescriptor"><s:Attribute id="unit" '
        'assignmentStatus="Mandatory"><s:AttributeRelationship><s:None/>'
        "</s:AttributeRelationship></s:Attribute></s:AttributeList>"
        '<s:MeasureList id="MeasureDescriptor"><s:PrimaryMeasure id="OBS_VALUE"/></s:MeasureList>'
        "</s:DataStructureComponents></s:DataStructure></s:DataStructures></m:Structures>"
        "</m:Structure>"
    )
    content = zip_bytes({"1.xml": structure.encode(), "2.xml": SPECIFIC, "3.xml": GENERIC})
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["observations"] == Count(records=4, staged=4, quarantined=0)
    rows = table(tmp_path, "observations")
    assert rows["_record_number"].to_list() == [1, 2, 3, 4]
    first = rows.row(0, named=True)
    assert first["has_declared_key"] is True
    assert json.loads(first["dimensions"]) == {"freq": "A", "geo": "LU", "na_item": "B1GQ"}
    assert json.loads(first["attributes"]) == {"LICENCE": "CC BY 4.0", "unit": "CP_MEUR"}


def test_without_a_structure_nobody_knows_the_key(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, SPECIFIC)
    rows = table(tmp_path, "observations")
    assert rows["has_declared_key"].to_list() == [False, False]
    assert "unit" in json.loads(rows["dimensions"][0])


def test_long_texts_about_a_dataset_stand_once(tmp_path: Path) -> None:
    said = "x" * 101
    content = SPECIFIC.replace(b'LICENCE="CC BY 4.0"', f'FULL_DESCRIPTION="{said}"'.encode())
    staged(ADDRESS, tmp_path, content)
    assert table(tmp_path, "observations")["attributes"].to_list() == ["{}", "{}"]
    [row] = table(tmp_path, "structures").iter_rows(named=True)
    assert (row["artefact_class"], row["item_code"]) == ("DataSet", "FULL_DESCRIPTION")
    assert row["name"] == said


def test_elements_that_nobody_knows_are_reported_and_the_record_stays(tmp_path: Path) -> None:
    content = (EXAMPLES / "structures" / "input.xml").read_bytes()
    grown = content.replace(b"<s:Code id=", b"<s:Colour>red</s:Colour><s:Code id=", 1)
    path = tmp_path / "input.xml"
    path.write_bytes(grown)
    connector = refresh.connector(registry.get(ADDRESS))
    file = refresh.RawFile(path, path.name, path.name, "x", None)
    drift = [
        each for batch in connector.read(file, registry.get(ADDRESS), None) for each in batch.drift
    ]
    assert [(each.table, each.field) for each in drift] == [("structures", "Colour")]
    assert staged(ADDRESS, tmp_path, grown)["structures"].staged == 7


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GENERIC.replace(b"</generic:Obs>", b"</generic:Ob>", 1), "damaged or unsafe"),
        (GENERIC[:300], "damaged or unsafe"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "damaged or unsafe"),
        (b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><a/>', "no document type"),
        (GENERIC.replace(b"v2_1", b"v2_0"), "expected data or structures in SDMX-ML 2.1 or 3.0"),
        (
            b'<?xml version="1.0"?><mes:Error xmlns:mes="http://www.sdmx.org/resources/sdmxml/'
            b'schemas/v2_1/message"><mes:ErrorMessage code="100"/></mes:Error>',
            "answered with an error",
        ),
        (b"<!DOCTYPE html><html>", "HTML page"),
        (
            b'<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
            "SDMX-ML",
        ),
        (b"", "empty file"),
        (b"a,b,c\n1,2,3\n", "expected the header of SDMX-CSV"),
        (b"DATAFLOW,A,A,OBS_VALUE\n", "two columns have one name"),
        (b"DATAFLOW,A,TIME_PERIOD\n", "expected the header of SDMX-CSV"),
        (b'{"dataSets": [], "structure": {}}', "without data"),
        (b'{"errors": [{"code": 404, "title": "NoRecordsFound"}]}', "without data"),
        (b'{"class": "collection", "link": {}}', "expected a dataset of JSON-stat"),
        (json.dumps({**CUBE, "value": [1, 2, 3]}).encode(), "expected 2 values, found 3"),
        (json.dumps({**CUBE, "size": [3]}).encode(), "size says"),
        (json.dumps({**CUBE, "dimension": {}}).encode(), "a field is missing"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_a_message_cut_off_keeps_what_is_whole_of_it(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, GENERIC[: GENERIC.index(b'"1990"') + 20])
    assert counts["observations"] == Count(records=2, staged=1, quarantined=1)
    assert [reason for reason, _ in refused(tmp_path)] == ["truncated"]
    assert table(tmp_path, "observations")["observation_value"].to_list() == [0.0]


def test_a_structure_cut_off_keeps_the_items_before(tmp_path: Path) -> None:
    content = (EXAMPLES / "structures" / "input.xml").read_bytes()
    counts = staged(ADDRESS, tmp_path, content[: content.index(b"</s:Codelist>") - 3])
    assert counts["structures"] == Count(records=4, staged=3, quarantined=1)
    assert [reason for reason, _ in refused(tmp_path)] == ["truncated"]


def test_json_cut_off_is_one_refused_record(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, json.dumps(FLAT).encode()[:-30])
    assert counts["observations"] == Count(records=1, staged=0, quarantined=1)
    assert [reason for reason, _ in refused(tmp_path)] == ["invalid_json"]


def test_a_footer_that_promises_a_file_is_worth_another_try(tmp_path: Path) -> None:
    start, _, end = GENERIC.partition(b"<message:DataSet")
    footer = (
        b'<f:Footer xmlns:f="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer">'
        b'<f:Message code="413" severity="Information"><common:Text>Wait.</common:Text></f:Message>'
        b"</f:Footer></message:GenericData>"
    )
    with pytest.raises(SourceBusy, match=r"Wait\."):
        staged(ADDRESS, tmp_path, start + footer)
    refusal = footer.replace(b"413", b"510")
    with pytest.raises(SourceChanged, match="a message without data"):
        staged(ADDRESS, tmp_path, start + refusal)
    assert end


def test_a_sparse_cube_is_as_large_as_its_figures(tmp_path: Path) -> None:
    names = [f"d{at}" for at in range(4)]
    codes = [str(at) for at in range(10_000)]
    cube = {
        "class": "dataset",
        "id": names,
        "size": [len(codes)] * len(names),
        "dimension": {name: {"category": {"index": codes}} for name in names},
        "value": {"0": 1, "12003": 2, "9999999999999999": 3, "10000000000000000": 4, "01": 5},
    }
    counts = staged("economy/sdmx", tmp_path, json.dumps(cube).encode())
    assert counts["observations"] == Count(records=5, staged=3, quarantined=2)
    rows = pl.read_parquet(tmp_path / "out" / "observations.parquet")
    assert [json.loads(each) for each in rows["dimensions"]] == [
        {"d0": "0", "d1": "0", "d2": "0", "d3": "0"},
        {"d0": "0", "d1": "0", "d2": "1", "d3": "2003"},
        {"d0": "9999", "d1": "9999", "d2": "9999", "d3": "9999"},
    ]


def test_an_index_that_points_at_nothing_costs_its_figure_alone(tmp_path: Path) -> None:
    figures = {"0": [11.96], "7": [1], "0:0": [2], "1": []}
    broken = {**FLAT, "dataSets": [{"action": "Information", "observations": figures}]}
    counts = staged(ADDRESS, tmp_path, json.dumps(broken).encode())
    assert counts["observations"] == Count(records=4, staged=1, quarantined=3)
    assert [reason for reason, _ in refused(tmp_path)] == [
        "unknown_index",
        "other_key",
        "empty_observation",
    ]


def test_sdmx_json_two_keeps_its_data_in_data(tmp_path: Path) -> None:
    structure = {**FLAT["structure"], "links": [{"urn": "urn:sdmx:x.Dataflow=OECD:DF_X(1.2)"}]}  # type: ignore[dict-item]
    document = {
        "meta": {"id": "x"},
        "data": {"dataSets": FLAT["dataSets"], "structures": [structure]},
    }
    counts = staged(ADDRESS, tmp_path, json.dumps(document).encode())
    assert counts["observations"] == Count(records=2, staged=2, quarantined=0)
    row = table(tmp_path, "observations").row(1, named=True)
    found = [row[f"dataset_{part}"] for part in ("agency_code", "code", "version")]
    assert found == ["OECD", "DF_X", "1.2"]
    # OME is the mean of OECD's members, and no region of Oman.
    assert (row["area_code"], row["country_code"]) == ("OME", None)


@pytest.mark.parametrize(
    ("value", "period", "reason"),
    [
        ("1,5", "2003", "wrong_type"),
        ("Yes", "2003", "wrong_type"),
        ("1", "20x3", "unknown_period"),
    ],
)
def test_text_in_place_of_a_figure_or_period_is_refused(
    tmp_path: Path, value: str, period: str, reason: str
) -> None:
    content = f'DATAFLOW,A,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),a,{period},"{value}"\n'
    counts = staged(ADDRESS, tmp_path, content.encode())
    assert counts["observations"] == Count(records=1, staged=0, quarantined=1)
    assert [found for found, _ in refused(tmp_path)] == [reason]


def test_a_questionnaire_has_no_time(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, b"DATAFLOW,A,OBS_VALUE,OBS_STATUS\nX:Y(1.0),a,7,A\n")
    [row] = table(tmp_path, "observations").iter_rows(named=True)
    assert (row["period_code"], row["observation_value"]) == (None, 7.0)


def test_labels_within_cells_and_semicolons(tmp_path: Path) -> None:
    content = (
        "DATAFLOW;REF_AREA: Area;TIME_PERIOD: Time;OBS_VALUE: Value;OBS_STATUS: Status\n"
        "X:Y(1.0);AUS: Australia;2003;5.9;A: Normal\n"
    )
    staged(ADDRESS, tmp_path, content.encode())
    [row] = table(tmp_path, "observations").iter_rows(named=True)
    assert (row["area_code"], row["observation_status"]) == ("AUS", "A")
    assert row["dimensions"] == '{"REF_AREA":"AUS"}'


def test_queries_lead_to_any_service() -> None:
    offered = list(discover(Pages({}), registry.get(ADDRESS)))
    assert len(offered) == 3
    assert offered[0].url.startswith(
        "https://sdmx.oecd.org/public/rest/data/OECD.STI.STP,DSD_MSTI@"
    )
    assert offered[1].url.startswith("https://data-api.ecb.europa.eu/service/data/EXR/")
    assert all("/" not in each.name and each.name[0] not in "._" for each in offered)


def test_the_sample_has_rates_and_what_their_codes_mean(lake_home: Path) -> None:
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in refresh.land(ADDRESS))
    assert counts["observations"] == Count(records=267, staged=267, quarantined=0)
    assert counts["structures"] == Count(records=32, staged=32, quarantined=0)
    refresh.gate_staging(ADDRESS)
