"""`iplake new-source`: the files of a new source, which run as they are and wait to be changed."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import Literal

from iplake import registry
from iplake.errors import ConfigError

TEMPLATES = Path(__file__).parent / "templates"
Format = Literal["csv", "json"]
FILES = {
    "catalog.yml": "iplake/catalog/{domain}/{name}.yml",
    "connector.py.txt": "ingest/{domain}/{name}.py",
    "transform.py.txt": "transforms/{domain}/{name}.py",
    "mirror.py.txt": "scripts/mirrors/{domain}/{name}.py",
    "expect.json": "tests/examples/{domain}/{name}/first/expect.json",
    "test.py.txt": "tests/ingest/{domain}/test_{name}.py",
}
FILES_OF: dict[Format, dict[str, str]] = {
    "csv": {
        **FILES,
        "sample.csv": "samples/{host}.example/records.csv",
        "input.csv": "tests/examples/{domain}/{name}/first/input.csv",
    },
    "json": {
        **FILES,
        "page_1.json": "samples/{host}.example/api/records@offset=0",
        "page_2.json": "samples/{host}.example/api/records@offset=2",
        "input.json": "tests/examples/{domain}/{name}/first/input.json",
    },
}


def scaffold(root: Path, address: str, kind: Format = "csv") -> list[Path]:
    """Write the files of a new source below `root`; return them. Nothing is written over.

    `kind` is what it gives: files of one table in CSV, or pages of JSON of two tables.
    Raises ConfigError if the address is not `<domain>/<snake_case_name>` of a known domain,
    or if a file is there already.
    """
    domains = sorted({each.partition("/")[0] for each in registry.sources()})
    domain, _, name = address.partition("/")
    if domain not in domains or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ConfigError(
            "expected <domain>/<name_in_snake_case>, as in patents/uspto_grants",
            found=address,
            domains=", ".join(domains),
        )
    host = name.replace("_", "-")
    targets = {
        template: root / path.format(domain=domain, name=name, host=host)
        for template, path in FILES_OF[kind].items()
    }
    if there := [path.relative_to(root).as_posix() for path in targets.values() if path.exists()]:
        raise ConfigError("there is such a source already", address=address, files=", ".join(there))
    title = name.replace("_", " ").capitalize()
    for template, path in targets.items():
        text = Template((TEMPLATES / kind / template).read_text(encoding="utf-8"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text.substitute(address=address, host=host, title=title),
            encoding="utf-8",
        )
    return list(targets.values())
