"""The files of a new source: all layers, nothing written over, and Python that compiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from iplake.declaration import read_declaration
from iplake.errors import ConfigError
from iplake.scaffold import FILES_OF, Format, scaffold


@pytest.mark.parametrize(("kind", "files"), [("csv", 8), ("json", 9)])
def test_every_layer_gets_its_file(tmp_path: Path, kind: Format, files: int) -> None:
    written = scaffold(tmp_path, "standards/made_up_list", kind)
    assert len(written) == len(FILES_OF[kind]) == files
    assert [path for path in written if not path.is_file()] == []
    declared = read_declaration(tmp_path / "iplake/catalog/standards/made_up_list.yml")
    assert declared.address == "standards/made_up_list"
    assert declared.endpoint.base_url.startswith("https://made-up-list.example/")
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert "$" not in text
        if path.suffix == ".py":
            compile(text, path.name, "exec")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    scaffold(tmp_path, "standards/made_up_list")
    with pytest.raises(ConfigError, match="there is such a source already"):
        scaffold(tmp_path, "standards/made_up_list")


@pytest.mark.parametrize("address", ["standards", "music/charts", "standards/Made-Up", "../x/y"])
def test_an_address_has_a_known_domain_and_a_plain_name(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="expected <domain>/<name_in_snake_case>"):
        scaffold(tmp_path, address)
    assert list(tmp_path.iterdir()) == []
