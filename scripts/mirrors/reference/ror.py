"""Mirrors of ROR: a listing as Zenodo gives it, and the files that it names."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.landing import digest
from iplake import registry

ADDRESS = "reference/ror"
FOLDER = "reference/ror"
# A listing stands for the record of all versions; its files belong to the record of one.
FILES_URL = "https://zenodo.org/api/records/17953395/files"
RECORDS = "ror_guangdong_v1.x_releases.tar.gz"
DUMP = "ror_v1.17.1_sample_29.zip"
TWINS = {"0530pts50", "0064kty71", "02xe5ns62", "01kq0pv72"}
"""South China University of Technology, Sun Yat-sen, Jinan and South China Normal University."""


def sample(real: Path, out: Path) -> None:
    """Write the newest record of each organisation of Guangdong, and all records of four."""
    records = _records(real / FOLDER / RECORDS)
    newest: dict[str, str] = {}
    for name in sorted(records, key=_age):
        newest[Path(name).stem] = name
    chosen = {*newest.values(), *(name for name in records if Path(name).stem in TWINS)}
    write_listing(
        out,
        {
            RECORDS: _packed({name: records[name] for name in sorted(chosen)}),
            DUMP: _dump(real / FOLDER / DUMP),
        },
    )


def real(real: Path, out: Path) -> None:
    """Link the two real files."""
    paths = [real / FOLDER / name for name in (RECORDS, DUMP)]
    for path in paths:
        link = _content(out, path.name)
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
    _write_listing(out, [path.name for path in paths])


def records(path: Path) -> int | None:
    """Count the organisations in a real archive by the files, or the ids, that it holds."""
    if path.suffix == ".gz":
        with tarfile.open(path) as archive:
            return sum(1 for name in archive.getnames() if name.endswith(".json"))
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as dump:
            lists = [name for name in dump.namelist() if name.endswith(".json")]
            return sum(len(json.loads(dump.read(name))) for name in lists)
    return None


def write_listing(out: Path, files: Mapping[str, bytes]) -> None:
    """Write files and a listing of them."""
    for name, content in files.items():
        _content(out, name).write_bytes(content)
    _write_listing(out, files)


def _content(out: Path, name: str) -> Path:
    path = out / FILES_URL.removeprefix("https://") / name / "content"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_listing(out: Path, names: Iterable[str]) -> None:
    files = [
        {
            "key": name,
            # Zenodo's own kind of checksum.
            "checksum": f"md5:{digest(_content(out, name), 'md5')}",
            "links": {"self": f"{FILES_URL}/{name}/content"},
        }
        for name in names
    ]
    listing = {"metadata": {"publication_date": "2025-11-24"}, "files": files}
    endpoint = registry.get(ADDRESS).endpoint
    path = out / endpoint.base_url.removeprefix("https://") / endpoint.paths[0]
    path.write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8")


def _records(path: Path) -> dict[str, dict[str, object]]:
    with tarfile.open(path) as archive:
        return {
            info.name: json.loads(content.read())
            for info in archive
            if (content := archive.extractfile(info)) is not None
        }


def _age(name: str) -> tuple[list[int], bool]:
    release = re.match(r"v([\d.]+)/", name)
    assert release is not None, name
    # Schema 2 of a release counts as newer than schema 1 of the same.
    return [int(part) for part in release[1].split(".")], "/v1/" not in name


def _packed(records: Mapping[str, dict[str, object]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, record in records.items():
            content = _rendered(record).encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(out.getvalue(), mtime=0)


def _rendered(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _dump(path: Path) -> bytes:
    """Return every third organisation of the dump, as an array in a zip."""
    with zipfile.ZipFile(path) as archive:
        [name] = archive.namelist()
        organisations = json.loads(archive.read(name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, _rendered(organisations[::3]))
    return out.getvalue()
