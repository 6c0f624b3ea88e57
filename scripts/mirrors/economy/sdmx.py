"""Mirrors of SDMX services: a message of each kind that the declaration asks for.

The sample's exchange rates, and what their codes mean, are re-rendered from the European Central
Bank's messages of 2020. Government expenditure on research of five countries is given as others
quote it from OECD's Main Science and Technology Indicators of 2026.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from ingest.collect import Row
from ingest.economy.sdmx import discover
from ingest.economy.sdmx_structures import artefacts
from iplake import registry
from scripts.mirrors.places import place_answer
from scripts.mirrors.silent import SILENT
from scripts.mirrors.spreadsheet import zip_bytes

ADDRESS = "economy/sdmx"
MESSAGES, JSONSTAT = "economic/sdmx_messages", "economic/jsonstat"
RATES, STRUCTURE = "ECB_EXR__1__M.USD.EUR.SP00.A.xml", "ECB_EXR__1__structure.xml"
# Answers that hold no data: promises of a file.
REFUSED = ("ESTAT__footer.xml", "ESTAT__footer2.xml")
GOVERNMENT_RESEARCH = {
    "USA": (57_879, 54_666, 66_641),
    "CHN": (38_446, 59_161, 91_821),
    "DEU": (14_441, 16_046, 21_502),
    "JPN": (13_829, 13_311, 14_240),
    "KOR": (6_992, 9_033, 11_231),
}
LISTS = {
    "DimensionList": {"Dimension", "TimeDimension"},
    "AttributeList": {"Attribute"},
    "MeasureList": {"PrimaryMeasure"},
}
DESCRIPTORS = ("DimensionDescriptor", "AttributeDescriptor", "MeasureDescriptor")
YEARS = (2010, 2015, 2020)
MSTI_HEADER = (
    "DATAFLOW,REF_AREA,FREQ,MEASURE,UNIT_MEASURE,PRICE_BASE,TRANSFORMATION,TIME_PERIOD,OBS_VALUE,"
    "OBS_STATUS,UNIT_MULT,DECIMALS"
)
NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


def sample(real: Path, out: Path) -> None:
    """Write the three answers of the sample."""
    folder = real / MESSAGES
    for resource, content in zip(
        discover(SILENT, registry.get(ADDRESS)),
        (_research(), _rates(folder / RATES), _structure(folder / STRUCTURE)),
        strict=True,
    ):
        place_answer(out, resource.request).write_text(content, encoding="utf-8")


def real(real: Path, out: Path) -> None:
    """Link the two messages that answer a query of ours; pack all others under the third.

    Structures come first, so that data of the same file are understood by them.
    """
    msti, rates, structure = (
        place_answer(out, each.request) for each in discover(SILENT, registry.get(ADDRESS))
    )
    for link, name in ((rates, RATES), (structure, STRUCTURE)):
        link.unlink(missing_ok=True)
        link.symlink_to((real / MESSAGES / name).resolve())
    files = [*(real / MESSAGES).glob("*.[xj]*"), *(real / JSONSTAT).glob("*.json")]
    others = [path for path in files if path.name not in {RATES, STRUCTURE, *REFUSED}]
    ordered = sorted(others, key=lambda path: (records(path) is not None, path.name))
    msti.write_bytes(zip_bytes({path.name: path.read_bytes() for path in ordered}))


def records(path: Path) -> int | None:
    """Return how many observations a real file has, counted from its text alone."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return len(re.findall(r"<(?:\w+:)?Obs[ >]", raw)) or None
    document = json.loads(raw)
    if "dataSets" in document:
        series = document["dataSets"][0].get("series", {"": document["dataSets"][0]})
        return sum(len(each["observations"]) for each in series.values())
    datasets = [document] if "value" in document else list(document.values())
    return sum(len(each["value"]) for each in datasets)


def _research() -> str:
    lines = [
        f"OECD.STI.STP:DSD_MSTI@DF_MSTI(1.3),{area},A,GV,USD_PPP,V,_Z,{year},{value},A,6,0"
        for area, values in GOVERNMENT_RESEARCH.items()
        for year, value in zip(YEARS, values, strict=True)
    ]
    return "".join(f"{line}\n" for line in (MSTI_HEADER, *lines))


