"""Declarations: strict at the door, and clear about what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from iplake import registry
from iplake.declaration import read_declaration
from iplake.errors import ConfigError

GOOD = {
    "title": {"en": "Made up", "zh": "虚构"},
    "publisher": "Nobody",
    "licence": {"name": "CC0", "republish": "yes"},
    "citation": "Nobody",
    "terms": "none",
    "cadence": "daily",
    "revision": "replaces",
    "endpoint": {"base_url": "https://made-up.example/"},
    "tables": {
        "things": {
            "grain": "one row per thing",
            "grain_zh": "每物一行",
            "key": ["name"],
            "columns": {"name": {"type": "string", "doc": "Name.", "doc_zh": "名称"}},
            "rows": {"sample": {"min": 1}, "real": {"min": 1}, "live": {"min": 1}},
        }
    },
}


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "reference" / "made_up.yml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_a_good_declaration_takes_its_address_from_its_place(tmp_path: Path) -> None:
    source = read_declaration(written(tmp_path, GOOD))
    assert source.address == "reference/made_up"
    assert source.main_table == "things"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"cadence": "sometimes"}, "cadence"),
        ({"tables": {}}, "tables"),
        ({"tables": {"things": GOOD["tables"]["things"] | {"key": ["nobody"]}}}, "nobody"),  # type: ignore[index]
        ({"tables": {"things": GOOD["tables"]["things"] | {"rows": {}}}}, "profile"),  # type: ignore[index]
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        read_declaration(written(tmp_path, GOOD | change))


def test_an_unknown_address_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="no such source") as caught:
        registry.get("patents/nowhere")
    assert "patents/cnipa_gazette" in str(caught.value.facts["declared"])
