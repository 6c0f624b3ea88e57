"""Mirrors of the RFC Editor's index. The sample: numbers, titles, months, series, relations.

The real excerpt has three entries, of which two hold what a test put in; the sample takes the
same facts of RFCs that are a BCP, STD or FYI from Relaton's files. Authors have made-up names.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

import yaml

from iplake import registry
from iplake.contract import Request
from scripts.mirrors.places import place_answer

ADDRESS = "standards/ietf_rfc"
FOLDER = "standard/ietf"
EXCERPT = "rfc-index_excerpt.xml"
SERIES = "relaton_rfcsubseries.tar.gz"
STATUSES = {
    "BCP": "BEST CURRENT PRACTICE",
    "STD": "INTERNET STANDARD",
    "FYI": "INFORMATIONAL",
}
RELATIONS = {
    "obsoletes": "obsoletes",
    "obsoletedBy": "obsoleted-by",
    "updates": "updates",
    "updatedBy": "updated-by",
}
EACH = 3
NAMESPACE = "http://www.rfc-editor.org/rfc-index"

Document = dict[str, Any]


def sample(real: Path, out: Path) -> None:
    """Write every third RFC of the series."""
    found = dict(_of_series(real / FOLDER / SERIES))
    entries = [_entry(*found[doc_id]) for doc_id in sorted(found)[::EACH]]
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<rfc-index xmlns="{NAMESPACE}">',
            "<bcp-entry><doc-id>BCP0003</doc-id>"
            "<is-also><doc-id>RFC1915</doc-id></is-also></bcp-entry>",
            *entries,
            "<rfc-not-issued-entry><doc-id>RFC0014</doc-id></rfc-not-issued-entry>",
            "</rfc-index>\n",
        ]
    )
    _place(out).write_text(text, encoding="utf-8")


def real(real: Path, out: Path) -> None:
    """Link the real excerpt; the series are a repository of Relaton's."""
    link = _place(out)
    link.unlink(missing_ok=True)
    link.symlink_to((real / FOLDER / EXCERPT).resolve())


def records(path: Path) -> int | None:
    """Return how many entries an index has, counted by their start tags."""
    return path.read_bytes().count(b"<rfc-entry>") if path.suffix == ".xml" else None


def _place(out: Path) -> Path:
    endpoint = registry.get(ADDRESS).endpoint
    return place_answer(out, Request(urljoin(endpoint.base_url, endpoint.paths[0])))


def _of_series(path: Path) -> Iterator[tuple[str, tuple[Document, str]]]:
    """Yield each RFC of a series, with the series' own number."""
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                series = yaml.load(content, yaml.CBaseLoader)  # noqa: S506 - text only
                for each in series.get("relation", []):
                    item = each["bibitem"]
                    doc_id = f"RFC{int(item['docnumber'].removeprefix('RFC')):04d}"
                    yield doc_id, (item, series["docnumber"])


def _entry(item: Document, series: str) -> str:
    """Return an entry as the index has it, without abstract."""
    number = int(item["docnumber"].removeprefix("RFC"))
    year, month = item["date"][0]["value"].split("-")
    ids = {each["type"]: each["id"] for each in item["docid"]}
    groups = [group["name"] for group in item.get("editorialgroup", [])]
    status = STATUSES[series[:3]]
    parts = [
        f"<doc-id>RFC{number:04d}</doc-id>",
        f"<title>{escape(item['title'][0]['content'])}</title>",
        *_authors(item),
        f"<date><month>{date(2000, int(month), 1):%B}</month><year>{year}</year></date>",
        "<format><file-format>ASCII</file-format></format>",
        *_relations(item),
        f"<is-also><doc-id>{series}</doc-id></is-also>",
        f"<current-status>{status}</current-status>",
        f"<publication-status>{status}</publication-status>",
        f"<stream>{escape(item['ext']['stream'])}</stream>",
        *(f"<wg_acronym>{escape(name)}</wg_acronym>" for name in groups[:1]),
        f"<doi>{ids['DOI']}</doi>",
    ]
    return f"<rfc-entry>{''.join(parts)}</rfc-entry>"


def _authors(item: Document) -> Iterator[str]:
    for contributor in item["contributor"]:
        if "person" in contributor:
            roles = {role["type"] for role in contributor["role"]}
            title = "<title>Editor</title>" if "editor" in roles else ""
            yield f"<author><name>P. Placeholder</name>{title}</author>"


def _relations(item: Document) -> Iterator[str]:
    for relation in item.get("relation", []):
        name = RELATIONS.get(relation["type"])
        others = [it["id"] for it in relation["bibitem"].get("docid", []) if it["type"] == "IETF"]
        if name and others and others[0].startswith("RFC"):
            number = int(others[0].removeprefix("RFC"))
            yield f"<{name}><doc-id>RFC{number:04d}</doc-id></{name}>"
