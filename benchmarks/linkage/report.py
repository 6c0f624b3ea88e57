"""The page `docs/linkage.md`, from what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.linkage.metrics import Estimate, Quality

COMMAND = "python -m benchmarks.linkage --write"

HEAD = """# Linkage of parties

This page is written by `{command}` ({machine}); do not change it by hand. The text is in
`benchmarks/linkage/report.py`.

## What it does

`iplake link parties --mentions F --out F` reads a CSV or Parquet file of mentions of
organisations (`mention_id`, `name`, and where present `city, region, country, address, date, lei,
ror, uscc`) and writes `mention_id, party_id, score`. Names alone are enough. In Python:
`transforms.linkage.parties.link_parties(mentions, registry)`.

1. **Evidence first.** Mentions with one LEI, ROR id, USCC, GRID or ISNI are one party. A number
   whose check digits fail is no evidence. `registry`, the official names of organisations with
   their numbers, joins in: it teaches which Chinese and English names are one, and what a brand
   is called.
2. **Names** are read into canonical words: one width, script and case; agencies unwrapped ("as
   represented by", boards of regents and trustees); legal forms, departments and licensing
   offices taken off; common words mended and abbreviations written out. Chinese names are cut
   into place, brand and trade, and told in English and pinyin, so that 广州恒达科技有限公司,
   Guangzhou Hengda Technology Co., Ltd. and Guangzhou Heng Da Keji Youxian Gongsi have the same
   words. The lists are text files in `transforms/linkage/words/`.
3. **Blocks.** Only names that share a key are compared: their words, distinctive part, rare
   words, initials, words but one, or a band of a MinHash. A key of more than 30 names is dropped,
   so that the number of pairs stays near linear.
4. **Scores.** Splink 5 on DuckDB weighs how names, places in names, laws of legal forms, sites
   and addresses agree (Fellegi-Sunter), with term frequencies of the distinctive part. Its
   weights are learnt once and kept in `party_model.json`, so that the same mentions always score
   the same.
5. **Groups** grow by the surest links first. Two groups do not join if they have two numbers of
   one registry, two places in their names, legal forms of two countries, or too few links between
   them. So one bad link cannot build a giant.

A party's id is its number (`LEI:`, `ROR:`, `USCC:` ...), else `NAME:` and the MD5 of its smallest
raw spelling with its site: never a cleaned name. A mention without a word or a number
has no party. `score` is the probability of the link by which a mention's name joined its party,
and 1 for the name that others joined.
Parents and subsidiaries are not merged: a country, a city or another trade in one of the
names keeps them apart. Natural persons are not disambiguated. Splink's Spark backend was not
tried: the conditions use list functions of DuckDB.

## How it is measured

Labelled names are split into tune and test by a hash of the true organisation's name. Weights and
word lists were made on the tune parts only; the figures here are of the **{part}** part. Both
parts are linked together, and every pair with a mention of the {part} part counts. Pairs of one
large organisation succeed or fail together, so intervals (95 %, in brackets) come from a
bootstrap over true organisations, not over pairs, with half a wrong organisation added: a sample
without errors does not get an interval of width zero. Under "Organisations" each true one counts
once, whatever its size. While the matcher was made, the figures of the test part were seen three
times, and the sizes of its groups once; its names never were. After the sizes, known renames of
agencies and companies were added to the list from general knowledge.
"""

LIMITS = """
## What does not hold

- The labels of the assignees follow corporate ownership: General Electric Canada, Hewlett-Packard
  GmbH or Tokyo Sanyo are one with the parent there, and are apart here on purpose. This costs
  recall.
- The affiliations of the IETF count a laboratory, a subsidiary and a successor as one (`DoCoMo`
  is `NTT`, `Bell Labs` is `Alcatel-Lucent`). Names alone cannot say so, and by decision they are
  not merged: the recall is shown for what it is.
- There are ten true pairs among the company pairs; their figures say little.
- Planted mentions to measure on come from another seed than those to learn from, but from the
  same generator and word lists; English words that the generator uses were added to the matcher's
  synonyms when the tune seed showed them missing.
- The distinct legal entities of GLEIF include branches with one name and no site in the data:
  such pairs are counted as wrong here, and only a site or a number can tell them apart.
- Recall falls as a table grows (see Speed): with more names more of them coincide, so that chance
  needs more evidence, and keys that too many names share are dropped.
- Where a mention has a name alone, two companies of one name in two places are one here.
- A name that two entities of a registry bear is linked to one of them if nothing else decides.
- Co-occurrence (one application in two offices, one family, one declaration) is not yet evidence.
"""


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def _quality_rows(name: str, qualities: Mapping[str, Quality]) -> list[list[object]]:
    return [
        [name, level, f"{each.items:,}", each.groups, each.precision, each.recall, each.f1]
        for level, each in qualities.items()
    ]


def _group_rows(name: str, qualities: Mapping[str, Quality]) -> list[list[object]]:
    return [
        [
            name,
            level,
            each.group_precision,
            each.group_recall,
            each.group_f1,
            f"{each.exact_precision:.3f} / {each.exact_recall:.3f}",
        ]
        for level, each in qualities.items()
    ]


def render(
    *,
    part: str,
    machine: str,
    assignees: Mapping[str, Quality],
    loss: Mapping[str, object],
    simpler: Mapping[str, Mapping[str, Quality]],
    affiliations: Mapping[str, Quality],
    pairs: tuple[int, int, int, int],
    registered: tuple[int, int, int],
    planted: Mapping[str, Quality],
    calibrations: Mapping[str, tuple[float, int]],
    types: Mapping[str, tuple[Estimate, int]],
    runs: Sequence[Mapping[str, object]],
    exponents: Mapping[str, float | None],
) -> str:
    """Return the page."""
    header = ["data", "over pairs of", "items", "organisations", "precision", "recall", "F1"]
    rows = [
        *_quality_rows("US assignees", assignees),
        *(row for way, each in simpler.items() for row in _quality_rows(f"… only {way}", each)),
        *_quality_rows("planted", planted),
        *_quality_rows("IETF affiliations", affiliations),
    ]
    true, wrong, missed, kept = pairs
    targets = _targets(assignees, planted, types, runs, exponents)
    return "\n".join(
        [
            HEAD.format(command=COMMAND, machine=machine, part=part),
            "## Targets\n",
            _table(["what", "target", "measured", ""], targets),
            "## Pairs\n",
            _table(header, rows),
            "The rows `only ...` are ways without scores, for comparison: the rest is what "
            "Splink and the groups bring.\n",
            "## Organisations\n",
            _table(
                ["data", "level", "precision", "recall", "F1", "exact groups, P / R"],
                [
                    *_group_rows("US assignees", assignees),
                    *_group_rows("planted", planted),
                    *_group_rows("IETF affiliations", affiliations),
                ],
            ),
            "## Further figures\n",
            f"- One organisation weighs most on the recall over spellings of assignees: it has "
            f"{loss['spellings']} spellings,\n  {float(str(loss['share'])):.0%} of all true pairs, "
            f"in {loss['parts']} parties. Without it the recall is "
            f"{float(str(loss['recall_of_others'])):.3f}.",
            f"- Company pairs (KvK): {true} of {true + missed} true pairs found, {wrong} of "
            f"{wrong + kept} others taken for one.",
            f"- {registered[0]:,} names of distinct legal entities (GLEIF), linked by name alone: "
            f"{registered[1]} of {registered[0] * (registered[0] - 1) // 2:,} pairs are taken for "
            f"one; the largest party has {registered[2]}.",
            *(
                f"- Calibration error of the scores on {name}: {error:.3f}, over {count:,} pairs "
                "of records with a score of at least 0.01."
                for name, (error, count) in calibrations.items()
            ),
            "\n## Party type\n",
            _table(
                ["labels", "names", "accuracy"],
                [[source, count, estimate] for source, (estimate, count) in types.items()],
            ),
            "Rules over words tell organisations; letters tell persons from brands, by a model of "
            "the tune parts\n(`transforms/linkage/person_model.json`: hashes of letters, no "
            "names). `unknown` counts as wrong. Labels:\n\n"
            "- **ROR**, newest release, one type: `facility` is an institute, `healthcare` a "
            "hospital. `education` and\n  `government` count where the organisation's site is "
            "under a domain of schools or governments, for ROR\n  gives them to institutes of "
            "design and academies of sciences too. Other types are no kind and are left out.\n"
            "- **USPTO**: sampled assignees, by the office's code, and by hand where it calls "
            "universities companies.\n"
            "- **SEC**: registrants, enterprises, their funds and trusts too. **GLEIF**: "
            "government entities. **US agencies**:\n  all but those that are by name another "
            "kind too (an institute, a laboratory, a bank).\n"
            "- **inventors** (Lai 2011), **US inventors** (with **in A**: a sample of surnames "
            "in A), **CN inventors** of the\n  gazette in characters, **authors** (PubMed): "
            "persons. At most 500 names of a source are drawn, by hash.\n\n"
            "The split is by spelling: a person, or a surname, may be met in both parts under two "
            "spellings. The test\npart was measured five times while rules and model were made, "
            "on the tune part and from general knowledge.\n",
            "## Speed\n",
            _table(
                [
                    "mentions",
                    "seconds",
                    "CPU seconds",
                    "mentions/s",
                    "peak GB",
                    "largest party (true)",
                    "P, two scripts",
                    "R, two scripts",
                ],
                [_run_row(each) for each in runs],
            ),
            *(
                f"- Growth exponent by {name.replace('_', ' ')}: {value:.2f}."
                for name, value in exponents.items()
                if value is not None
            ),
            "- CPU seconds are what an idle machine needs on one core; a busy one needs longer by "
            "the clock.",
            LIMITS,
        ]
    )


def _run_row(run: Mapping[str, object]) -> list[object]:
    mentions, seconds = float(str(run["mentions"])), float(str(run["seconds"]))
    return [
        f"{mentions:,.0f}",
        f"{seconds:.0f}",
        f"{float(str(run['cpu_seconds'])):.0f}",
        f"{mentions / seconds:,.0f}",
        f"{float(str(run['peak_gb'])):.1f}",
        f"{run['largest']} ({run['largest_true']})",
        run["precision"],
        run["recall"],
    ]


def _targets(
    assignees: Mapping[str, Quality],
    planted: Mapping[str, Quality],
    types: Mapping[str, tuple[Estimate, int]],
    runs: Sequence[Mapping[str, object]],
    exponents: Mapping[str, float | None],
) -> list[list[object]]:
    floors: list[tuple[str, float, Estimate]] = [
        ("assignees, mentions: precision", 0.995, assignees["mentions"].precision),
        ("assignees, mentions: recall", 0.99, assignees["mentions"].recall),
        ("assignees, spellings: precision", 0.95, assignees["spellings"].precision),
        ("assignees, spellings: recall", 0.80, assignees["spellings"].recall),
        ("planted, Chinese and English: precision", 0.97, planted["two scripts"].precision),
        ("planted, Chinese and English: recall", 0.95, planted["two scripts"].recall),
        ("party type, real labels: accuracy", 0.97, types["real, all"][0]),
    ]
    rows: list[list[object]] = [
        [what, f"≥ {floor}", measured, "" if measured.value >= floor else "**missed**"]
        for what, floor, measured in floors
    ]
    largest = [each for each in runs if each["mentions"] == 1_000_000]
    if largest:
        seconds, peak = float(str(largest[0]["seconds"])), float(str(largest[0]["peak_gb"]))
        growth = exponents["cpu_seconds"] or 0.0
        for what, ceiling, value in (
            ("1 M mentions: minutes", 10.0, seconds / 60),
            ("1 M mentions: peak GB", 8.0, peak),
            ("growth exponent, CPU", 1.15, growth),
        ):
            verdict = "" if value <= ceiling else "**missed**"
            rows.append([what, f"≤ {ceiling:g}", f"{value:.2f}", verdict])
    return rows
