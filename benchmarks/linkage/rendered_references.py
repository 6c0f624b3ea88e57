"""References rendered from real works in the styles of patents' front pages, with their faults."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

Work = dict[str, Any]

SMALL = {"of", "the", "and", "for", "in", "on", "a", "an"}
ENDINGS = (
    "", "", "", ".", "..", " cited by applicant.", ". cited by applicant.", ". cited by other.",
    " cited by examiner.", " (abstract only). cited by other.", ", XP002334567.", ", 7 pages.",
    " (7 pgs.). cited by applicant.", ". [retrieved on Mar. 3, 2011].", ". Submitted herewith.",
)  # fmt: skip
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Dec.")
OCR = {
    "rn": "m", "m": "rn", "l": "1", "1": "l", "o": "0", "0": "O", "cl": "d", "e": "c", "h": "b",
    "i": "l", "u": "n", "5": "S", "vv": "w", "fi": "f", "a": "o", "t": "f",
}  # fmt: skip


def render(work: Work, draw: random.Random) -> str:
    """Return one reference to a work: style, order, abbreviations, endings and faults drawn."""
    usable = [style for style, needs in STYLES if all(work[name] for name in needs)]
    text = draw.choice(usable)(_with_slips(work, draw), draw) + draw.choice(ENDINGS)
    if draw.random() < 0.05:
        text = re.sub(r",? ?\(?\b(1[89]|20)\d\d\b\)?", "", text)
    level = draw.choices([0.0, 0.008, 0.02, 0.04], [45, 30, 17, 8])[0]
    text = _scanned(text, level, draw)
    if draw.random() < 0.3:
        text = text.lower()
    return text.replace('"', '""') if draw.random() < 0.2 else text


def _with_slips(work: Work, draw: random.Random) -> Work:
    """Return the work as someone copies it: a wrong digit, a word left out, a title cut short."""
    copy = dict(work)
    if draw.random() < 0.06:
        name = draw.choice(["volume", "first_page", "last_page", "year"])
        digits = str(copy[name] or "")
        if digits.isdigit() and len(digits) > 1:
            at = draw.randrange(1, len(digits))
            copy[name] = digits[:at] + str(draw.randrange(10)) + digits[at + 1 :]
    words = (copy["title"] or "").split()
    if len(words) > 5 and draw.random() < 0.12:
        del words[draw.randrange(1, len(words) - 1)]
    if len(words) > 9 and draw.random() < 0.08:
        words = [*words[: draw.randint(6, 9)], ". . ."]
    copy["title"] = " ".join(words)
    return copy


def _scanned(text: str, level: float, draw: random.Random) -> str:
    """Return a text with the faults of scanning: letters alike, blanks lost and found."""
    if not level:
        return text
    out: list[str] = []
    at = 0
    while at < len(text):
        pair, one = text[at : at + 2].lower(), text[at].lower()
        if draw.random() < level:
            kind = draw.random()
            if kind < 0.55 and pair in OCR:
                out.append(OCR[pair])
                at += 2
                continue
            if kind < 0.75 and one in OCR:
                out.append(OCR[one])
            elif kind < 0.85:
                out.append(text[at] + " ")
            elif kind < 0.95 and not text[at].isdigit():
                pass
            else:
                out.append(text[at] + text[at])
        else:
            out.append(text[at])
        at += 1
    return "".join(out)


def _authors(work: Work, draw: random.Random) -> str:
    names = work["authors"] or []
    if not names:
        return ""
    initials = "".join(draw.choice("ABCDEGHJKLMPRST") + "." for _ in range(draw.randint(1, 2)))
    first = draw.choice(
        [names[0], f"{names[0]}, {initials}", f"{initials} {names[0]}", names[0].upper()]
    )
    if len(names) == 1 and draw.random() < 0.7:
        return first
    if len(names) > 1 and draw.random() < 0.35:
        others = names[1 : draw.randint(2, 4)]
        return ", ".join([first, *others]) + draw.choice(["", " et al.", ", et al"])
    return first + draw.choice([" et al.", " et al", ", et al.,", ", et. al.", " et al.:"])


def _journal(work: Work, draw: random.Random) -> str:
    name = str(work["journal_name"]).split(" (")[0].split(" : ")[0]
    words = [word for word in name.split() if word.lower().strip(".,") not in SMALL]
    if draw.random() < 0.4 or len(words) < 2:
        return name
    if len(words) > 3 and draw.random() < 0.12:
        return "".join(word[0] for word in words).upper()
    dot = draw.choice([".", ".", " "]).strip()
    short = [
        "J" + dot if word.lower() == "journal"
        else word if len(word) < 6
        else word[: draw.randint(3, 5)] + dot
        for word in words
    ]  # fmt: skip
    return " ".join(short)


def _pages(work: Work, draw: random.Random) -> str:
    first, last = work["first_page"], work["last_page"]
    if not last or last == first or draw.random() < 0.12:
        return str(first)
    if first.isdigit() and last.isdigit() and len(first) == len(last) and draw.random() < 0.2:
        same = next((at for at in range(len(first)) if first[at] != last[at]), 0)
        last = last[same:]
    return f"{first}{draw.choice(['-', '-', '-', ' - ', '–', '--', ' to '])}{last}"


def _dated(work: Work, draw: random.Random) -> str:
    year = work["year"]
    return draw.choice([f"{year}", f"{year}", f"{draw.choice(MONTHS)} {year}"])


def _full(work: Work, draw: random.Random) -> str:
    volume = f"vol. {work['volume']}, " if work["volume"] else ""
    issue = f"no. {draw.randint(1, 12)}, " if draw.random() < 0.5 else ""
    quote = draw.choice(['"', '"', "“", ""])
    close = {"“": "”"}.get(quote, quote)
    return (
        f"{_authors(work, draw)}, {quote}{work['title']},{close} {_journal(work, draw)}, "
        f"{volume}{issue}pp. {_pages(work, draw)}, {_dated(work, draw)}"
    )


def _medical(work: Work, draw: random.Random) -> str:
    issue = f"({draw.randint(1, 12)})" if draw.random() < 0.6 else ""
    return (
        f"{_authors(work, draw)} {work['title']}. {_journal(work, draw)} "
        f"{_dated(work, draw)};{work['volume']}{issue}:{_pages(work, draw)}"
    )


def _biology(work: Work, draw: random.Random) -> str:
    quote = draw.choice(['"', "", ""])
    return (
        f"{_authors(work, draw)} {quote}{work['title']}{quote} {_journal(work, draw)} "
        f"{work['volume']}{draw.choice([':', ': ', ', '])}{_pages(work, draw)} ({work['year']})"
    )


def _year_first(work: Work, draw: random.Random) -> str:
    return (
        f"{_authors(work, draw)} ({work['year']}) {work['title']}. {_journal(work, draw)}. "
        f"{work['volume']}: {_pages(work, draw)}"
    )


def _titleless(work: Work, draw: random.Random) -> str:
    order = draw.randrange(4)
    journal, pages, author = _journal(work, draw), _pages(work, draw), _authors(work, draw)
    volume, year = work["volume"], work["year"]
    if order == 0:
        return f"{author}, {journal}, {volume}:{pages} ({year})"
    if order == 1:
        return f"{author}, {journal}, {year}, vol. {volume}, pp. {pages}"
    if order == 2:
        return f"{journal}, {volume}, {pages}, {author} ({year})"
    return f"{author} {journal} {volume} ({draw.randint(1, 12)}):{pages}, {year}"


def _title_first(work: Work, draw: random.Random) -> str:
    named = " and ".join((work["authors"] or ["anonymous"])[:2])
    return f"{work['title']}--{_journal(work, draw)}, {_dated(work, draw)} ({named})"


def _loose(work: Work, draw: random.Random) -> str:
    where = f", {_journal(work, draw)}" if work["journal_name"] else ""
    return f'{_authors(work, draw)}, "{work["title"]}"{where}, {_dated(work, draw)}'


def _title_only(work: Work, draw: random.Random) -> str:
    return f'"{work["title"]}", {_dated(work, draw)}'


Style = Callable[[Work, random.Random], str]
ALL = ("title", "authors", "journal_name", "volume", "first_page", "year")
STYLES: tuple[tuple[Style, tuple[str, ...]], ...] = (
    (_full, ("title", "authors", "journal_name", "first_page", "year")),
    (_full, ("title", "authors", "journal_name", "first_page", "year")),
    (_medical, ALL),
    (_biology, ALL),
    (_biology, ALL),
    (_year_first, ALL),
    (_titleless, ("authors", "journal_name", "volume", "first_page", "year")),
    (_titleless, ("authors", "journal_name", "volume", "first_page", "year")),
    (_title_first, ("title", "journal_name", "year")),
    (_loose, ("title", "authors", "year")),
    (_title_only, ("title", "year")),
)


def confusable(work: Work, draw: random.Random, others: list[Work]) -> list[Work]:
    """Return works that are easily taken for this one: they exist for most real works.

    A second part, a correction, an earlier version at a conference, the authors' next paper in
    the same journal, and another paper of the same volume.
    """
    year, title = int(work["year"]), str(work["title"] or "")
    # Two halves of real titles make one that nobody bears yet.
    start, end = (str(draw.choice(others)["title"]).split() for _ in range(2))
    new = " ".join([*start[: len(start) // 2 + 1], *end[len(end) // 2 :]])
    moved = {**work, "first_page": _moved(work["first_page"], draw), "last_page": None}
    stranger = draw.choice(others)["authors"]
    found = [
        {**moved, "title": new, "year": year + draw.choice([-1, 0, 1])},
        {**moved, "title": new + " revisited", "authors": stranger, "year": year},
    ]
    if title and draw.random() < 0.3:
        prefix = draw.choice(["Correction: ", "Erratum to: ", "Reply to: ", "Comment on "])
        found.append({**moved, "title": prefix + title, "year": year + draw.choice([0, 1])})
    if title and draw.random() < 0.2:
        found.append({**moved, "title": f"{title}. Part II", "year": year + draw.choice([0, 1])})
    if title and draw.random() < 0.3:
        found.append(
            {**work, "journal_name": "Proceedings of the International Conference", "volume": None,
             "first_page": str(draw.randint(1, 900)), "last_page": None, "year": year - 1}
        )  # fmt: skip
    words = title.split()
    if len(words) > 6 and draw.random() < 0.3:
        for at in draw.sample(range(len(words)), 2):
            words[at] = draw.choice((draw.choice(others)["title"] or "new").split() or ["new"])
        found.append({**moved, "title": " ".join(words), "year": year + draw.choice([1, 2])})
    return found


def _moved(page: str | None, draw: random.Random) -> str | None:
    digits = "".join(each for each in str(page or "") if each.isdigit())
    return str(int(digits) + draw.randint(2, 300)) if digits else None


IN_TEXT: tuple[Style, ...] = (_titleless, _titleless, _biology, _year_first)
BEFORE = (
    "Cells were grown at 37 C for 2:1 dilutions as described in ",
    "This was first reported by ",
    "Methods of the kind are known in the art (",
    "In 1998 the yield rose from 3.5 to 12:30 hours; see ",
    "The assay of FIG. 3 is that of U.S. Pat. No. 5,132,686 and of ",
    "For a review see, e.g., ",
    "Suitable promoters have been described [",
)
AFTER = (
    ", the disclosure of which is incorporated herein by reference. ",
    ", filed Mar. 3, 2001. A ratio of 10:1 (w/w) was used. ",
    "). The buffer had a pH of 7.4. ",
    " in its entirety. ",
    "]. Sequences of SEQ ID NO: 12 were aligned. ",
    "; and in other places. ",
)


def paragraph(works: list[Work], draw: random.Random) -> str:
    """Return running text of a description that cites the works, amid other numbers."""
    text = ""
    for work in works:
        text += draw.choice(BEFORE) + draw.choice(IN_TEXT)(_with_slips(work, draw), draw)
        text += draw.choice(AFTER)
    return text


def stranger(number: int, others: list[Work], draw: random.Random) -> Work:
    """Return a work that does not exist, of parts that do: what a large index is full of."""
    parts = [draw.choice(others) for _ in range(4)]
    words = [word for part in parts[:2] for word in str(part["title"]).split()]
    page = draw.randint(1, 3000)
    return {
        "work_id": f"STRANGER:{number}",
        "title": " ".join(draw.sample(words, min(len(words), draw.randint(5, 14)))),
        "authors": parts[2]["authors"],
        "journal_name": parts[3]["journal_name"],
        "volume": str(draw.randint(1, 200)),
        "first_page": str(page),
        "last_page": str(page + draw.randint(1, 15)),
        "year": draw.choice(others)["year"],
    }
