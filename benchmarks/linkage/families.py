"""Families of planted inventions, up to a million links: right, and how fast.

    python -m benchmarks.linkage.families [--sizes 10000 100000 1000000]

Each invention has a first filing, one or two of them; applications in several offices that claim
them directly or come by the PCT; continuations, divisions and continuations in part. Some
families are tied together by a shared priority, as in the chain of the EPO's example. Links are
shuffled; half of the international applications are known by their children alone.

Real: the families that ETSI's database of declarations gives to its patents, against extended
families computed from the priorities in the same lines, which makes this a check of the reading of
numbers and of the closure rather than independent truth. Applications that the export puts into
several families have no one truth and are left out; two extended families that hold eleven of its
families are made of these.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.inputs import real_files
from benchmarks.linkage.figures import Subject, growth_exponent, show
from transforms.linkage.families import LINKS, VERSION, extended_families, simple_families
from transforms.linkage.sep_chain import declared_application, declared_priority_links
from warehouse import refresh
from warehouse.link_quality import Figure

LINK_TYPE = "xref_publication__family"
OFFICES = ("US", "EP", "CN", "JP", "KR", "DE", "GB", "CA")
Truth = dict[str, tuple[str, int]]


def planted(link_count: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, Truth]:
    """Return applications, links, and each application's true set of priorities and cluster."""
    draw = random.Random(seed)
    links: list[tuple[str, str, str, date | None]] = []
    documents: list[str] = []
    truth: Truth = {}
    number = 0

    def named(office: str) -> str:
        nonlocal number
        number += 1
        return f"{office}:{number:09}"

    cluster = 0
    shared: str | None = None
    while len(links) < link_count:
        # One in ten inventions claims also the last one's priority: one extended family.
        if shared is None or draw.random() > 0.1:
            cluster += 1
            shared = None
        firsts = [named(draw.choice(OFFICES)) for _ in range(1 if draw.random() < 0.8 else 2)]
        for first in firsts:
            truth[first] = (first, cluster)
        claimed = sorted([*firsts, *([shared] if shared else [])])
        priorities = "|".join(claimed)
        shared = firsts[0]
        inventions = []
        if draw.random() < 0.5:
            international = named("WO")
            truth[international] = (priorities, cluster)
            is_known = draw.random() < 0.5
            if is_known:
                documents.append(international)
                links += [(international, each, "priority", None) for each in claimed]
            phases = [named(draw.choice(OFFICES)) for _ in range(draw.randint(1, 4))]
            for at, phase in enumerate(phases):
                links.append((phase, international, "national_stage", None))
                # At least one national phase tells the priorities where nobody else does.
                if draw.random() < 0.6 or (at == 0 and not is_known):
                    links += [(phase, each, "priority", None) for each in claimed]
                inventions.append(phase)
        for _ in range(draw.randint(1, 3)):
            direct = named(draw.choice(OFFICES))
            links += [(direct, each, "priority", None) for each in claimed]
            inventions.append(direct)
        parents = list(inventions)
        while draw.random() < 0.35:
            parent, child = draw.choice(parents), named("US")
            links.append((child, parent, draw.choice(["continuation", "division"]), None))
            inventions.append(child)
            parents.append(child)
        for each in inventions:
            documents.append(each)
            truth[each] = (priorities, cluster)
        if draw.random() < 0.15:
            parent, part = draw.choice(parents), named("US")
            links.append((part, parent, "continuation_in_part", None))
            documents.append(part)
            truth[part] = (parent, cluster)
    draw.shuffle(links)
    draw.shuffle(documents)
    applications = pl.DataFrame({"application_id": documents})
    return applications, pl.DataFrame(links, schema=LINKS, orient="row"), truth


