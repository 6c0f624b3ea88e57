"""`make real`: refresh from a mirror of links over the real files; account for every record."""

from __future__ import annotations

import os
import sys

from scripts.environment import ROOT, use_lake
from scripts.mirrors.__main__ import KINDS, REAL, write_mirror


def main() -> None:
    """Write the mirror and refresh from it into a lake of its own."""
    if not REAL.is_dir():
        sys.exit("no real files: ../shared/real is absent beside the project")
    from iplake import registry

    mirror = KINDS["real"]
    write_mirror("real", REAL, mirror, list(registry.sources()))
    os.environ["IPLAKE_MIRROR"] = str(mirror)
    os.environ.setdefault("IPLAKE_PROFILE", "real")
    use_lake(ROOT / "lake-real", mirror, "real")
    from iplake import log
    from iplake.cli import out
    from warehouse import refresh
    from warehouse.commands import show_status
    from warehouse.progress import progress

    log.configure()
    with progress() as tell:
        release = refresh.refresh(list(registry.sources()), tell)
    show_status(as_json=False)
    out.print(f"release {release.name} in {release.folder}")


if __name__ == "__main__":
    main()
