"""World Bank's interface: pages, errors with status 200, figures that are no figures."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ingest.economy.worldbank_api import following, listed_in_queries, total
from iplake import registry
from iplake.contract import Request
from iplake.errors import SourceBusy, SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from tests.conftest import refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "economy/worldbank"
URL = "https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&page="
INVALID = {"id": "120", "key": "Invalid value", "value": "The provided parameter is not valid"}


def figure(area: str = "CHN", year: str = "2020", value: object = 1, **own: object) -> object:
    """Return one figure as the interface gives it."""
    return {
        "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
        "country": {"id": "CN", "value": "China"},
        "countryiso3code": area,
        "date": year,
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
        **own,
    }


def answer(number: int, pages: int, *figures: object) -> bytes:
    """Return one page; numbers of its head are texts or numbers, as in the wild."""
    head = {"page": number, "pages": pages, "per_page": "2", "total": str(2 * pages)}
    return json.dumps([head, list(figures)]).encode()


def test_pages_follow_each_other_to_the_last() -> None:
    first = Request(f"{URL}1")
    second = following(first, answer(1, 2))
    assert second == Request(f"{URL}2")
    assert following(second, answer(2, 2)) is None
    assert (
        following(first, json.dumps([{"page": 1, "pages": 0, "total": 0}, None]).encode()) is None
    )
    assert total(answer(1, 3)) == 6


def test_queries_are_harvests() -> None:
    [resource] = listed_in_queries(registry.get(ADDRESS))
    assert resource.url == (
        "https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL"
        "?format=json&per_page=5000&page=1"
    )
    assert resource.pages is not None


@pytest.mark.parametrize(
    ("page", "error", "said"),
    [
        (json.dumps([{"message": [INVALID]}]).encode(), SourceChanged, "Invalid value"),
        (b"[]", SourceChanged, "a list of a head and figures"),
        (b"{}", SourceChanged, "a list of a head and figures"),
        (b'[{"page": 1}', SourceChanged, "a list of a head and figures"),
        (b'[{"page": 1, "pages": "many"}, []]', SourceChanged, "expected a number"),
        (answer(2, 3), SourceChanged, "another page than was asked for"),
        (b"<html>Service unavailable</html>", SourceBusy, "found a page"),
    ],
)
def test_errors_in_the_guise_of_a_page(
    page: bytes, error: type[SourceBusy | SourceChanged], said: str
) -> None:
    with pytest.raises(error, match=said):
        following(Request(f"{URL}1"), page)


def test_an_error_that_landed_all_the_same_is_refused(tmp_path: Path) -> None:
    content = zip_bytes({"page-00001": json.dumps([{"message": [INVALID]}]).encode()})
    with pytest.raises(SourceChanged, match="answered with a message"):
        staged(ADDRESS, tmp_path, content)


def test_a_series_across_pages_is_one(tmp_path: Path) -> None:
    pages = {
        "page-00001": answer(1, 2, figure(year="2020"), figure(year="2019", value=None)),
        "page-00002": answer(2, 2, figure(year="2018", value=2.5), figure("WLD")),
    }
    counts = staged(ADDRESS, tmp_path, zip_bytes(pages))
    assert counts["observations"] == Count(records=3, staged=3, quarantined=0)
    assert counts["series"] == Count(records=2, staged=2, quarantined=0)
    series = pl.read_parquet(tmp_path / "out" / "series.parquet")
    found = series.select("area_code", "cell_count", "empty_count").rows()
    assert found == [("CHN", 3, 1), ("WLD", 1, 0)]
    rows = pl.read_parquet(tmp_path / "out" / "observations.parquet")
    assert rows["_record_number"].to_list() == [1, 1, 2]
    assert rows["observation_value_raw"].to_list() == ["1", "2.5", "1"]


def test_a_damaged_figure_costs_itself_alone(tmp_path: Path) -> None:
    nameless = {name: value for name, value in dict(figure()).items() if name != "date"}  # type: ignore[call-overload]
    figures = [
        figure(),
        nameless,
        figure("", year="2019"),
        figure(year="2018", value=[1]),
        figure(year="2017", value=True),
        "text",
    ]
    counts = staged(ADDRESS, tmp_path, answer(1, 1, *figures))
    assert counts["observations"] == Count(records=6, staged=1, quarantined=5)
    assert [reason for reason, _ in refused(tmp_path)] == [
        "missing_field",
        "missing_field",
        "wrong_type",
        "wrong_type",
        "wrong_type",
    ]


def test_a_field_that_nobody_knows_is_reported_and_the_figure_stays(tmp_path: Path) -> None:
    path = tmp_path / "input.json"
    path.write_bytes(answer(1, 1, figure(colour="red"), figure(year="2019", colour="blue")))
    source = registry.get(ADDRESS)
    file = refresh.RawFile(path, path.name, path.name, "x", None)
    batches = list(refresh.connector(source).read(file, source, None))
    [drift] = [each for batch in batches for each in batch.drift]
    assert (drift.table, drift.field, drift.records) == ("observations", "colour", 2)
    assert batches[0].rows.num_rows == 2
