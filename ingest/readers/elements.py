"""What XML elements say: their texts, and the paths of what nobody handles."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable

from lxml import etree

from iplake.errors import RecordRejected

_NAMED_ENTITY = re.compile(r"&(\w+);")


def local_name(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


def only_child(element: etree._Element) -> etree._Element:
    """Return the one child of an element; RecordRejected if there are none or more."""
    if len(element) != 1:
        raise RecordRejected(
            "unexpected_shape", "expected one child", element=element.tag, found=len(element)
        )
    return element[0]


def text(element: etree._Element, path: str = ".") -> str | None:
    """Return the text of the first element at a path, its blanks single; None if there is none.

    Named entities that no DTD explains become the characters that HTML knows by these names.

    >>> text(etree.fromstring("<p><t> On <i>its</i> way </t></p>"), "t")
    'On its way'
    """
    found = element.find(path)
    if found is None:
        return None
    parts = (
        unescape(part) if part.startswith("&") and part.endswith(";") else part
        for part in found.itertext()
    )
    return " ".join("".join(parts).split()) or None


def unescape(value: str) -> str:
    """Return text with its named entities as characters; unknown names stay as they are.

    >>> unescape("don&rsquo;t &foo;")
    'don’t &foo;'
    """
    return _NAMED_ENTITY.sub(lambda name: html.unescape(name[0]), value)


def unknown_paths(
    element: etree._Element, known: Collection[str], ignored: Collection[str] = ()
) -> list[str]:
    """Return the paths below an element that are neither known nor ignored, each once.

    A path has local names from the element down, as in `parties/agents/agent`. What lies
    below an ignored or an unknown path is not looked at.

    >>> record = etree.fromstring("<r><a><b/></a><c><d/></c><e/></r>")
    >>> unknown_paths(record, known={"a", "a/b"}, ignored={"c"})
    ['e']
    """
    found: dict[str, None] = {}
    stack = [(child, "") for child in element.iterchildren("*")]
    while stack:
        child, parent = stack.pop()
        tag = child.tag
        assert isinstance(tag, str)
        local = tag.rpartition("}")[2] if tag[0] == "{" else tag
        path = f"{parent}/{local}" if parent else local
        if path in ignored:
            continue
        if path not in known:
            found[path] = None
        elif len(child):
            stack.extend((below, path) for below in child.iterchildren("*"))
    return sorted(found)


def with_parents(paths: Iterable[str]) -> frozenset[str]:
    """Return paths and all that lead to them, for `unknown_paths`.

    >>> sorted(with_parents(["a/b/c", "d"]))
    ['a', 'a/b', 'a/b/c', 'd']
    """
    return frozenset(
        "/".join(parts[:length])
        for parts in (path.split("/") for path in paths)
        for length in range(1, len(parts) + 1)
    )


def without_namespaces(element: etree._Element) -> etree._Element:
    """Take the namespaces off an element, all below it and their attributes; return it.

    For formats whose namespaces change with each version, and their names do not.

    >>> root = etree.fromstring('<a:r xmlns:a="urn:1" a:n="1"><a:x/></a:r>')
    >>> etree.tostring(without_namespaces(root))
    b'<r xmlns:a="urn:1" n="1"><x/></r>'
    """
    for each in element.iter("*"):
        each.tag = local_name(str(each.tag))
        for name in [name for name in each.attrib if str(name).startswith("{")]:
            each.set(local_name(str(name)), each.attrib.pop(name))
    return element
