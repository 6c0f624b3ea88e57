"""SDMX-ML 2.1 and 3.0: data through sdmx1, structures as the message itself defines them.

sdmx1 makes empty artefacts of all that a structure message only refers to, and passes over some
of its attributes; what is defined is therefore read from the message's own elements.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sdmx
from lxml import etree
from sdmx.message import DataMessage, StructureMessage
from sdmx.model import v21, v30
from sdmx.model.common import BaseDataSet, MaintainableArtefact

from ingest.collect import Row
from ingest.economy.sdmx_rows import Content, Dataset, long_texts, observation, short, structure
from ingest.readers.xml import parse_document, text
from iplake.errors import RecordRejected, SourceBusy, SourceChanged
from iplake.log import get_logger

log = get_logger(__name__)

NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/"
READ = (f"{NAMESPACES}v2_1/message", f"{NAMESPACES}v3_0/message")
DATA = {
    "GenericData", "GenericTimeSeriesData", "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
}  # fmt: skip
COMPONENTS = {
    "Dimension", "TimeDimension", "MeasureDimension", "Attribute", "PrimaryMeasure", "Measure",
    "Group",
}  # fmt: skip
ITEMS = {
    *COMPONENTS, "Code", "Concept", "Category", "Agency", "DataProvider", "DataConsumer",
    "OrganisationUnit",
}  # fmt: skip
# Lists of items, and what is read of artefacts and items.
READ_PARTS = {
    "DataStructureComponents", "DimensionList", "AttributeList", "MeasureList", "Name", "Structure",
    "ConceptIdentity", "LocalRepresentation", "Parent",
}  # fmt: skip
# Annotations, what constraints allow, to what attributes belong and who answers for what is
# not kept.
IGNORED = {
    "Annotations", "Description", "ConstraintAttachment", "CubeRegion", "DataKeySet",
    "ReleaseCalendar", "AttributeRelationship", "GroupDimension", "ConceptRole",
    "CoreRepresentation", "Contact",
    "Source", "Target", "StructureUsage", "ISOConceptReference",
}  # fmt: skip
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ACCEPTED = 413

DataStructure = v21.DataStructureDefinition | v30.DataStructureDefinition


@dataclass(slots=True)
class Structures:
    """Structure messages that a file has held so far; understood when data need them."""

    raw: list[tuple[str, bytes]] = field(default_factory=list)

    def of(self, root: etree._Element) -> DataStructure | None:
        """Return the data structure that a message's header refers to, by itself or its flow."""
        wanted = {
            (reference.get("agencyID", ""), reference.get("id", ""))
            for reference in root.iterfind("{*}Header/{*}Structure//Ref")
        }
        for where, raw in self.raw:
            message = _parsed(raw, where, None)
            assert isinstance(message, StructureMessage)
            flows = [flow for flow in message.dataflow.values() if _key(flow) in wanted]
            found = [flow.structure for flow in flows] + [
                each for each in message.structure.values() if _key(each) in wanted
            ]
            for each in found:
                if isinstance(each, DataStructure) and each.dimensions.components:
                    return each
        return None


def _key(artefact: MaintainableArtefact) -> tuple[str, str]:
    return str(artefact.maintainer), artefact.id


def read(raw: bytes, where: str, structures: Structures) -> Content:
    """Return what one message holds; a message that can't be read whole raises SourceChanged."""
    root = _root(raw, where)
    kind = etree.QName(root).localname
    if etree.QName(root).namespace not in READ or kind not in {*DATA, "Structure"}:
        raise SourceChanged(
            "expected data or structures in SDMX-ML 2.1 or 3.0; look what the service says",
            file=where,
            found=f"{root.tag}: {' '.join(map(str, root.itertext()))[:200].strip()}",
        )
    if kind == "Structure":
        structures.raw.append((where, raw))
        return Content(structures=_artefacts(root), unknown=_unknown_parts(root))
    is_specific = kind.startswith("StructureSpecific")
    known = structures.of(root) if is_specific else None
    message = _parsed(raw, where, known)
    assert isinstance(message, DataMessage)
    if not message.data:
        _refuse_footer(message, where)
    declared = not is_specific or known is not None
    elements = zip(root.iterfind("{*}DataSet"), message.data, strict=True)
    parts = [
        (_dataset(found, has_declared_key=declared), _shared(element), found)
        for element, found in elements
    ]
    return Content(
        (row for dataset, shared, found in parts for row in _observations(dataset, shared, found)),
        (row for dataset, shared, _ in parts for row in long_texts(dataset, shared)),
    )


def _root(raw: bytes, where: str) -> etree._Element:
    try:
        root = parse_document(raw)
    except RecordRejected as error:
        raise SourceChanged(
            "an XML message is damaged, cut off or unsafe; land it again",
            file=where,
            reason=error.reason_code,
            said=str(error),
        ) from error
    if root.getroottree().docinfo.doctype:
        raise SourceChanged("a message of SDMX has no document type; what is this?", file=where)
    return root


def _parsed(raw: bytes, where: str, known: DataStructure | None) -> object:
    """Return the message as sdmx1 reads it; what it passes over is a warning of ours."""
    noted = _Notes()
    logger = logging.getLogger("sdmx")
    logger.addHandler(noted)
    was_propagated, logger.propagate = logger.propagate, False
    try:
        # On failure sdmx1 prints its stacks.
        with contextlib.redirect_stdout(io.StringIO()):
            return sdmx.read_sdmx(io.BytesIO(raw), format="XML", structure=known)
    except Exception as error:
        cause = error.__cause__ or error
        raise SourceChanged(
            "a message can't be read; see what it has that sdmx1 does not know",
            file=where,
            said=f"{type(cause).__name__}: {cause}"[:500],
        ) from error
    finally:
        logger.removeHandler(noted)
        logger.propagate = was_propagated
        if noted.said:
            log.warning("passed over within a message", file=where, said="; ".join(noted.said))


