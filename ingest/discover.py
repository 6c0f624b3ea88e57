"""Ways to learn what a source offers; a connector picks the one its source speaks."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from iplake import lake
from iplake.contract import Fetcher, Paging, Request, Resource
from iplake.declaration import Source
from iplake.errors import ConfigError, SourceChanged


def listed_in_declaration(source: Source) -> Iterator[Resource]:
    """Yield the files that the declaration's endpoint names, for sources with fixed addresses."""
    for path in source.endpoint.paths:
        url = urljoin(source.endpoint.base_url, path)
        yield Resource(url=url, name=file_name(url))


def listed_in_checksums(fetch: Fetcher, base_url: str) -> Iterator[Resource]:
    """Yield the files of a delivery that comes with a `SHA256SUMS` file (as sha256sum writes it).

    For sources that are handed over in batches: drop folders and dumps without a listing.
    """
    url = urljoin(base_url, "SHA256SUMS")
    for path, checksum in _checksums(fetch.text(url), url):
        yield Resource(urljoin(base_url, path), path.replace("/", "_"), checksum)


def listed_in_inbox(source: Source) -> Iterator[Resource]:
    """Yield the files that a deployer has put into the source's drop folder.

    Each is checked against the folder's `SHA256SUMS`, if it has one. Their URLs do not say
    where the lake lies, so that a lake that moves keeps its snapshots.
    """
    folder = lake.inbox(source)
    files = sorted(path for path in folder.glob("*") if path.is_file() and path.name[0] != ".")
    sums = folder / "SHA256SUMS"
    if not [path for path in files if path != sums]:
        raise ConfigError(
            "the source has no open endpoint, and its drop folder is empty; put its files there",
            source=source.address,
            folder=folder,
            reason=source.access.reason if source.access else "there is no delivery to be fetched",
            terms=source.terms,
        )
    expected = (
        dict(_checksums(sums.read_text(encoding="utf-8"), str(sums))) if sums in files else {}
    )
    for path in files:
        if path != sums:
            url = f"inbox://{source.address}/{path.name}"
            yield Resource(url, path.name, expected.get(path.name))


