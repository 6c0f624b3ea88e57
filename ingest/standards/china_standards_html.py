"""Pages of China's standards platforms: lists and details, as labels with what stands at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from iplake.errors import SourceChanged

Fields = dict[str, object]

TOTAL = re.compile(r"共\s*(\d+)\s*条标准")
SHOWN = re.compile(r"showInfo\('(\w+)'\)")
ASKED = re.compile(r"openSuggestionDialog\('(\w+)'\)")
ID = "id"
"""Where a page has no label for the id of a record."""


def parse_page(raw: bytes, where: str) -> etree._Element:
    """Return the root of a whole page; SourceChanged if it is cut off.

    Details of sectors' standards end with a script and have no end tag.
    """
    if not raw.rstrip().endswith((b"</html>", b"</script>")):
        raise SourceChanged("a page is cut off, or is no page; land it again", file=where)
    try:
        return html.document_fromstring(raw, html.HTMLParser(encoding="utf-8", no_network=True))
    except etree.LxmlError as error:
        raise SourceChanged("a page cannot be read", file=where, said=str(error)) from error


def form_of(page: etree._Element, where: str) -> str:
    """Return which of the known pages this is."""
    if page.xpath("//table[contains(@class, 'result_list')]"):
        return "openstd_list"
    if page.xpath("//table[@class='tdlist']") and page.xpath("//h1"):
        return "openstd_detail"
    if page.xpath("//dt[contains(@class, 'basicInfo-item')]"):
        return "sacinfo_detail"
    # A list without hits has no table.
    if hits(page) == 0:
        return "openstd_list"
    raise SourceChanged(
        "expected a list or a detail of standards: a challenge or error page?",
        file=where,
        title=words(page.find(".//title")),
    )


def hits(page: etree._Element) -> int | None:
    """Return how many standards a list claims to have on all its pages."""
    found = TOTAL.search(words(page))
    return int(found[1]) if found else None


def list_rows(page: etree._Element, where: str) -> Iterator[Fields]:
    """Yield the lines of a list, by the names of their columns."""
    found = page.xpath("//table[contains(@class, 'result_list')]//tr")
    lines = [line for line in found if line.find("td") is not None]
    names = [words(cell) for line in found for cell in line.findall("th")]
    if hits(page) is None or (not lines and hits(page) != 0):
        raise SourceChanged("expected lines, and how many there are", file=where)
    for line in lines:
        cells = [words(cell) for cell in line.findall("td")]
        if len(cells) != len(names):
            raise SourceChanged(
                "a line has not the columns of its list", file=where, found=" ".join(cells)[:80]
            )
        shown = SHOWN.search(etree.tostring(line, encoding="unicode"))
        yield {ID: shown[1] if shown else "", **dict(zip(names, cells, strict=True))}


def openstd_detail(page: etree._Element) -> Fields:
    """Return the labels of a detail of a national standard, with their values."""
    heading = page.find(".//h1")
    number, _, _ = words(heading).partition(" 采")
    fields: Fields = {
        ID: next(iter(page.xpath("//@data-value")), ""),
        "是否采标": "采" if heading.find("span") is not None else "",
        **_labelled(number),
    }
    for cell in page.xpath("//table[@class='tdlist']//td[not(button)]"):
        fields |= _labelled(words(cell))
    titles = page.xpath("//div[contains(concat(' ', @class, ' '), ' title ')]")
    for title in titles:
        content = title.getnext()
        fields[words(title)] = words(content) if content is not None else ""
    return fields


def sacinfo_detail(page: etree._Element) -> Fields:
    """Return the labels of a detail of a sector's or a region's standard, with their values."""
    asked = ASKED.search(etree.tostring(page, encoding="unicode"))
    header = page.find(".//div[@class='page-header']")
    if header is None:
        raise SourceChanged("expected a header with title and state")
    state = header.xpath(".//span[contains(@class, 'label-primary')]")
    fields: Fields = {
        ID: asked[1] if asked else "",
        "标准名称": words(header.find("h4")),
        "英文名称": words(header.find("h5")),
        "标准状态": words(state[0]) if state else "",
    }
    for name in page.xpath("//dt[contains(@class, 'basicInfo-item')]"):
        fields[words(name)] = words(name.getnext())
    for paragraph in page.xpath("//div[@class='para-title']/following-sibling::p"):
        title = words(paragraph.xpath("preceding-sibling::div[@class='para-title'][1]")[0])
        text = words(paragraph)
        if title.startswith("备案"):
            fields |= _labelled(text)
        else:
            fields[title] = text
    return fields


def _labelled(text: str) -> Fields:
    name, colon, value = text.partition("：")
    return {name.strip(): value.strip()} if colon else {}


def words(element: etree._Element | None) -> str:
    """Return an element's text, its blanks single; empty if there is no element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
