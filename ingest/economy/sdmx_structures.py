"""Structure messages of SDMX-ML: what they define, artefact by artefact.

sdmx1 makes artefacts of all that a structure message only refers to, 43 empty code lists of one of
the IMF's; what is defined is therefore read from the message's own elements.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Row
from ingest.economy.sdmx_rows import Dataset, structure
from ingest.readers.elements import text

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
    "Source", "Target", "StructureUsage", "ISOConceptReference", "Ref",
}  # fmt: skip
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def artefacts(root: etree._Element) -> Iterator[Row]:
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


def unknown_parts(root: etree._Element) -> list[str]:
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