def _checksums(text: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield path and `sha256:hex` of each line of a `SHA256SUMS` file."""
    for number, line in enumerate(text.splitlines(), start=1):
        matched = re.fullmatch(r"([0-9a-f]{64}) [ *](\S.*)", line)
        if matched is None:
            raise SourceChanged(
                "expected '<sha256>  <file>' as sha256sum writes it", url=where, line=number
            )
        yield matched[2], f"sha256:{matched[1]}"


def listed_in_odp_product(fetch: Fetcher, base_url: str, product: str) -> Iterator[Resource]:
    """Yield the files of a USPTO Open Data Portal bulk product, by their download addresses."""
    url = urljoin(base_url, f"/api/v1/datasets/products/{product}?includeFiles=true")
    answer = fetch.json(url)
    try:
        [bag] = answer["bulkDataProductBag"]  # type: ignore[index]
        files = bag["productFileBag"]["fileDataBag"]
        for file in files:
            day = file.get("fileDataToDate")
            yield Resource(
                url=file["fileDownloadURI"],
                name=file["fileName"],
                published=date.fromisoformat(day) if day else None,
            )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceChanged(
            "expected bulkDataProductBag[1].productFileBag.fileDataBag", url=url, missing=str(error)
        ) from error


def listed_in_github_folder(fetch: Fetcher, url: str) -> Iterator[Resource]:
    """Yield the files of a folder in a public repository, as its contents interface lists them."""
    listing = fetch.json(url)
    if not isinstance(listing, list):
        raise SourceChanged("expected a list of files", url=url, found=str(listing)[:80])
    for entry in listing:
        try:
            if entry["type"] == "file":
                yield Resource(url=entry["download_url"], name=entry["name"])
        except (KeyError, TypeError) as error:
            raise SourceChanged(
                "expected type, name and download_url", url=url, found=str(entry)[:80]
            ) from error


def at_cursor(request: Request, cursor: str) -> Request:
    """Return the request for the page at a cursor, from one whose URL ends in a cursor.

    >>> at_cursor(Request("https://x.org/works?rows=2&cursor=*"), "DnF1+A==").url
    'https://x.org/works?rows=2&cursor=DnF1%2BA%3D%3D'
    """
    before, _, _ = request.url.rpartition("cursor=")
    return Request(f"{before}cursor={quote(cursor, safe='')}", request.body)


def file_name(url: str) -> str:
    """Return the last part of a URL's path; a query is kept, as it tells files apart.

    >>> file_name("https://x.org/a/b.zip?format=csv")
    'b.zip@format=csv'
    """
    parts = urlsplit(url)
    name = PurePosixPath(parts.path).name
    return f"{name}@{parts.query}" if parts.query else name


def listed_in_md5_folder(fetch: Fetcher, base_url: str, suffix: str) -> Iterator[Resource]:
    """Yield the files of a web folder in which each has its own `.md5` file beside it.

    For NLM's file server: its index page names the files, `<file>.md5` says `MD5(<file>)= <hex>`.
    """
    names = re.findall(r'href="([^"/?]+)"', fetch.text(base_url))
    found = sorted({name for name in names if name.endswith(suffix)})
    if not found:
        raise SourceChanged(f"expected files that end in {suffix}", url=base_url)
    for name in found:
        url = urljoin(base_url, name)
        told = fetch.text(f"{url}.md5")
        matched = re.search(r"\b[0-9a-f]{32}\b", told)
        if matched is None:
            raise SourceChanged("expected an MD5 checksum", url=f"{url}.md5", found=told[:80])
        yield Resource(url=url, name=name, checksum=f"md5:{matched[0]}")


def listed_in_github_tree(fetch: Fetcher, url: str) -> Iterator[Resource]:
    """Yield all files of a public repository, named by their paths, as its interface lists a tree.

    `url` is `…/repos/<owner>/<repository>/git/trees/<branch>?recursive=1`: one request, however
    many files there are.
    """
    _, _, owner, repository, _, _, branch = urlsplit(url).path.split("/")
    answer = fetch.json(url)
    try:
        if answer["truncated"]:  # type: ignore[index]
            raise SourceChanged("the repository has outgrown one answer", url=url)
        for entry in answer["tree"]:  # type: ignore[index]
            if entry["type"] == "blob":
                path = entry["path"]
                address = f"https://raw.githubusercontent.com/{owner}/{repository}/{branch}/"
                yield Resource(url=address + quote(path), name=path)
    except (KeyError, TypeError) as error:
        raise SourceChanged(
            "expected truncated, and a tree of type and path", url=url, missing=str(error)
        ) from error


def paged_by_offset(items: Collection[str], total: str, offset: str = "offset") -> Paging:
    """Return how JSON answers go on that say the number of all hits and are asked for by offset.

    `items` are the names that the list of a page may have, `total` is that of the number; dots
    lead into objects, as in `message.items`. `offset` is a part of the query, or of the JSON body
    of a POST (as in `pagination.offset`). The next offset counts what came, not what was asked
    for: interfaces cap their limit, or ignore it.
    """

    def hits(page: bytes) -> int:
        found = _value_at(_decoded_page(page), total)
        if isinstance(found, int):
            return found
        raise SourceChanged("expected the number of hits", expected=total, found=_begins(page))

    def following(request: Request, page: bytes) -> Request | None:
        answer = _decoded_page(page)
        lists = [each for name in items if isinstance(each := _value_at(answer, name), list)]
        if not lists:
            raise SourceChanged(
                "a page has no list of hits; look whether it was renamed",
                url=request.url,
                expected=" or ".join(items),
                found=_begins(page),
            )
        reached = _offset_of(request, offset) + len(lists[0])
        if reached >= hits(page):
            return None
        if not lists[0]:
            raise SourceChanged(
                "a page is empty before the last hit", url=request.url, at=reached, hits=hits(page)
            )
        return _at_offset(request, offset, reached)

    return Paging(following, hits)


def _decoded_page(page: bytes) -> object:
    try:
        return json.loads(page)
    except ValueError as error:
        raise SourceChanged("expected a page of JSON", found=_begins(page)) from error


def _begins(page: bytes) -> str:
    return page[:80].decode("utf-8", "replace")


def _value_at(value: object, path: str) -> object:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _offset_of(request: Request, offset: str) -> int:
    if request.body is None:
        return int(dict(parse_qsl(urlsplit(request.url).query)).get(offset, 0))
    found = _value_at(json.loads(request.body), offset)
    return found if isinstance(found, int) else 0


def _at_offset(request: Request, offset: str, value: int) -> Request:
    if request.body is None:
        parts = urlsplit(request.url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {offset: str(value)}
        return replace(
            request, url=parts._replace(query=urlencode(query, quote_via=quote)).geturl()
        )
    body = json.loads(request.body)
    *parents, last = offset.split(".")
    inner = body
    for name in parents:
        inner = inner.setdefault(name, {})
    inner[last] = value
    return replace(request, body=json.dumps(body, ensure_ascii=False))
