"""Keys and tokens of a source: where they go, and where they never go."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote, urlencode, urlsplit

from oauthlib.oauth2 import (
    BackendApplicationClient,
    LegacyApplicationClient,
    OAuth2Error,
)
from pydantic import SecretStr

from ingest.web import is_web
from iplake.declaration import KeyInHeader, KeyInQuery, OAuth2, Source
from iplake.errors import ConfigError
from iplake.settings import Settings

AskForToken = Callable[[str, str], str]
"""Sends a form to a token endpoint; returns the answer's text."""

EARLY_SECONDS = 60
"""A token is renewed before it ends: a transfer may last."""

FIELDS = ("api_key", "client_id", "client_secret", "username", "password")


class Keys:
    """Attaches a source's keys to the requests that go to the source itself, and to no others.

    A listing may name files on other hosts: they get no key. A mirror on the web gets none
    unless the setting `mirror_keys` says so, and a folder never does.
    """

    def __init__(self, source: Source, settings: Settings, ask: AskForToken) -> None:
        self._auth = source.auth
        self._source = source
        self._given = settings.for_source(source.domain, source.name)
        self._ask = ask
        self._may_go_to_mirror = settings.mirror is None or (
            settings.mirror_keys and is_web(settings.mirror)
        )
        self._token: str | None = None
        self._token_ends = 0.0

    @property
    def header_names(self) -> frozenset[str]:
        """The headers that carry secrets."""
        names = {"Authorization"}
        if isinstance(self._auth, KeyInHeader):
            names.add(self._auth.name)
        if isinstance(self._auth, OAuth2) and self._auth.client_id_header:
            names.add(self._auth.client_id_header)
        return frozenset(names)

    @property
    def query_names(self) -> frozenset[str]:
        """The parts of a query that carry secrets."""
        return frozenset({self._auth.name} if isinstance(self._auth, KeyInQuery) else ())

    def attach(self, url: str, where: str) -> tuple[str, dict[str, str]]:
        """Return where to send a request for `url`, and with which secret headers.

        `where` is the address that `url` is fetched from.
        """
        is_own = _origin(url) == _origin(self._source.endpoint.base_url)
        goes_elsewhere = where != url and not self._given.base_url
        if not is_own or (goes_elsewhere and not self._may_go_to_mirror):
            return where, {}
        match self._auth:
            case None:
                return where, {}
            case KeyInHeader(name=name):
                return where, {name: self._given.api_key.get_secret_value()} if (
                    self._given.api_key
                ) else {}
            case KeyInQuery(name=name):
                if not self._given.api_key:
                    return where, {}
                pair = urlencode({name: self._given.api_key.get_secret_value()})
                return f"{where}{'&' if urlsplit(where).query else '?'}{pair}", {}
            case OAuth2() as declared:
                return where, self._bearer(declared)

    def renew(self) -> bool:
        """Forget the token, if there is one; return whether another try is worth it."""
        had_token, self._token = self._token is not None, None
        return had_token

    def without_secrets(self, text: str) -> str:
        """Return a text with every secret of the source taken out of it."""
        for secret in self._secrets():
            for spelt in {secret, quote(secret), quote(secret, safe=""), repr(secret)[1:-1]}:
                text = text.replace(spelt, "***")
        return text

    def _secrets(self) -> list[str]:
        given: list[SecretStr | None] = [getattr(self._given, name) for name in FIELDS]
        return [each.get_secret_value() for each in given if each] + (
            [self._token] if self._token else []
        )

    def _bearer(self, declared: OAuth2) -> dict[str, str]:
        if self._given.client_id is None and self._given.username is None:
            return {}
        if self._token is None or time.monotonic() > self._token_ends:
            self._token = self._fetch_token(declared)
        headers = {"Authorization": f"Bearer {self._token}"}
        if declared.client_id_header and self._given.client_id:
            headers[declared.client_id_header] = self._given.client_id.get_secret_value()
        return headers

    def _fetch_token(self, declared: OAuth2) -> str:
        wanted = {
            "client_credentials": ("client_id", "client_secret"),
            "password": ("username", "password"),
        }[declared.grant]
        values: dict[str, str] = {}
        for name in FIELDS[1:]:
            given: SecretStr | None = getattr(self._given, name)
            if given is not None:
                values[name] = given.get_secret_value()
        if missing := [name for name in wanted if name not in values]:
            raise ConfigError(
                "the source wants more than it was given; set "
                + ", ".join(self._variable(name) for name in missing),
                source=self._source.address,
            )
        client: LegacyApplicationClient | BackendApplicationClient
        if declared.grant == "password":
            client = LegacyApplicationClient(values.get("client_id", ""))
            form = client.prepare_request_body(
                values["username"],
                values["password"],
                scope=declared.scope,
                include_client_id="client_id" in values,
            )
        else:
            client = BackendApplicationClient(values["client_id"])
            form = client.prepare_request_body(
                include_client_id=True,
                client_secret=values["client_secret"],
                scope=declared.scope,
            )
        answer = self._ask(declared.token_url, form)
        try:
            token = client.parse_request_body_response(answer)
            lasts = float(token.get("expires_in") or 3600)
            found = token["access_token"]
            if not (isinstance(found, str) and found.isascii() and found.isprintable()):
                raise ValueError("expected a token of plain characters")
        except (OAuth2Error, ValueError, LookupError, TypeError, AttributeError) as error:
            raise ConfigError(
                "the source gives no token for these credentials",
                source=self._source.address,
                token_url=declared.token_url,
                said=self.without_secrets(str(error))[:200],
            ) from error
        self._token_ends = time.monotonic() + lasts - EARLY_SECONDS
        return found

    def _variable(self, name: str) -> str:
        domain, _, source = self._source.address.upper().partition("/")
        return f"IPLAKE_SOURCES__{domain}__{source}__{name.upper()}"


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
