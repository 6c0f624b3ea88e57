"""Write a mirror: `python -m scripts.mirrors sample|real [--real DIR] [--out DIR] [SOURCE…]`."""

from __future__ import annotations

import argparse
import importlib
import shutil
from pathlib import Path

from iplake import registry

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
KINDS = {"sample": ROOT / "samples", "real": ROOT / "lake-real" / "mirror"}


def write_mirror(kind: str, real: Path, out: Path, addresses: list[str]) -> None:
    """Write the mirror of the named sources, each by its own script, into `out`."""
    for address in addresses:
        domain, _, name = address.partition("/")
        script = importlib.import_module(f"scripts.mirrors.{domain}.{name}")
        # There are no real files of a source that has only a sample.
        if hasattr(script, kind):
            getattr(script, kind)(real, out)


def main() -> None:
    """Read the command line and write the mirror."""
    parser = argparse.ArgumentParser(prog="scripts.mirrors", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("sources", nargs="*", help="addresses; all declared ones if none given")
    parser.add_argument("--real", type=Path, default=REAL, help="folder with the real files")
    parser.add_argument("--out", type=Path, help="where to write; the kind's own place if absent")
    arguments = parser.parse_args()
    # A sample that is made up needs none.
    if not arguments.real.is_dir() and (arguments.kind == "real" or not arguments.sources):
        parser.error(f"no folder with real files at {arguments.real}; name it with --real")
    out = arguments.out or KINDS[arguments.kind]
    if not arguments.sources:
        shutil.rmtree(out, ignore_errors=True)
    write_mirror(arguments.kind, arguments.real, out, arguments.sources or list(registry.sources()))


if __name__ == "__main__":
    main()