def right_pairs(found: pl.DataFrame, column: str, truth: Truth, part: int) -> tuple[int, int, int]:
    """Return pairs found, true pairs, and pairs that are both, counted by group sizes."""
    told = pl.DataFrame(
        {
            "application_id": list(truth),
            "truth": [str(each[part]) for each in truth.values()],
        }
    )
    both = found.join(told, on="application_id", validate="1:1")
    assert both.height == len(truth)

    def pairs(*columns: str) -> int:
        sizes = both.group_by(columns).len()["len"].cast(pl.Int64)
        return int((sizes * (sizes - 1) // 2).sum())

    return pairs(column), pairs("truth"), pairs(column, "truth")


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return precision and recall over pairs of one size, and seconds of all."""
    figures: list[Figure] = []
    seconds: list[float] = []
    no_dates = pl.LazyFrame(schema={"application_id": pl.String, "filing_date": pl.Date})
    for size in options.sizes:
        applications, links, truth = planted(size, seed=size)
        start = time.perf_counter()
        simple = simple_families(applications.lazy(), links.lazy())
        extended = extended_families(applications.lazy(), links.lazy(), no_dates)
        seconds.append(time.perf_counter() - start)
        data = f"planted, {links.height:,} links, {len(truth):,} applications"
        for name, frame, column, part in (
            ("simple family", simple, "simple_family_id", 0),
            ("extended family", extended, "extended_family_id", 1),
        ):
            found, true, right = right_pairs(frame, column, truth, part)
            of = Subject(LINK_TYPE, data, f"pairs of applications, {name}", VERSION)
            groups = len({each[part] for each in truth.values()})
            figures.append(of.share("precision", right, found, groups))
            figures.append(of.share("recall", right, true, groups))
        rate = links.height / seconds[-1]
        run = Subject(LINK_TYPE, data, "run, links", VERSION)
        figures.append(run.figure("items_per_second", rate, links.height))
    if len(options.sizes) > 1:
        exponent = growth_exponent(options.sizes, seconds)
        data = f"planted, {options.sizes[0]:,} to {options.sizes[-1]:,} links"
        of = Subject(LINK_TYPE, data, "time by the clock", VERSION)
        figures.append(of.figure("growth_exponent", exponent, len(seconds)))
    return [*figures, *declared_families()]


def read_declarations() -> tuple[pl.LazyFrame, pl.DataFrame, int]:
    """Return ETSI's declarations, their applications of one family, and how many are left out.

    Left out are applications that the export puts into several families.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = real_files("standard/etsi_isld", "*")
        exports = [path for path in files if "_null_" not in path.name and path.suffix != ".md"]
        refresh.stage_files("standards/etsi_isld", exports, Path(folder), 1)
        declarations = pl.read_parquet(Path(folder) / "declarations.parquet")
    told = (
        declarations.lazy()
        .select("family_id", application_id=declared_application())
        .drop_nulls()
        .unique()
        .collect()
    )
    named = told.unique("application_id", keep="none").sort("application_id")
    return declarations.lazy(), named, told["application_id"].n_unique() - named.height


def declared_families() -> list[Figure]:
    """Return how families computed from ETSI's export agree with those that it names."""
    declarations, named, left_out = read_declarations()
    found = families_of(declarations, named)
    truth = {row[0]: (str(row[1]), 0) for row in named.select("application_id", "family_id").rows()}
    computed, true, right = right_pairs(found, "extended_family_id", truth, 0)
    data = f"ETSI's database, {left_out} applications in several families left out"
    of = Subject(LINK_TYPE, data, "pairs of applications, extended family", VERSION)
    groups = named["family_id"].n_unique()
    return [of.share("precision", right, computed, groups), of.share("recall", right, true, groups)]


def families_of(declarations: pl.LazyFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Return the extended families of applications, from the priorities in the same lines."""
    no_dates = pl.LazyFrame(schema={"application_id": pl.String, "filing_date": pl.Date})
    return extended_families(named.lazy(), declared_priority_links(declarations), no_dates)


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.families", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    return options


if __name__ == "__main__":
    show(measure, parser())
