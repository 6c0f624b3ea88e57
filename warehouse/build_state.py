"""How far the build is that is to be published next: its layers that hold, and its gate."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from iplake import lake
from iplake.errors import ConfigError

LAYERS = ("staging", "link", "core", "marts")
"""`link` builds what names organisations, and divides the names into parties."""


@dataclass(frozen=True, slots=True)
class BuildState:
    """The layers that are built and whose tests hold, and whether the gate let the marts pass."""

    layers: tuple[str, ...] = ()
    is_gated: bool = False


def read() -> BuildState:
    """Return the state of the build; nothing is done where there is no build."""
    path = lake.build_state()
    if not path.exists():
        return BuildState()
    kept = json.loads(path.read_text(encoding="utf-8"))
    return BuildState(tuple(kept["layers"]), kept["is_gated"])


def begin(layer: str) -> None:
    """Note that a layer is being built: it does not hold, and neither do those after it."""
    before = LAYERS[: LAYERS.index(layer)]
    _write(BuildState(tuple(each for each in read().layers if each in before)))


def end(layer: str) -> None:
    """Note that a layer is built, and its tests hold."""
    _write(BuildState((*read().layers, layer)))


def pass_gate() -> None:
    """Note that the marts' gate let the build pass."""
    _write(BuildState(read().layers, is_gated=True))


def refuse_unfinished() -> None:
    """Raise ConfigError unless all layers hold and the gate let them pass."""
    state = read()
    if state != BuildState(LAYERS, is_gated=True):
        raise ConfigError(
            "the build is not finished; run `iplake build`, then `iplake publish`",
            layers=", ".join(state.layers) or "none",
            is_gated=state.is_gated,
        )


def _write(state: BuildState) -> None:
    lake.ensure(lake.build_state().parent)
    lake.build_state().write_text(json.dumps(asdict(state)) + "\n", encoding="utf-8")