def _rates(path: Path) -> str:
    root = etree.parse(path).getroot()
    [series] = root.iterfind("{*}DataSet/{*}Series")
    key = "".join(_value(each) for each in series.iterfind("{*}SeriesKey/{*}Value"))
    said = "".join(
        _value(each)
        for each in series.iterfind("{*}Attributes/{*}Value")
        if each.get("id") in {"UNIT", "UNIT_MULT", "DECIMALS"}
    )
    observations = "".join(
        f'<generic:Obs><generic:ObsDimension value="{_at(each, "ObsDimension")}"/>'
        f'<generic:ObsValue value="{_at(each, "ObsValue")}"/><generic:Attributes>'
        f"{''.join(map(_value, each.iterfind('{*}Attributes/{*}Value')))}"
        "</generic:Attributes></generic:Obs>\n"
        for each in series.iterfind("{*}Obs")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<message:GenericData xmlns:message="{NAMESPACES}/message" '
        f'xmlns:common="{NAMESPACES}/common" xmlns:generic="{NAMESPACES}/data/generic">\n'
        "<message:Header><message:ID>sample</message:ID><message:Test>false</message:Test>"
        "<message:Prepared>2020-01-16T08:16:20</message:Prepared>"
        '<message:Sender id="ECB"/><message:Structure structureID="ECB_EXR1" '
        'dimensionAtObservation="TIME_PERIOD"><common:Structure><URN>'
        "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ECB:ECB_EXR1(1.0)"
        "</URN></common:Structure></message:Structure></message:Header>\n"
        '<message:DataSet action="Replace" structureRef="ECB_EXR1"><generic:Series>\n'
        f"<generic:SeriesKey>{key}</generic:SeriesKey>\n"
        f"<generic:Attributes>{said}</generic:Attributes>\n{observations}"
        "</generic:Series></message:DataSet></message:GenericData>\n"
    )


def _value(element: etree._Element) -> str:
    identity, value = quoteattr(element.get("id", "")), quoteattr(element.get("value", ""))
    return f"<generic:Value id={identity} value={value}/>"


def _at(observation: etree._Element, name: str) -> str:
    found = observation.find(f"{{*}}{name}")
    assert found is not None
    return str(found.get("value", ""))


def _structure(path: Path) -> str:
    """Return the data structure with its components, their concepts and code lists."""
    artefact, *items = artefacts(etree.parse(path).getroot())
    lists = {
        name: "".join(_component(each) for each in items if str(each["item_class"]) in kinds)
        for name, kinds in LISTS.items()
    }
    components = "".join(
        f'<str:{name} id="{identity}">\n{lists[name]}</str:{name}>\n'
        for name, identity in zip(LISTS, DESCRIPTORS, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mes:Structure xmlns:mes="{NAMESPACES}/message" xmlns:str="{NAMESPACES}/structure" '
        f'xmlns:com="{NAMESPACES}/common">\n'
        "<mes:Header><mes:ID>sample</mes:ID><mes:Test>false</mes:Test>"
        "<mes:Prepared>2020-01-18T20:51:57</mes:Prepared>"
        '<mes:Sender id="ECB"/><mes:Receiver id="not_supplied"/></mes:Header>\n'
        "<mes:Structures><str:DataStructures>"
        f'<str:DataStructure agencyID="{artefact["agency"]}" id="{artefact["artefact"]}" '
        f'version="{artefact["version"]}">\n<com:Name xml:lang="en">{artefact["name"]}</com:Name>\n'
        f"<str:DataStructureComponents>\n{components}</str:DataStructureComponents>\n"
        "</str:DataStructure></str:DataStructures></mes:Structures></mes:Structure>\n"
    )


def _component(item: Row) -> str:
    scheme, _, concept = str(item["concept"]).rpartition(".")
    concept_ref = (
        f"<str:ConceptIdentity>{_ref(scheme, concept)}</str:ConceptIdentity>" if concept else ""
    )
    codelist = (
        f"<str:LocalRepresentation><str:Enumeration>{_ref(str(item['codelist']))}"
        "</str:Enumeration></str:LocalRepresentation>"
        if item["codelist"]
        else ""
    )
    usage = f' assignmentStatus="{item["usage"]}"' if item["usage"] else ""
    relationship = (
        '<str:AttributeRelationship><str:PrimaryMeasure><Ref id="OBS_VALUE"/>'
        "</str:PrimaryMeasure></str:AttributeRelationship>"
        if item["item_class"] == "Attribute"
        else ""
    )
    kind = item["item_class"]
    return (
        f'<str:{kind} id="{item["item"]}"{usage}>{concept_ref}{codelist}{relationship}'
        f"</str:{kind}>\n"
    )


def _ref(reference: str, concept: str = "") -> str:
    matched = re.fullmatch(r"([^:]+):([^(]+)\(([^)]+)\)", reference)
    assert matched is not None
    agency, code, version = matched.groups()
    scheme = f'maintainableParentID="{code}" maintainableParentVersion="{version}" '
    if concept:
        return f'<Ref agencyID="{agency}" {scheme}id="{concept}" class="Concept"/>'
    return f'<Ref agencyID="{agency}" id="{code}" version="{version}" class="Codelist"/>'
