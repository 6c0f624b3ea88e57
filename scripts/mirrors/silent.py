"""A fetcher for connectors that ask nothing before they know what a source offers."""

from __future__ import annotations

from iplake.contract import Fetcher


class Silent:
    """Answers nothing."""

    def json(self, url: str, body: str | None = None) -> object:
        """Refuse to answer."""
        raise NotImplementedError(url)

    def text(self, url: str, body: str | None = None) -> str:
        """Refuse to answer."""
        raise NotImplementedError(url)


SILENT: Fetcher = Silent()
