"""Mirrors of arXiv's OAI-PMH interface: one month, in two pages.

The sample is re-rendered from facts: identifiers, dates, sets, titles, categories, DOIs and
licences. Left out: authors, abstracts and comments.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from ingest.literature.arxiv import discover
from iplake import registry
from scripts.mirrors.answers import place

ADDRESS = "literature/arxiv"
FOLDER = "literature/arxiv"
REAL = "arxiv_oai_listrecords_2026-01-05.xml"
DAY = "2026-01-31"
RESUMED = "from=2026-01-05&until=2026-01-31&metadataPrefix=arXiv&skip=2"
# OAI-PMH lets an interface say how many records there are; this one has left it out since 2025.
SIZE = 'completeListSize="3"'
KEPT = ("id", "created", "updated", "title", "categories", "journal-ref", "doi", "license")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
    f"<responseDate>{DAY}T05:54:30Z</responseDate>\n"
    "<request>http://oaipmh.arxiv.org/oai</request>\n"
)


class Identified:
    """Answers with what the interface says about itself: it has the records of one month."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def text(self, url: str, body: str | None = None) -> str:
        """Write the description into the mirror, and return it."""
        told = (
            f"{HEAD}<Identify><repositoryName>arXiv</repositoryName>"
            "<baseURL>https://oaipmh.arxiv.org/oai</baseURL>"
            "<protocolVersion>2.0</protocolVersion>"
            "<earliestDatestamp>2026-01-01</earliestDatestamp>"
            "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity>"
            "</Identify>\n</OAI-PMH>\n"
        )
        place(self._out, url).write_text(told, encoding="utf-8")
        return told

    def json(self, url: str, body: str | None = None) -> object:
        """Refuse: OAI-PMH speaks XML."""
        raise AssertionError(url)


def sample(real: Path, out: Path) -> None:
    """Write two records and a token, and a last page with the third."""
    root = etree.parse(real / FOLDER / REAL).getroot()
    rendered = [_rendered(record) for record in root.iter("{*}record")]
    [resource] = discover(Identified(out), registry.get(ADDRESS))
    assert resource.pages is not None
    page = place(out, resource.url)
    _write(page, rendered[:2], f"<resumptionToken {SIZE}>{escape(RESUMED)}</resumptionToken>")
    following = resource.pages.following(resource.request, page.read_bytes())
    assert following is not None
    _write(place(out, following.url), rendered[2:], f"<resumptionToken {SIZE}/>")


def real(real: Path, out: Path) -> None:
    """Link the real answer."""
    [resource] = discover(Identified(out), registry.get(ADDRESS))
    place(out, resource.url).symlink_to((real / FOLDER / REAL).resolve())


def records(path: Path) -> int | None:
    """Return how many records a real answer holds, counted by their start tags."""
    return path.read_bytes().count(b"<record>") if path.suffix == ".xml" else None


def _rendered(record: etree._Element) -> str:
    identifier = record.findtext("{*}header/{*}identifier")
    datestamp = record.findtext("{*}header/{*}datestamp")
    sets = "".join(f"<setSpec>{each.text}</setSpec>" for each in record.iter("{*}setSpec"))
    facts = "".join(
        f"<{name}>{escape(value)}</{name}>"
        for name in KEPT
        if (value := record.findtext(f".//{{http://arxiv.org/OAI/arXiv/}}{name}"))
    )
    return (
        f"<record><header><identifier>{identifier}</identifier>"
        f"<datestamp>{datestamp}</datestamp>{sets}</header>"
        f'<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">{facts}</arXiv></metadata></record>\n'
    )


def _write(path: Path, records: Iterable[str], token: str) -> None:
    text = f"{HEAD}<ListRecords>\n{''.join(records)}{token}\n</ListRecords>\n</OAI-PMH>\n"
    path.write_text(text, encoding="utf-8")
