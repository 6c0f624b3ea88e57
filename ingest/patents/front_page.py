"""The front page of a document of the offices, cut out of its full text, and read by paths."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from ingest.readers.elements import unescape
from ingest.readers.xml import STRICT, not_well_formed
from iplake.contract import report_leftovers
from iplake.errors import RecordRejected

Fields = dict[str, str]

_PARSER = etree.XMLParser(**STRICT)


def front_page(document: bytes, root: str, bibliography: str) -> etree._Element:
    """Return the root of a document, read to the end of its bibliographic data alone.

    The full text behind it is skipped as bytes. Checked are therefore: the bibliography is
    well-formed, the document ends with its root's end tag, is the only one and has no zero
    bytes. Not checked is whether the markup of its full text is well-formed.
    """
    end_of_bibliography, end_of_root = f"</{bibliography}>".encode(), f"</{root}>".encode()
    cut = document.find(end_of_bibliography)
    end = document.rfind(end_of_root)
    if cut < 0 or end < cut:
        raise RecordRejected(
            "truncated", "a document breaks off", missing=f"</{root}>", bytes=len(document)
        )
    if document[end + len(end_of_root) :].strip():
        raise RecordRejected("ill_formed", "bytes follow the end of a document")
    if b"\0" in document:
        raise RecordRejected(
            "ill_formed", "a document holds zero bytes", at=document.index(b"\0")
        )  # fmt: skip
    if document.find(f"<{root}".encode(), cut) >= 0:
        # A border without a prolog: SGML of 2001 has none.
        raise RecordRejected("several_documents", "expected one document, found more", root=root)
    try:
        return etree.fromstring(document[: cut + len(end_of_bibliography)] + end_of_root, _PARSER)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, is_cut=False) from error


def fields(
    element: etree._Element, inline: Collection[object], may_repeat: Collection[str] | None
) -> Fields:
    """Return the texts below an element by path; refuse a field that comes twice.

    `inline` are the tags of marks within a text. Of a field that may repeat (with None any
    may), the texts are joined by semicolons.
    """
    found: Fields = {}
    _collect(element, "", found, inline, may_repeat)
    return found


def _collect(
    element: etree._Element,
    prefix: str,
    found: Fields,
    inline: Collection[object],
    may_repeat: Collection[str] | None,
) -> None:
    for child in element:
        path = f"{prefix}{child.tag}"
        if not len(child):
            text = child.text or ""
        elif child[0].tag in inline:
            text = text_of(child)
        else:
            _collect(child, f"{path}/", found, inline, may_repeat)
            continue
        if path in found:
            if may_repeat is not None and path not in may_repeat:
                raise RecordRejected("repeated_field", "a field comes twice", field=path)
            text = f"{found[path]}; {text}"
        found[path] = text


def text_of(element: etree._Element) -> str:
    """Return an element's whole text; named entities become the characters that HTML knows.

    Only the DTD would explain them, and that is not loaded.
    """
    text = "".join(element.itertext())
    return unescape(text) if "&" in text else text


def joined(parts: Collection[str | None]) -> str | None:
    """Return the parts that there are, with blanks between; None if there is none."""
    return " ".join(part for part in parts if part) or None


def report(element: etree._Element, ignored: Collection[str] = ()) -> None:
    """Report an element that is not ignored by its name."""
    if element.tag not in ignored:
        report_leftovers([str(element.tag)], within=f"{getattr(element.getparent(), 'tag', '')}/")


def report_others(element: etree._Element, known: Collection[str]) -> None:
    """Report the children of an element that do not have one of the names."""
    for child in element:
        report(child, known)
