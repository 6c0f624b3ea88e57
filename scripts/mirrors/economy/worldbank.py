"""Mirrors of World Development Indicators: zips with the Bank's own layout, and pages of JSON.

The sample holds 24 countries, a few aggregates and two areas that ISO does not list, all
years, without notes and definitions. Gross domestic product comes from the Datahub's copy
(2026), population from WDI of 2021 as others quote it, everything else from topic 14 of 2021.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.economy import worldbank_api
from iplake import registry
from iplake.contract import Request
from iplake.identifiers.countries import ALPHA2
from scripts.mirrors.delivery import folder_of
from scripts.mirrors.places import place_answer
from scripts.mirrors.spreadsheet import zip_bytes

ADDRESS = "economy/worldbank"
FOLDER = "economic/worldbank_wdi_bulk"
GDP_FILE = "economic/worldbank_gdp_long/gdp.csv"
TOPIC, GDP = "topic/14", "indicator/NY.GDP.MKTP.CD"
POPULATION = "SP.POP.TOTL"
QUERY = "@downloadformat=csv"
BUILD = "API_14_DS2_en_csv_v2_3054360"
FIGURES = f"{BUILD}_science-and-technology.csv"
AREAS = f"Metadata_Country_{BUILD}.csv"
INDICATORS = f"Metadata_Indicator_{BUILD}.csv"
OTHER_INDICATORS = "Metadata_Indicator_API_3_DS2_en_csv_v2_3060949.csv"

CHOSEN = (
    "CHN HKG MAC USA JPN KOR DEU FRA GBR ITA ESP NLD SWE CHE FIN CAN AUS IND ISR SGP BRA RUS MEX"
    " ZAF WLD EUU HIC UMC XKX INX"
).split()
NAMES = {"NY.GDP.MKTP.CD": "GDP (current US$)", "SP.POP.TOTL": "Population, total"}
# World Bank, WDI of July 2021, 2020; China, the United States and India by year since 2001.
PEOPLE_2020 = {
    "CHN": 1410929362, "HKG": 7481800, "MAC": 649342, "USA": 329484123, "JPN": 125836021,
    "KOR": 51780579, "DEU": 83240525, "FRA": 67391582, "GBR": 67215293, "ITA": 59554023,
    "ESP": 47351567, "NLD": 17441139, "SWE": 10353442, "CHE": 8636896, "FIN": 5530719,
    "CAN": 38005238, "AUS": 25687041, "IND": 1380004385, "ISR": 9216900, "SGP": 5685807,
    "BRA": 212559409, "RUS": 144104080, "MEX": 128932753, "ZAF": 59308690, "WLD": 7761620146,
    "EUU": 447801418, "HIC": 1214930230, "UMC": 2522452391, "XKX": 1775378,
}  # fmt: skip
PEOPLE_2001_TO_2019 = {
    "CHN": (
        1271850000, 1280400000, 1288400000, 1296075000, 1303720000, 1311020000, 1317885000,
        1324655000, 1331260000, 1337705000, 1345035000, 1354190000, 1363240000, 1371860000,
        1379860000, 1387790000, 1396215000, 1402760000, 1407745000,
    ),
    "USA": (
        284968955, 287625193, 290107933, 292805298, 295516599, 298379912, 301231207, 304093966,
        306771529, 309327143, 311583481, 313877662, 316059947, 318386329, 320738994, 323071755,
        325122128, 326838199, 328329953,
    ),
    "IND": (
        1075000094, 1093317187, 1111523146, 1129623466, 1147609924, 1165486291, 1183209471,
        1200669762, 1217726217, 1234281163, 1250287939, 1265780243, 1280842119, 1295600768,
        1310152392, 1324517250, 1338676779, 1352642283, 1366417756,
    ),
}  # fmt: skip

LETTERS = {"WLD": "1W", "EUU": "EU", "HIC": "XD", "UMC": "XT", "XKX": "XK"}

Series = tuple[str, str, str, str]
Values = Mapping[int, str]


def sample(real: Path, out: Path) -> None:
    """Write the two zips of the sample, and population as two pages of JSON."""
    science = _topic(real / FOLDER / FIGURES)
    names = {code: name for name, code, *_ in science}
    gdp = _long(real / GDP_FILE)
    areas = _areas(real / FOLDER / AREAS)
    folder = folder_of(ADDRESS, out, "en/")
    _write_zip(folder, TOPIC, BUILD, areas, _indicators(real / FOLDER / INDICATORS), science)
    code = GDP.partition("/")[2]
    build = f"API_{code}_DS2_en_csv_v2_3054360"
    series = {(names[area], area, NAMES[code], code): gdp.get(area, {}) for area in CHOSEN}
    _write_zip(folder, GDP, build, areas, [(code, NAMES[code], "")], series)
    _write_population(out, names)


def real(real: Path, out: Path) -> None:
    """Pack the files of topic 14 as the Bank does, the indicators of topic 3 beside them.

    The zip is packed anew because its files lie there unpacked. No answer of the interface is
    there: the pages of population are the sample's.
    """
    folder = folder_of(ADDRESS, out, "en/")
    members = {FIGURES: FIGURES, AREAS: AREAS, INDICATORS: INDICATORS}
    members[OTHER_INDICATORS] = OTHER_INDICATORS
    packed = zip_bytes(
        {name: (real / FOLDER / path).read_bytes() for name, path in members.items()}
    )
    _place(folder, TOPIC).write_bytes(packed)
    _place(folder, GDP).symlink_to((real / GDP_FILE).resolve())
    science = _topic(real / FOLDER / FIGURES)
    _write_population(out, {code: name for name, code, *_ in science})


def records(path: Path) -> int | None:
    """Return how many figures a real file has, counted from its lines alone."""
    text = path.read_text(encoding="utf-8-sig")
    if path.name == FIGURES:
        lines = list(csv.reader(text.splitlines()[5:]))
        return sum(cell != "" for line in lines for cell in line[4:])
    if path.name == "gdp.csv":
        return sum(line.count(",") >= 3 for line in text.splitlines()[1:])
    return None


def _write_population(out: Path, names: Mapping[str, str]) -> None:
    """Write two pages as the interface gives them: by area, the newest year first."""
    values = _people()
    rows = [
        {
            "indicator": {"id": POPULATION, "value": NAMES[POPULATION]},
            "country": {"id": LETTERS.get(area) or ALPHA2[area], "value": names[area]},
            # Groups by income have no code here.
            "countryiso3code": "" if area in {"HIC", "UMC"} else area,
            "date": str(year),
            "value": int(values[area][year]) if year in values[area] else None,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for area in CHOSEN
        for year in range(2020, 2000, -1)
        if area in values
    ]
    [resource] = worldbank_api.listed_in_queries(registry.get(ADDRESS))
    request: Request | None = resource.request
    half = len(rows) // 2
    for number, part in enumerate((rows[:half], rows[half:]), start=1):
        head = {
            "page": number,
            "pages": 2,
            "per_page": str(half + 1),
            "total": len(rows),
            "sourceid": "2",
            "lastupdated": "2021-07-30",
        }
        answer = json.dumps([head, part], separators=(",", ":")).encode()
        assert request is not None
        place_answer(out, request).write_bytes(answer)
        request = worldbank_api.following(request, answer)
    assert request is None


def _place(folder: Path, path: str) -> Path:
    place = folder / f"{path}{QUERY}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def _topic(path: Path) -> dict[Series, Values]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        *_, header = (next(csv.reader(file)) for _ in range(5))
        lines = [line for line in csv.reader(file) if line[1] in CHOSEN]
    years = [int(cell) for cell in header[4:-1]]
    return {
        (line[0], line[1], line[2], line[3]): dict(zip(years, line[4:-1], strict=True))
        for line in lines
    }


def _long(path: Path) -> dict[str, dict[int, str]]:
    values: dict[str, dict[int, str]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            if line["Country Code"] in CHOSEN:
                values[line["Country Code"]][int(line["Year"])] = line["Value"]
    return values


def _people() -> dict[str, dict[int, str]]:
    values = {area: {2020: str(count)} for area, count in PEOPLE_2020.items()}
    for area, counts in PEOPLE_2001_TO_2019.items():
        values[area] |= {2001 + at: str(count) for at, count in enumerate(counts)}
    return values


def _areas(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["Country Code"] in CHOSEN]
    return [
        (line["Country Code"], line["Region"], line["IncomeGroup"], "", line["TableName"])
        for line in lines
    ]


def _indicators(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (line["INDICATOR_CODE"], line["INDICATOR_NAME"], line["SOURCE_ORGANIZATION"])
            for line in csv.DictReader(file)
        ]


def _write_zip(
    folder: Path,
    path: str,
    build: str,
    areas: list[tuple[str, ...]],
    indicators: list[tuple[str, ...]],
    series: Mapping[Series, Values],
) -> None:
    area_header = ("Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName")
    header = ("INDICATOR_CODE", "INDICATOR_NAME", "SOURCE_NOTE", "SOURCE_ORGANIZATION")
    defined = [(code, name, "", organisation) for code, name, organisation in indicators]
    members = {
        f"Metadata_Country_{build}.csv": _lines([area_header, *areas]),
        f"Metadata_Indicator_{build}.csv": _lines([header, *defined]),
        f"{build}.csv": _figures(series, has_dirt=path == TOPIC),
    }
    _place(folder, path).write_bytes(zip_bytes(members))


def _figures(series: Mapping[Series, Values], *, has_dirt: bool) -> bytes:
    last = max(year for values in series.values() for year in values)
    years = range(1960, last + 1)
    header = ("Country Name", "Country Code", "Indicator Name", "Indicator Code", *map(str, years))
    rows = [(*names, *(values.get(year, "") for year in years)) for names, values in series.items()]
    if has_dirt:
        # A figure that is two points, and a line with one cell too many.
        rows[0] = (*rows[0][:4], "..", *rows[0][5:])
        rows[-1] = (*rows[-1], "")
    preamble = [
        ("Data Source", "World Development Indicators"),
        (),
        ("Last Updated Date", "2021-09-15"),
        (),
    ]
    return _lines([*preamble, header, *rows])


def _lines(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return CSV as the Bank writes it: a mark, quotes, a comma behind each line's last cell."""
    out = io.StringIO()
    for row in rows:
        out.write("".join(f'"{cell}",' for cell in row) + "\r\n")
    return b"\xef\xbb\xbf" + out.getvalue().encode()
