"""Where a mirror on this machine keeps the answer to a request."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.web import mirrored
from iplake.contract import Request


def place_answer(out: Path, request: Request) -> Path:
    """Return the file of a mirror that answers a request; its folder is made if absent."""
    address = mirrored(request.url, str(out), request.body)
    path = Path(unquote(urlsplit(address).path))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
