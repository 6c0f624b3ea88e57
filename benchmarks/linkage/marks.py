"""Families of planted trademarks, up to a million marks: right by what was planted, and how fast.

    python -m benchmarks.linkage.marks [--sizes 10000 100000 1000000]

A family has one to six marks in several offices: designations of one international registration,
filings that claim an earlier one, or filings of one text in shared classes, written with other
case, accents, blanks and signs. Beside it stand other owners' marks of the same text, and the
owner's marks of that text in other classes. It measures the rules, not the world: no published
pairs of marks are at hand, and owners are given here, not linked.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta

import polars as pl

from benchmarks.linkage.figures import Subject, growth_exponent, show
from transforms.linkage.marks import MARKS, VERSION, mark_families
from warehouse.link_quality import Figure

LINK_TYPE = "xref_mark__family"
SYLLABLES = "ba ce di fo gu la mé no ra su ti vo ker lin mor pax 安 达 ón öl".split()


def written(text: str, draw: random.Random) -> str:
    """Return a text as another office writes it: case, accents, blanks and signs."""
    text = draw.choice([text.upper(), text.lower(), text.title()])
    if draw.random() < 0.4:
        text = text.translate(str.maketrans("éÉóÓöÖ", "eEoOoO"))
    text = draw.choice([text, text.replace(" ", "-"), text.replace(" ", ""), f"{text}®"])
    return text


def planted(count: int, seed: int) -> tuple[list[pl.DataFrame], dict[str, int]]:
    """Return marks, owners, classes and claims, and each mark's true family."""
    draw = random.Random(seed)
    marks: list[tuple[str, str, str, date, str | None]] = []
    owners: list[tuple[str, str]] = []
    classes: list[tuple[str, int]] = []
    claims: list[tuple[str, str]] = []
    truth: dict[str, int] = {}
    family = 0

    def add(text: str, owner: str, numbers: list[int], number: str | None = None) -> str:
        office = draw.choice(["US", "EM", "CN", "GB", "JP"])
        mark_id = f"{office}:{len(marks):08}"
        day = date(1990, 1, 1) + timedelta(draw.randrange(12_000))
        marks.append((mark_id, office, written(text, draw), day, number))
        owners.append((mark_id, owner))
        classes.extend((mark_id, each) for each in numbers)
        truth[mark_id] = family
        return mark_id

    while len(marks) < count:
        text = " ".join(
            "".join(draw.choices(SYLLABLES, k=draw.randint(2, 3)))
            for _ in range(draw.randint(1, 2))
        )
        text += f" {family % 97}" if draw.random() < 0.1 else ""
        owner, first_class = f"P{family}", draw.randint(1, 40)
        size = draw.randint(1, 6)
        kind = draw.random()
        if kind < 0.3:
            for _ in range(size):
                # Each office translates owner and classes as it likes.
                add(text, f"{owner}-{draw.randint(1, 3)}", [draw.randint(1, 45)], f"{family + 1}")
        elif kind < 0.5:
            earliest = add(text, owner, [first_class])
            for _ in range(size - 1):
                claims.append((add("", f"{owner}-x", [draw.randint(1, 45)]), earliest))
        else:
            for _ in range(size):
                numbers = {first_class, *draw.choices(range(1, 46), k=draw.randint(0, 2))}
                add(text, owner, sorted(numbers))
        family += 1
        for _ in range(draw.randint(0, 2)):
            add(text, f"Q{family}", [first_class])
            family += 1
        if kind >= 0.5 and draw.random() < 0.2:
            # The family's classes end at 45, which no filing has.
            add(text, owner, [46])
            family += 1
    frames = [
        pl.DataFrame(marks, schema=MARKS, orient="row"),
        pl.DataFrame(owners, schema=["mark_id", "owner_id"], orient="row"),
        pl.DataFrame(classes, schema=["mark_id", "class_number"], orient="row"),
        pl.DataFrame(claims, schema=["mark_id", "earlier_mark_id"], orient="row"),
    ]
    return frames, truth


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return precision and recall over pairs of marks of one family, and seconds."""
    found_figures: list[Figure] = []
    seconds: list[float] = []
    for size in options.sizes:
        frames, truth = planted(size, seed=size)
        start = time.perf_counter()
        families = mark_families(*(frame.lazy() for frame in frames))
        seconds.append(time.perf_counter() - start)
        told = pl.DataFrame({"mark_id": list(truth), "truth": list(truth.values())})
        both = families.join(told, on="mark_id", validate="1:1")

        def pairs(*columns: str, table: pl.DataFrame = both) -> int:
            sizes = table.group_by(columns).len()["len"].cast(pl.Int64)
            return int((sizes * (sizes - 1) // 2).sum())

        data = f"planted, {len(truth):,} marks"
        right = pairs("mark_family_id", "truth")
        of = Subject(LINK_TYPE, data, "pairs of marks", VERSION)
        groups = both["truth"].n_unique()
        found_figures.append(of.share("precision", right, pairs("mark_family_id"), groups))
        found_figures.append(of.share("recall", right, pairs("truth"), groups))
        rate = len(truth) / seconds[-1]
        run = Subject(LINK_TYPE, data, "run", VERSION)
        found_figures.append(run.figure("items_per_second", rate, len(truth)))
    if len(options.sizes) > 1:
        exponent = growth_exponent(options.sizes, seconds)
        data = f"planted, {options.sizes[0]:,} to {options.sizes[-1]:,} marks"
        of = Subject(LINK_TYPE, data, "time by the clock", VERSION)
        found_figures.append(of.figure("growth_exponent", exponent, len(seconds)))
    return found_figures


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.marks", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    return options


if __name__ == "__main__":
    show(measure, parser())
