"""Names of persons in real files: inventors of US and of Chinese patents, and authors of papers.

They are read where they stand and never written into the project.
"""

from __future__ import annotations

import csv
import gzip
import re
from html import unescape

import polars as pl

from benchmarks.inputs import REAL

AUTHOR = re.compile(r"<LastName>([^<]+)</LastName>\s*<ForeName>([^<]+)</ForeName>")
Name = tuple[str, str]
"""What comes first in the West, and the surname."""


def lai_inventors() -> set[Name]:
    """Return inventors of US patents of one field (Lai 2011, through PatentsView)."""
    return _inventors(REAL / "patent/er_benchmarks/pv_evaluation_lai-2011-benchmark.csv", ",")


def us_inventors() -> set[Name]:
    """Return inventors of US patents of all fields (academic life sciences, and a sample)."""
    folder = REAL / "patent/er_benchmarks"
    return _inventors(folder / "pv_evaluation_ens-inventors.csv", ",") | _inventors(
        folder / "er_eval_binette2022_mentions.tsv", "\t"
    )


def _inventors(path: object, separator: str) -> set[Name]:
    rows = pl.read_csv(str(path), separator=separator, infer_schema=False)
    names = rows.select("raw_inventor_name_first", "raw_inventor_name_last").drop_nulls()
    return {(first.strip(), last.strip()) for first, last in names.rows() if first and last}


def inventors_in_a() -> set[Name]:
    """Return inventors of US patents whose surname begins with A (PatentsView's raw table).

    Where the file holds a mark for a letter that it lost, the name is left out.
    """
    path = REAL / "patent/patentsview_tsv/raw_inventor_sample.tsv"
    rows = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
    names = rows.select("name_first", "name_last").drop_nulls().unique().rows()
    return {(first, last) for first, last in names if "&" not in f"{first}{last}"}


def authors() -> set[Name]:
    """Return authors of papers (PubMed)."""
    found: set[Name] = set()
    for path in sorted((REAL / "literature/pubmed").glob("*.xml.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        found |= {(unescape(first), unescape(last)) for last, first in AUTHOR.findall(text)}
    return found


def cn_inventors() -> set[str]:
    """Return inventors and designers in the gazette of China, in Chinese characters."""
    found: set[str] = set()
    for path in sorted((REAL / "patent/cnipa_gazette_csv").glob("CN_*.csv")):
        with path.open(encoding="gb18030", newline="") as file:
            for row in csv.DictReader(file):
                found |= {each.strip("? \n") for each in re.split("[;；]", row["designer"])}
    return {each for each in found if len(each) > 1 and "?" not in each and "不公告" not in each}
