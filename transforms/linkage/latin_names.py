"""Names in Latin letters: agencies and boards unwrapped, legal forms and departments taken off."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from transforms.linkage import words
from transforms.linkage.parts import NOTHING, Name, find_places, make_name, place_path
from transforms.linkage.text import BRACKETS, SINGLE_LETTERS, is_pinyin, mend

DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
# Codes of country, state and kind that old US records leave at the end of a name.
RECORD_CODES = re.compile(r"\b(?:cnt|sta) [a-z]{2,3} cod \d+.*$")
WRAPPER = re.compile(
    r"^(?P<before>.*)\b(?:(?:as)?represented ?(?:by|thru|through|bythe)?|rep\w{3,}ed by"
    r"|act\w* (?:by and |by |for and )?(?:through|thru|for)"
    r"|representee?s? par|vertreten durch|rappresentat[ao] d\w+|representad[ao] p\w+"
    r"|by and through|o[nf] (?:the )?behalf of|in the name of|directed by"
    r"|(?<=america )as the)\b"
)
AND_MECHANICAL = re.compile(r"\ba ?& ?m\b(?= (?:univ|college))")
# What stands behind the name of a legal entity: the law that it is of, or what owns it.
UNDER_LAW = re.compile(
    r"(?<=\w{3}) (?:an? )(?:\w+ ){0,4}?(?:corporation|company|partnership|body corporate"
    r"|public benefit corporation|institution)(?: (?:of|organi[sz]ed|incorporated|existing)\b.*)?$"
)
DIVISION = re.compile(r"^\w.* (?:an? )?(?:operating |wholly owned )?division of (?=\w{3})")
# What a company is for, or was before, behind its legal form.
PURPOSE = re.compile(
    r"(?<=\w{3}) (?:societe anonyme|societa per azioni|aktiengesellschaft|gmbh|ag|sa)"
    r" (?:pour|per|fur|fuer|zur|a directoire|dite|ci devant|vormals|vorm)\b.*$"
    r"|(?<=\w{4} gesellschaft) zur f\w+ung\b.*$"
)
FORMERLY = re.compile(r"(?<=\w{3}) (?:formerly(?: known as)?|fka|doing business as|dba) .*$")
# The regents or trustees are one body, whatever campus they act for.
CAMPUS = re.compile(
    r"(?<=university )(?P<of>of \w+(?: \w+)?? )?(?:at \w+.*|\w+ campus|system|acting .*)$"
)
CROWN = re.compile(r"\b(?:in (?:the )?(?:her|his|right)\b|of (?:her|his) majesty).*$")
IN_ITS_CITY = re.compile(r"(?P<school>\buniv(?:ersity)?) in (?:the )?(?:city of )?\w+.*$")
OF_THE_STATES = re.compile(r"(?: of)?(?: the)? united states(?: of america)?(?: government)?$")
BOARD = re.compile(
    r"\b(?:the )?(?:bo?a?r?d of |board )?"
    r"(?:regents?|trustees?|governors|supervisors|curators|visitors|overseers"
    r"|president and (?:fellows|directors)|president fellows|chancellor masters and scholars"
    r"|provost fellows and scholars|governing council|administrators)"
    r"(?: and (?:trustees|fellows|governors|visitors))?(?: operating| acting for| for)?"
    r"(?: of(?: the)?\b)?"
)
SCHOOL = re.compile(r"univ|college|institute|school")
HOLDER = re.compile(
    r"(?:the )?(?:secretary|administrator|director|general director|minister|commissioner"
    r"|department|dept|united states|us)\b"
)
OFFICE = re.compile(
    r"\b(?:office of technology (?:transfer|licensing|management)|technology transfer office"
    r"|office of (?:the )?general counsel.*"
    r"|intellectual property (?:administrat\w+|department|group|office|law department)|headquarters"
    r"|patents? (?:and licensing )?department|licensing office|legal department|patent counsel.*)$"
)
UNIT = re.compile(
    r"^(?:the )?(?:department|dept|school|faculty|college|division|laboratory|lab|center|centre"
    r"|chair|section|group|office) (?:of|for)\b"
    r"|\b(?:department|dept|division|laboratory|lab|section|unit)$"
)
ORGANISATION = re.compile(
    r"\b(?:univ|universit\w+|institute of technology|academy|hospital|council|ministry)\b"
    r"|\w \b(?:corporation|inc|ltd|gmbh|company|corp)$"
)
AGENCY = re.compile(r"\b(?:agency|authority|institute|academy|administration|council)\b")
ELIDED = re.compile(r"\b[ld]'(?=\w{3})")
LEGAL_FAMILIES = {
    form: family
    for family, forms in {
        "en": "co corp corporation inc incorporated ltd limited llc plc company kk kaisha gongsi",
        "au": "pty", "sg": "pte", "in": "pvt private", "my": "bhd berhad",
        "de": "gmbh ag kg kgaa mbh aktiengesellschaft", "nl": "bv nv bvba", "fi": "oy oyj",
        "se": "ab aktiebolag aktiebolaget", "no": "asa aksjeselskap", "dk": "aps aktieselskab",
        "it": "spa srl", "fr": "sas sarl sasu", "es": "sl slu limitada ltda lda",
        "cz": "sro", "hu": "kft zrt nyrt", "ru": "ooo oao zao pao",
        "pl": "zoo akcyjna odpowiedzialnoscia",
    }.items()
    for form in forms.split()
}  # fmt: skip
GLUED_FORM = re.compile(r"(?<=\w{4})(?:company|corporation|incorporated|limited|gmbh)$")
OFFICES = (["director", "general"], ["general", "director"])
ENGLISH_STOPS = frozenset("the of and for in on at by".split())
STATE_AFTER_OF = {
    "ca": "california", "il": "illinois", "wi": "wisconsin", "tx": "texas", "pa": "pennsylvania",
    "fl": "florida", "mn": "minnesota", "va": "virginia", "md": "maryland", "wa": "washington",
    "nc": "north carolina", "nj": "new jersey", "ny": "new york",
}  # fmt: skip
FREE_LEGAL = frozenset(
    """
    inc incorporated ltd limited gmbh llc corporation corp company co kabushiki kaisha kk plc
    """.split()
)
"""Words of legal forms that mean nothing else, wherever they stand after the first word."""


def read_latin(text: str, short: str | None, raw: str) -> Name:
    """Return the parts of a folded name in Latin letters, or in others that are not East Asian."""
    text = DOTTED.sub(lambda each: each[0].replace(".", "") + " ", text)
    text = ELIDED.sub("", text.replace("’", "'")).replace("'", "")
    text = AND_MECHANICAL.sub("agricultural and mechanical", text)
    text = text.replace("&", " and ").replace("+", " and ")
    text = BRACKETS.sub(
        lambda each: " " if each[1].replace(".", "").strip() == short else f" {each[1]} ", text
    )
    segments = re.split(r"[,;]| - ", text)
    segments = [" ".join(re.findall(r"[^\W_]+", each)) for each in segments]
    segments = [" ".join(map(mend, each.split())) for each in segments if each]
    if len(segments) > 1:
        segments = _without_ministry(_without_units(segments))
    joined = " ".join(segments)
    joined = RECORD_CODES.sub("", joined).strip()
    joined = SINGLE_LETTERS.sub(lambda each: each[0].replace(" ", ""), joined)
    letters = "".join(_without_legal_form(joined.split()))
    told, joined = _unwrap(joined)
    for tail in (UNDER_LAW, PURPOSE, FORMERLY, DIVISION):
        joined = tail.sub("", joined)
    joined = OFFICE.sub("", joined).strip() or joined
    before = joined.split() or re.findall(r"[^\W_]+", text)
    tokens = _without_legal_form(before)
    if not tokens:
        return NOTHING
    tokens[-1] = GLUED_FORM.sub("", tokens[-1])
    return _assemble(tokens, told, short, raw, _legal_family(before, tokens), letters)


def _without_units(segments: list[str]) -> list[str]:
    """Drop departments and the like where another part names the whole organisation."""
    if not any(ORGANISATION.search(each) and not UNIT.search(each) for each in segments):
        return segments
    kept = [each for each in segments if not UNIT.search(each) or ORGANISATION.search(each)]
    return kept or segments


def _without_ministry(segments: list[str]) -> list[str]:
    """Drop the ministry behind an agency of its own.

    >>> _without_ministry(["agency of industrial science", "ministry of international trade"])
    ['agency of industrial science']
    """
    if not AGENCY.search(segments[0]):
        return segments
    return [each for each in segments if not each.startswith(("ministry ", "department "))]


def _unwrap(text: str) -> tuple[list[str], str]:
    """Return the places that a wrapper names, and the organisation that it speaks for.

    >>> _unwrap("japan as represented by director general of agency of industrial science")
    (['japan'], 'agency of industrial science')
    """
    told: list[str] = []
    matched = WRAPPER.match(text)
    rest = text
    if matched and len(text) - matched.end() > 2:
        told = find_places(matched["before"].split())[0]
        rest = text[matched.end() :].strip()
    if "majesty" in rest or "britannic" in rest:
        crown = CROWN.search(rest)
        if crown and crown.start():
            told += find_places(crown[0].split())[0]
            rest = rest[: crown.start()].strip()
    of_board = BOARD.sub(" ", rest, count=1).strip()
    if SCHOOL.search(of_board):
        is_board = of_board != rest
        rest = of_board
        if is_board:
            rest = IN_ITS_CITY.sub(r"\g<school>", rest)
            rest = CAMPUS.sub(lambda each: each["of"] or "", rest).strip()
    if not matched and not HOLDER.match(rest):
        return told, rest
    whole = rest
    rest = OF_THE_STATES.sub("", rest) or rest
    told += find_places(whole[len(rest) :].split())[0]
    tokens = rest.split()
    start = 0
    while start < len(tokens) - 1 and tokens[start] in words.ROLE_WORDS | words.STOP_WORDS:
        start += 1
    office = tokens[:start]
    is_office = not {"of", "for", "us", "united"}.isdisjoint(office) or office[-2:] in OFFICES
    if not matched and not is_office:
        return told, whole
    return told + find_places(office)[0], " ".join(tokens[start:])


def _without_legal_form(tokens: list[str]) -> list[str]:
    """Return the words without the legal form at either end; all of them if nothing were left.

    >>> _without_legal_form("toyota jidosha kabushiki kaisha".split())
    ['toyota', 'jidosha']
    """
    forms = words.legal_forms()
    kept = list(tokens)
    changed = True
    while changed and len(kept) > 1:
        changed = False
        for size in range(min(5, len(kept) - 1), 0, -1):
            if tuple(kept[-size:]) in forms.ends:
                kept = kept[:-size]
                changed = True
                break
            if tuple(kept[:size]) in forms.starts:
                kept = kept[size:]
                changed = True
                break
        if len(kept) > 1 and kept[-1] in words.STOP_WORDS:
            kept.pop()
            changed = True
        for at in (-2, 0):
            if len(kept) > 2 and kept[at] == "kabushiki" and _is_kaisha(kept[at + 1]):
                del kept[at + 1]
                changed = True
    return kept[:1] + [each for each in kept[1:] if each not in FREE_LEGAL]


def _is_kaisha(word: str) -> bool:
    """Return whether a word beside `kabushiki` completes the legal form, slips and all."""
    return OSA.distance(word, "kaisha") < 3


def _legal_family(before: list[str], after: list[str]) -> str:
    """Return the country whose law the legal form is of, or nothing.

    Forms in English stand for those of East Asia too. A name of one law is a branch or daughter
    beside the same name of another.
    """
    for each in reversed(before):
        family = LEGAL_FAMILIES.get(each)
        if family and each not in after:
            return family
    return ""


def _assemble(
    tokens: list[str], told: list[str], short: str | None, raw: str, legal: str, letters: str
) -> Name:
    """Return a name from its Latin words in order."""
    tokens = _read_pinyin(tokens)
    tokens = [
        STATE_AFTER_OF[each] if each in STATE_AFTER_OF and at and tokens[at - 1] == "of" else each
        for at, each in enumerate(tokens)
    ]
    tokens = " ".join(tokens).split()
    tokens = [each for at, each in enumerate(tokens) if not _is_conjunction(tokens, at)]
    named, _ = find_places(tokens)
    # In a Chinese name `an`, `de`, `le` and the like are syllables of a brand.
    stops = ENGLISH_STOPS if place_path(named).startswith("china") else words.STOP_WORDS
    plain = [each for each in tokens if each not in stops] or tokens
    own = _own_acronym(plain)
    if own:
        short = own
        plain.remove(own)
        tokens.remove(own)
    initials = "".join(each[0] for each in plain) if len(plain) > 2 else None
    named, merged = find_places(tokens)
    canonical = [
        each if each in words.places().above else _canonical(each)
        for each in merged
        if each not in stops
    ] or merged
    canonical = " ".join(canonical).split()
    return make_name(
        canonical,
        [*named, *told],
        short=short,
        initials=initials,
        is_short=len(canonical) == 1 and _is_written_short(canonical[0], raw),
        legal=legal,
        letters=letters,
    )


def _is_written_short(word: str, raw: str) -> bool:
    """Return whether the one word that is left of a name is an acronym: NASA, C.N.R.S.

    >>> _is_written_short("nasa", "Administrator of NASA"), _is_written_short("navy", "The Navy")
    (True, False)
    """
    written = (re.sub(r"\W", "", each) for each in raw.split())
    return 2 < len(word) < 7 and any(each.isupper() and each.casefold() == word for each in written)


def _canonical(word: str) -> str:
    """Return the word, or words, that a word of a name stands for."""
    stem = words.stem(word)
    return words.synonyms().get(word) or words.synonyms().get(stem) or stem


def _own_acronym(plain: list[str]) -> str | None:
    """Return the word that consists of the initials of all others.

    >>> _own_acronym(["institut", "national", "recherche", "agronomique", "inra"])
    'inra'
    """
    for each in (plain[-1], plain[0]):
        if 2 < len(each) == len(plain) - 1:
            others = list(plain)
            others.remove(each)
            if each == "".join(other[0] for other in others):
                return each
    return None


def _is_conjunction(tokens: list[str], at: int) -> bool:
    """Return whether a single letter joins two words, as in Spanish and Italian."""
    return (
        tokens[at] in {"e", "y", "i", "o", "a"}
        and 0 < at < len(tokens) - 1
        and min(len(tokens[at - 1]), len(tokens[at + 1])) > 2
    )


def _read_pinyin(tokens: list[str]) -> list[str]:
    """Return a name in pinyin with its words of trade in English; other names as they are.

    >>> _read_pinyin(["guangzhou", "heng", "da", "dian", "zi", "ke", "ji"])
    ['guangzhou', 'hengda', 'electronic', 'technology']
    """
    if len(tokens) < 2 or not all(is_pinyin(each) for each in tokens):
        return tokens
    joined = "".join(tokens)
    table = words.pinyin_trades()
    ends: list[str] = []
    while True:
        for size in range(min(len(joined) - 2, 24), 1, -1):
            if joined[-size:] in table:
                ends = table[joined[-size:]].split() + ends
                joined = joined[:-size]
                break
        else:
            break
    if not ends:
        return tokens
    starts: list[str] = []
    for size in range(min(len(joined) - 2, 14), 3, -1):
        if (joined[:size],) in words.places().phrases:
            starts = [joined[:size]]
            joined = joined[size:]
            break
    return [*starts, joined, *ends]
