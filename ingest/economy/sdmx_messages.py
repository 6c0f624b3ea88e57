"""SDMX-ML 2.1 and 3.0: data as sdmx1 understands them, with the attributes of their groups."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sdmx
from lxml import etree
from sdmx.message import DataMessage, StructureMessage
from sdmx.model import v21, v30
from sdmx.model.common import BaseDataSet, MaintainableArtefact

from ingest.collect import Row
from ingest.economy.sdmx_rows import Content, Dataset, long_texts, observation, short
from ingest.economy.sdmx_structures import artefacts, unknown_parts
from ingest.readers.xml import STRICT, parse_document
from iplake.errors import RecordRejected, SourceBusy, SourceChanged
from iplake.log import get_logger

log = get_logger(__name__)

NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/"
READ = (f"{NAMESPACES}v2_1/message", f"{NAMESPACES}v3_0/message")
DATA = {
    "GenericData", "GenericTimeSeriesData", "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
}  # fmt: skip
LAST = re.compile(rb"</(?:\w+:)?(?:Obs|Code|Concept|Dimension|Attribute)>|<(?:\w+:)?Obs\b[^<>]*/>")
STILL_OPEN = "ERR_TAG_NOT_FINISHED"
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
            message = _parsed(raw, where, is_aside=True)
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
    root, refusals = _root(raw, where)
    if refusals:
        raw = etree.tostring(root)
    kind = etree.QName(root).localname
    if etree.QName(root).namespace not in READ or kind not in {*DATA, "Structure"}:
        raise SourceChanged(
            "expected data or structures in SDMX-ML 2.1 or 3.0; look what the service says",
            file=where,
            found=f"{root.tag}: {' '.join(map(str, root.itertext()))[:200].strip()}",
        )
    if kind == "Structure":
        structures.raw.append((where, raw))
        return Content(
            structures=itertools.chain(artefacts(root), refusals), unknown=unknown_parts(root)
        )
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
    rows = (
        row for dataset, shared, found in parts for row in _observations(dataset, shared, found)
    )
    return Content(
        itertools.chain(rows, refusals),
        (row for dataset, shared, _ in parts for row in long_texts(dataset, shared)),
    )


def _root(raw: bytes, where: str) -> tuple[etree._Element, list[RecordRejected]]:
    """Return a message's root, and what is wrong with its end if it is cut off."""
    refusals: list[RecordRejected] = []
    try:
        root = parse_document(raw)
    except RecordRejected as error:
        root = _whole_part(raw) if error.reason_code == "truncated" else None
        if root is None:
            raise SourceChanged(
                "an XML message is damaged or unsafe; land it again",
                file=where,
                reason=error.reason_code,
                said=str(error),
            ) from error
        refusals.append(error)
    if root.getroottree().docinfo.doctype:
        raise SourceChanged("a message of SDMX has no document type; what is this?", file=where)
    return root, refusals


def _whole_part(raw: bytes) -> etree._Element | None:
    """Return what stands before the end of the last whole observation or item of a message.

    None if there is none, or if the message is damaged before it.
    """
    ends = [matched.end() for matched in LAST.finditer(raw)]
    if not ends:
        return None
    parser = etree.XMLParser(**STRICT, recover=True)
    root = etree.fromstring(raw[: ends[-1]], parser)
    # Nothing may be amiss but the tags that are still open.
    is_sound = all(entry.type_name == STILL_OPEN for entry in parser.error_log)
    return root if is_sound else None


def _parsed(
    raw: bytes, where: str, known: DataStructure | None = None, *, is_aside: bool = False
) -> object:
    """Return the message as sdmx1 reads it; what it passes over is a warning of ours.

    Not if it is read aside, for what its data structure says alone.
    """
    noted = _Notes()
    logger = logging.getLogger("sdmx")
    logger.addHandler(noted)
    was_propagated, logger.propagate = logger.propagate, False
    try:
        # On failure sdmx1 prints its stacks.
        with contextlib.redirect_stdout(io.StringIO()):
            return sdmx.read_sdmx(io.BytesIO(raw), format="XML", structure=known)
    # It wraps what its parsers raise, but not what comes before the first element and after the
    # last one: whatever that is, the message was not understood.
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
        if noted.said and not is_aside:
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
