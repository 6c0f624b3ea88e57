"""The figures on `docs/linkage.md` and `docs/identifiers.md`: texts by hand, tables from here.

    python -m benchmarks.linkage.page [--check]

Tables stand between `<!-- … -->` and `<!-- end -->`: `targets`, `measures`, or `figures:` with
link types and, after a bar, the measures to show. Every figure has to be on a page.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from benchmarks.linkage.targets import TARGETS
from warehouse.link_quality import MEASURES, Figure, read_figures

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "linkage.md", DOCS / "identifiers.md")
BLOCK = re.compile(r"(?P<start><!-- (?P<what>[^>]+) -->\n)(?P<old>.*?)(?P<end><!-- end -->)", re.S)
NAMES = {"f1": "F1", "peak_gb": "peak GB", "cpu_seconds": "CPU seconds"}


def cell(figure: Figure) -> str:
    """Return a value, with its 95 % interval where it has one."""
    if figure.low is None or figure.high is None:
        return _amount(figure)
    return f"{_share(figure.value)} ({_share(figure.low)}–{_share(figure.high)})"


def _share(value: float) -> str:
    """Return a share with four digits after the point, and one that these cannot tell from 0.

    >>> _share(0.99), _share(0.0), _share(4.7078e-07)
    ('0.9900', '0.0000', '4.7e-07')
    """
    return f"{value:.2g}" if 0 < value < 0.00005 else f"{value:.4f}"


def _amount(figure: Figure) -> str:
    if abs(figure.value) >= 100 or figure.measure.endswith(("_count", "_group")):
        return f"{figure.value:,.0f}"
    return f"{figure.value:.2f}"


def _name(measure: str) -> str:
    return NAMES.get(measure, measure.replace("_", " "))


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def targets(figures: Sequence[Figure]) -> str:
    """Return the table of all targets, with what was measured and whether it was reached."""
    rows = []
    for target in TARGETS:
        found = next((each for each in figures if target.is_of(each)), None)
        what = [f"`{target.link_type}`", f"{target.data}, {target.level}", _name(target.measure)]
        measured = cell(found) if found else ""
        bound = target.bound.replace(">=", "≥").replace("<=", "≤")
        rows.append([*what, bound, measured, _verdict(found)])
    return _table(["link", "of", "measure", "target", "measured", "reached"], rows)


def _verdict(figure: Figure | None) -> str:
    if figure is None:
        return "**not measured**"
    verdict = "yes" if figure.meets_target() else "**missed**"
    return f"{verdict}, interval spans it" if figure.is_sure() is False else verdict


def measures() -> str:
    """Return what each measure means, as a paragraph."""
    said = "; ".join(f"*{_name(each)}*: {meaning}" for each, meaning in MEASURES.items())
    return textwrap.fill(f"{said}.", 118, break_on_hyphens=False) + "\n"


def figures_of(figures: Sequence[Figure]) -> str:
    """Return a table of figures: a row per data and what is counted, a column per measure."""
    has_links = len({each.link_type for each in figures}) > 1
    present = {each.measure for each in figures}
    columns = [each for each in MEASURES if each in present]
    has_method = any(each.method for each in figures)
    grouped: dict[tuple[str, str, str, str], dict[str, Figure]] = {}
    for each in figures:
        row = grouped.setdefault((each.link_type, each.data, each.method, each.level), {})
        if each.measure in row:
            raise ValueError(f"two figures of one thing: {each}")
        row[each.measure] = each
    rows = []
    for (link_type, data, method, level), row in grouped.items():
        counts = dict.fromkeys(f"{each.item_count:,}" for each in row.values())
        half = "test" if next(iter(row.values())).is_test_half else ""
        head = [f"`{link_type}`"] if has_links else []
        head += [data, *([method] if has_method else []), level, half, " / ".join(counts)]
        rows.append([*head, *(cell(row[each]) if each in row else "" for each in columns)])
    header = ["link"] if has_links else []
    header += ["data", *(["method"] if has_method else []), "of", "half", "items"]
    table = _table([*header, *map(_name, columns)], rows)
    return f"{table}\n{_source(figures)}\n"


def _source(figures: Sequence[Figure]) -> str:
    parts = []
    for command in dict.fromkeys(each.command for each in figures):
        own = [each for each in figures if each.command == command]
        versions = sorted({each.version for each in own if each.version})
        days = sorted({each.measured_date for each in own if each.measured_date})
        notes = [f"version {', '.join(versions)}"] if versions else []
        notes += [f"measured {', '.join(days)}"] if days else []
        parts.append(f"`{command}`" + (f" ({'; '.join(notes)})" if notes else ""))
    return "By " + " and ".join(parts) + "."


def render(texts: Sequence[str], figures: Sequence[Figure]) -> list[str]:
    """Return the pages with their tables made anew; refuse to leave a figure out.

    >>> render(["<!-- measures -->\\nold\\n<!-- end -->\\n"], [])[0].splitlines()[1][:51]
    '*precision*: share of what is linked that is right;'
    """
    shown: set[Figure] = set()

    def block(found: re.Match[str]) -> str:
        kind, _, rest = found["what"].partition(": ")
        if kind == "targets":
            table = targets(figures)
        elif kind == "measures":
            table = measures()
        elif kind == "figures":
            links, _, listed = rest.partition(" | ")
            wanted = listed.split(", ") if listed else list(MEASURES)
            own = [
                each
                for each in figures
                if each.link_type in links.split(", ") and each.measure in wanted
            ]
            shown.update(own)
            table = figures_of(own) if own else "Not measured.\n"
        else:
            raise ValueError(f"an unknown table on the page: {found['what']}")
        return f"{found['start']}{table}{found['end']}"

    pages = [BLOCK.sub(block, text) for text in texts]
    missing = {f"{each.link_type} | {each.measure}" for each in set(figures) - shown}
    if missing:
        raise ValueError(f"no table of a page shows {', '.join(sorted(missing))}")
    return pages


def write() -> None:
    """Bring the pages up to date with the figures."""
    for path, text in zip(PAGES, render(read(), read_figures()), strict=True):
        path.write_text(text, encoding="utf-8")


def read() -> list[str]:
    """Return the pages as they stand."""
    return [path.read_text(encoding="utf-8") for path in PAGES]


def main() -> None:
    """Write the pages, or with `--check` end with a word if they are not what the figures say."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage.page", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        write()
    elif render(texts := read(), read_figures()) != texts:
        sys.exit("a page is not what warehouse/link_quality.csv says; `make render`")


if __name__ == "__main__":
    main()