class _Notes(logging.Handler):
    """Keeps what sdmx1 warns of, but for the absence of a structure, which we know of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "got no structure" not in message:
            self.said.append(message[:200])


def _refuse_footer(message: DataMessage, where: str) -> None:
    """Raise what a message without any dataset says in its footer."""
    said = "; ".join(map(str, message.footer.text)) if message.footer else "no dataset, no footer"
    code = message.footer.code if message.footer else None
    if code == ACCEPTED:
        raise SourceBusy("the data are being made; fetch them later", file=where, said=said)
    raise SourceChanged("a message without data", file=where, code=code, said=said)


def _observations(dataset: Dataset, shared: Mapping[str, str], found: BaseDataSet) -> Iterator[Row]:
    common = short(shared)
    for each in found.obs:
        dimensions = {name: _text(value.value) for name, value in each.key.values.items()}
        own = {name: _text(value.value) for name, value in each.attrib.items()}
        # sdmx1 hands what is said of a whole dataset on to its series, but not always.
        own = {name: value for name, value in own.items() if name not in shared}
        value = None if each.value is None else str(each.value)
        yield observation(dataset, dimensions, {**common, **own}, value)


def _dataset(found: BaseDataSet, *, has_declared_key: bool) -> Dataset:
    named = found.described_by or found.structured_by
    return Dataset(
        "SDMX-ML",
        str(named.maintainer) if named and named.maintainer else None,
        named.id if named else None,
        str(named.version) if named and named.version else None,
        found.action.name if found.action else None,
        has_declared_key,
    )


def _text(value: object) -> str:
    return str(getattr(value, "id", value))


def _shared(element: etree._Element) -> dict[str, str]:
    """Return the attributes of a whole dataset; sdmx1 keeps them only if it knows the structure."""
    values = {
        str(name): str(value)
        for name, value in element.attrib.items()
        if not str(name).startswith(("{", "valid")) and name not in {"action", "structureRef"}
    }
    for value in element.iterfind("{*}Attributes/{*}Value"):
        values[value.get("id", "")] = value.get("value", "")
    return values


def _artefacts(root: etree._Element) -> Iterator[Row]:
    """Yield each artefact that a message defines, and its items in their order."""
    for artefact in root.iterfind("{*}Structures/*/*"):
        owner = Dataset(
            "SDMX-ML", artefact.get("agencyID"), artefact.get("id"), artefact.get("version")
        )
        kind = etree.QName(artefact).localname
        yield structure(owner, kind, **_name(artefact), codelist=_reference(artefact, "Structure"))
        for position, item in enumerate(_items(artefact), start=1):
            concept = _reference(item, "ConceptIdentity")
            above = item.getparent()
            is_nested = above is not None and etree.QName(above).localname in ITEMS
            yield structure(
                owner,
                kind,
                item_class=etree.QName(item).localname,
                item=item.get("id") or (concept or "").rpartition(".")[2] or None,
                parent=above.get("id") if is_nested else _parent(item),
                position=position,
                **_name(item),
                concept=concept,
                codelist=_reference(item, "LocalRepresentation/{*}Enumeration"),
                usage=item.get("assignmentStatus") or item.get("usage"),
            )


def _items(artefact: etree._Element) -> Iterator[etree._Element]:
    for child in artefact.iterchildren("*"):
        local = etree.QName(child).localname
        # A reference to an item of elsewhere has neither.
        if local in COMPONENTS or (local in ITEMS and child.get("id")):
            yield child
        if local not in IGNORED:
            yield from _items(child)


def _unknown_parts(root: etree._Element) -> list[str]:
    """Return names of elements within artefacts that are neither read nor ignored by name."""
    found: set[str] = set()
    parts = [
        child for each in root.iterfind("{*}Structures/*/*") for child in each.iterchildren("*")
    ]
    while parts:
        part = parts.pop()
        local = etree.QName(part).localname
        if local in IGNORED:
            continue
        if local not in READ_PARTS and local not in ITEMS:
            found.add(local)
        elif local not in {"Name", "Structure", "ConceptIdentity", "LocalRepresentation", "Parent"}:
            parts.extend(part.iterchildren("*"))
    return sorted(found)


def _name(element: etree._Element) -> dict[str, str | None]:
    """Return the English name of an element, or its first one, and its language."""
    names = {name.get(LANGUAGE, "en"): text(name) for name in element.iterfind("{*}Name")}
    language = "en" if "en" in names else next(iter(names), None)
    return {"name": names.get(language), "language": language} if language else {}


def _parent(item: etree._Element) -> str | None:
    found = item.find("{*}Parent/Ref")
    return found.get("id") if found is not None else text(item, "{*}Parent")


def _reference(element: etree._Element, path: str) -> str | None:
    """Return what an element refers to as `AGENCY:ID(VERSION)`, or with `.ITEM` behind it."""
    found = element.find(f"{{*}}{path}")
    if found is None:
        return None
    ref = found.find("Ref")
    if ref is None:
        urn = text(found) or text(found, "URN")
        return urn.rpartition("=")[2] if urn else None
    scheme = ref.get("maintainableParentID") or ref.get("id")
    version = ref.get("maintainableParentVersion") or ref.get("version")
    item = f".{ref.get('id')}" if ref.get("maintainableParentID") else ""
    return f"{ref.get('agencyID')}:{scheme}({version}){item}"
