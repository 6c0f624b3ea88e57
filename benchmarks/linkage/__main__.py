"""All figures of linkage, part after part, each in a process of its own.

python -m benchmarks.linkage [PART…]                          # prints them
python -m benchmarks.linkage [PART…] --write --date 2026-11-25  # into link_quality.csv and the page
python -m benchmarks.linkage --train       # learns transforms/linkage/party_model.json again
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from benchmarks.linkage.figures import PARTS, add_common


def main() -> None:
    """Run the parts that are asked for, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--train", action="store_true")
    add_common(parser)
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.train:
        # Splink takes a second to import, which nothing else here needs.
        from benchmarks.linkage.train import write_model

        write_model()
        return
    shared = [each for each in sys.argv[1:] if each not in options.parts]
    for part in options.parts or PARTS:
        print(f"{part}:", file=sys.stderr)
        subprocess.run([sys.executable, "-m", f"benchmarks.linkage.{part}", *shared], check=True)


if __name__ == "__main__":
    main()
