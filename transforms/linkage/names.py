"""The name of an organisation, read into parts that can be compared across languages.

`read_name("广州恒达科技有限公司")`, `read_name("Guangzhou Hengda Technology Co., Ltd.")` and
`read_name("Guangzhou Heng Da Keji Youxian Gongsi")` have the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import NamedTuple

from opencc import OpenCC
from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from transforms.linkage import words

HAN = re.compile(r"[\u3400-\u9fff]+")
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
# Codes of country, state and kind that old US records leave at the end of a name.
RECORD_CODES = re.compile(r"\b(?:cnt|sta) [a-z]{2,3} cod \d+.*$")
WRAPPER = re.compile(
    r"^(?P<before>.*)\b(?:(?:as)?represented ?(?:by|thru|through|bythe)?|rep\w{3,}ed by"
    r"|act\w* (?:by and |by |for and )?(?:through|thru|for)|by and through|on behalf of|directed by)\b"
)
CROWN = re.compile(r"\bin (?:the )?(?:her|his|right)\b.*$")
BOARD = re.compile(
    r"\b(?:the )?(?:board of |board )?"
    r"(?:regents?|trustees?|governors|supervisors|curators|visitors|overseers"
    r"|president and (?:fellows|directors)|president fellows|chancellor masters and scholars"
    r"|provost fellows and scholars|governing council|administrators)"
    r"(?: and (?:trustees|fellows|governors|visitors))?(?: operating| acting for| for)?"
    r"(?: of(?: the)?\b)?"
)
OFFICE = re.compile(
    r"\b(?:office of technology (?:transfer|licensing|management)|technology transfer office"
    r"|office of (?:the )?general counsel.*|intellectual property (?:administrat\w+|department|group"
    r"|office|law department)|patents? (?:and licensing )?department|licensing office"
    r"|legal department|patent counsel.*)$"
)
UNIT = re.compile(
    r"^(?:the )?(?:department|dept|school|faculty|college|division|laboratory|lab|center|centre"
    r"|chair|section|group|institute|office) (?:of|for)\b"
    r"|\b(?:department|dept|division|laboratory|lab|section|unit)$"
)
ORGANISATION = re.compile(
    r"\b(?:univ|universit\w+|institute of technology|academy|hospital|council|ministry)\b"
    r"|\w \b(?:corporation|inc|ltd|gmbh|company|corp)$"
)
ELIDED = re.compile(r"\b[ld]'(?=\w{3})")
LEGAL_FAMILIES = {
    form: family
    for family, forms in {
        "en": "co corp corporation inc incorporated ltd limited llc plc company kk kaisha gongsi",
        "au": "pty", "sg": "pte", "in": "pvt private", "my": "bhd berhad",
        "de": "gmbh ag kg kgaa mbh aktiengesellschaft", "nl": "bv nv bvba", "fi": "oy oyj",
        "se": "ab aktiebolag aktiebolaget", "no": "asa aksjeselskap", "dk": "aps aktieselskab",
        "it": "spa srl", "fr": "sas sarl sasu", "es": "sl slu limitada ltda lda",
        "cz": "sro", "hu": "kft zrt nyrt", "pl": "zoo akcyjna odpowiedzialnoscia", "ru": "ooo oao zao pao",
    }.items()
    for form in forms.split()
}  # fmt: skip
GLUED_FORM = re.compile(r"(?<=\w{4})(?:company|corporation|incorporated|limited|gmbh)$")
# Digits, Roman numerals and single letters: one fund, plant or vehicle of a series.
NUMBER = re.compile(
    r"\d|^(?:[ivxl]{2,}|[a-z]|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$"
)
ENGLISH_STOPS = frozenset("the of and for in on at by".split())
SINGLE_LETTERS = re.compile(r"\b(?:[a-z] ){1,}[a-z]\b")
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
HAN_UNIT = re.compile(
    r"(?<=大学)(?P<unit>[\u4e00-\u9fff]{1,12}?)(?:学院|学系|系|研究所|实验室|研究中心)$"
)
DISCIPLINES = re.compile(
    r"^(?:[数物化生医法文理工农商管经济教育体音美艺术哲历史地球环境材料机械电气电子信息计算机软件通信"
    r"自动控制土木建筑交通能源动力航空航天海洋食品药中护公共卫口腔基础临床外语国际新闻传播马克思主义"
    r"与及科学技工程微纳光学院系统网络空间安全数据智能人业化学命]+)$"
)
"""Names of disciplines: a `学院` of one is a part of its university, and one of a brand is not."""
INSTITUTIONS = ("大学", "学院", "科学院", "研究院", "研究所", "医院")
T2S = OpenCC("t2s")


class Name(NamedTuple):
    """What a name says, in canonical words.

    `core` has all words but the legal form; `head` and `distinct` the distinctive ones, without blanks and sorted, and all
    of them where none is; `trade` the generic ones; `place` the narrowest place that it names.
    `han` is the Han text without legal form, `brand` without place and trade too. `short` is an acronym that
    the name gives itself; `initials` is what one would be.
    """

    core: str
    tight: str
    words: str
    head: str
    distinct: str
    trade: str
    place: str
    numbers: str
    legal: str
    han: str | None
    brand: str | None
    short: str | None
    initials: str | None
    is_pinyin: bool
    is_short: bool


NOTHING = Name(
    core="", tight="", words="", head="", distinct="", trade="", place="", numbers="", legal="",
    han=None, brand=None, short=None, initials=None, is_pinyin=False, is_short=False,
)  # fmt: skip


def fold(text: str) -> str:
    """Return a text in one width, script, case, and without accents.

    >>> fold("ＯＰＰＯ廣東移動通信有限公司"), fold("Électricité de France")
    ('oppo广东移动通信有限公司', 'electricite de france')
    """
    text = unicodedata.normalize("NFKC", unescape(text))
    if EAST_ASIAN.search(text):
        text = BETWEEN_HAN.sub("", text)
        return T2S.convert(text).casefold()  # type: ignore[no-any-return]
    text = text.casefold()
    if text.isascii():
        return text
    text = text.replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d")
    return "".join(
        each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each)
    )


def _is_acronym(letters: str, raw: str) -> bool:
    """Return whether letters in brackets are an acronym of the name, and not a place or a word."""
    if not (letters.isascii() and letters.isalpha() and 2 < len(letters) < 9):
        return False
    small = letters.casefold()
    if not letters[:2].isupper() or (small,) in words.places().phrases:
        return False
    return not raw.isupper() or small[0] == raw.strip()[0].casefold()


@cache
def _deletes() -> dict[str, tuple[str, ...]]:
    """Return the common words by each text that lacks a letter of theirs, or two of a long one."""
    found: dict[str, list[str]] = {}
    for word in sorted(words.spelling_targets()):
        near = {word, *_without_one(word)}
        if len(word) > 7:
            near |= {other for each in _without_one(word) for other in _without_one(each)}
        for each in near:
            found.setdefault(each, []).append(word)
    return {each: tuple(targets) for each, targets in found.items()}


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


@lru_cache(maxsize=1_000_000)
def mend(word: str) -> str:
    """Return the common word that a word misspells, or the word itself.

    >>> [mend(each) for each in ("comapny", "kubushiki", "univeristy", "hewlwtt", "xerox")]
    ['company', 'kabushiki', 'university', 'hewlwtt', 'xerox']
    """
    if len(word) < 6 or word in words.spelling_targets() or not word.isalpha():
        return word
    if words.stem(word) in words.spelling_targets() or (
        is_pinyin(word) and not word.startswith("kab")
    ):
        return word
    near: set[str] = set(_deletes().get(word, ()))
    for each in _without_one(word):
        near.update(_deletes().get(each, ()))
    best: tuple[int, str] | None = None
    for target in near:
        allowed = 1 if len(target) < 8 else 2
        distance = OSA.distance(word, target, score_cutoff=allowed)
        if distance <= allowed and (best is None or (distance, target) < best):
            best = (distance, target)
    return best[1] if best else word


@lru_cache(maxsize=1_000_000)
def is_pinyin(text: str) -> bool:
    """Return whether a text is a sequence of pinyin syllables.

    >>> is_pinyin("hengda"), is_pinyin("hegda"), is_pinyin("xerox")
    (True, False, False)
    """
    reach = {0}
    for end in range(1, len(text) + 1):
        if any(
            end - size in reach and text[end - size : end] in words.syllables()
            for size in range(1, 7)
        ):
            reach.add(end)
    return bool(text) and len(text) in reach


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What Chinese names are called in English, in canonical words.

    `phrases` holds whole institutions, by their Han text without legal form; `brands` the
    distinctive part of an enterprise's name.
    """

    phrases: dict[str, str]
    brands: dict[str, str]


NO_VOCABULARY = Vocabulary({}, {})


def learn(pairs: Iterable[tuple[str, str]]) -> Vocabulary:
    """Return the vocabulary that pairs of names of one organisation teach.

    A brand that would have two translations teaches nothing.

    >>> learn([("腾讯科技(深圳)有限公司", "Tencent Technology (Shenzhen) Company Limited")]).brands
    {'腾讯': 'tencent'}
    >>> learn([("中山大学", "Sun Yat-sen University")]).phrases
    {'中山大学': 'sun yat sen university'}
    """
    phrases: dict[str, set[str]] = {}
    brands: dict[str, set[str]] = {}
    for one, other in pairs:
        chinese, english = (one, other) if EAST_ASIAN.search(one) else (other, one)
        if EAST_ASIAN.search(english) or not HAN.search(chinese):
            continue
        left, right = read_name(chinese), read_name(english)
        if left.han is None:
            continue
        if left.han.endswith(INSTITUTIONS):
            phrases.setdefault(left.han, set()).add(right.core)
        elif left.brand and left.brand != left.han and HAN.fullmatch(left.brand):
            if right.trade and right.head != "".join(sorted(right.words.split())):
                brands.setdefault(left.brand, set()).add(right.head)
    return Vocabulary(
        {each: min(found) for each, found in phrases.items() if len(found) == 1},
        {each: min(found) for each, found in brands.items() if len(found) == 1},
    )


@cache
def common_vocabulary() -> Vocabulary:
    """Return what the known names in the project's own list teach."""
    return learn(words.known_names())


def read_name(raw: str, vocabulary: Vocabulary = NO_VOCABULARY) -> Name:
    """Return the parts of an organisation's name.

    >>> read_name("广州市恒达科技有限公司").words
    'guangzhou hengda technology'
    >>> read_name("Guangzhou Heng Da Keji Youxian Gongsi").tight
    'guangzhouhengdatechnology'
    >>> read_name("The Regents of the Univ. of California").words
    'california university'
    >>> name = read_name("The United States of America as represented by the Secretary of the Navy")
    >>> name.core, name.place
    ('navy', 'usa')
    """
    text = fold(raw)
    short: str | None = None
    for inside in BRACKETS.findall(raw):
        letters = inside.replace(".", "").strip()
        if _is_acronym(letters, raw):
            short = letters.casefold()
    if EAST_ASIAN.search(text):
        return _read_east_asian(text, short, vocabulary)
    return _read_latin(text, short, raw)


def _read_latin(text: str, short: str | None, raw: str) -> Name:
    text = DOTTED.sub(lambda each: each[0].replace(".", "") + " ", text)
    text = ELIDED.sub("", text.replace("’", "'")).replace("'", "")
    text = text.replace("&", " and ").replace("+", " and ")
    text = BRACKETS.sub(
        lambda each: " " if each[1].replace(".", "").strip() == short else f" {each[1]} ", text
    )
    segments = re.split(r"[,;]| - ", text)
    segments = [" ".join(re.findall(r"[^\W_]+", each)) for each in segments]
    segments = [" ".join(map(mend, each.split())) for each in segments if each]
    if len(segments) > 1:
        segments = _without_units(segments)
    joined = " ".join(segments)
    joined = RECORD_CODES.sub("", joined).strip()
    joined = SINGLE_LETTERS.sub(lambda each: each[0].replace(" ", ""), joined)
    told, joined = _unwrap(joined)
    joined = OFFICE.sub("", joined).strip() or joined
    before = joined.split() or text.split()
    tokens = _without_legal_form(before)
    if not tokens:
        return NOTHING
    tokens[-1] = GLUED_FORM.sub("", tokens[-1])
    return _assemble(tokens, told, short, raw, _legal_family(before, tokens))


def _without_units(segments: list[str]) -> list[str]:
    """Drop departments and the like where another part names the whole organisation."""
    if not any(ORGANISATION.search(each) and not UNIT.search(each) for each in segments):
        return segments
    kept = [each for each in segments if not UNIT.search(each) or ORGANISATION.search(each)]
    return kept or segments


def _unwrap(text: str) -> tuple[list[str], str]:
    """Return the places that a wrapper names, and the organisation that it speaks for.

    >>> _unwrap("japan as represented by director general of agency of industrial science")
    (['japan'], 'agency of industrial science')
    """
    told: list[str] = []
    matched = WRAPPER.match(text)
    rest = text
    if matched and len(text) - matched.end() > 2:
        told = _find_places(matched["before"].split())[0]
        rest = text[matched.end() :].strip()
    if "majesty" in rest or "britannic" in rest:
        crown = CROWN.search(rest)
        if crown and crown.start():
            told += _find_places(crown[0].split())[0]
            rest = rest[: crown.start()].strip()
    boarded = BOARD.sub(" ", rest, count=1).strip()
    if len(boarded) > 5 and (
        "univ" in boarded or "college" in boarded or "institute" in boarded or "school" in boarded
    ):
        rest = boarded
    tokens = rest.split()
    if not matched and not re.match(
        r"(?:the )?(?:secretary|administrator|director general|general director|director|minister|commissioner|department|dept|united states|us)\b",
        rest,
    ):
        return told, rest
    start = 0
    while start < len(tokens) - 1 and (tokens[start] in ROLES or tokens[start] in words.STOP_WORDS):
        start += 1
    skipped = tokens[:start]
    if start and (
        matched or "of" in skipped or "for" in skipped or "us" in skipped or "united" in skipped
    ):
        told += _find_places(skipped)[0]
        return told, " ".join(tokens[start:])
    return told, rest


ROLES = words.ROLE_WORDS


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
        if len(kept) > 2 and kept[-2] == "kabushiki" and OSA.distance(kept[-1], "kaisha") < 3:
            kept.pop()
            changed = True
    return kept[:1] + [each for each in kept[1:] if each not in FREE_LEGAL]


def _legal_family(before: list[str], after: list[str]) -> str:
    """Return the country whose law the legal form is of, or nothing.

    Forms in English stand for those of East Asia too. A name of one law is a branch or daughter
    beside the same name of another.
    """
    for each in reversed(before):
        family = LEGAL_FAMILIES.get(each)
        if family and (len(after) < len(before)) and each not in after:
            return family
    return ""


def _find_places(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the places that words name, and the words with each place as one word."""
    found: list[str] = []
    merged: list[str] = []
    at = 0
    phrases = words.places().phrases
    while at < len(tokens):
        for size in range(min(9, len(tokens) - at), 0, -1):
            place = phrases.get(tuple(tokens[at : at + size]))
            if place is None and size > 1:
                place = (
                    phrases.get(
                        tuple(
                            each for each in tokens[at : at + size] if each not in words.STOP_WORDS
                        )
                    )
                    if tokens[at] not in words.STOP_WORDS
                    and tokens[at + size - 1] not in words.STOP_WORDS
                    else None
                )
            if place:
                found.append(place)
                merged.append(place)
                at += size
                break
        else:
            merged.append(tokens[at])
            at += 1
    return found, merged


def _assemble(tokens: list[str], told: list[str], short: str | None, raw: str, legal: str) -> Name:
    """Return a name from its Latin words in order."""
    tokens = _read_pinyin(tokens)
    tokens = [
        STATE_AFTER_OF[each] if each in STATE_AFTER_OF and at and tokens[at - 1] == "of" else each
        for at, each in enumerate(tokens)
    ]
    tokens = " ".join(tokens).split()
    tokens = [each for at, each in enumerate(tokens) if not _is_conjunction(tokens, at)]
    named, _ = _find_places(tokens)
    # In a Chinese name `an`, `de`, `le` and the like are syllables of a brand.
    stops = ENGLISH_STOPS if place_path(named).startswith("china") else words.STOP_WORDS
    plain = [each for each in tokens if each not in stops] or tokens
    own = _own_acronym(plain)
    if own:
        short = own
        plain.remove(own)
        tokens.remove(own)
    initials = "".join(each[0] for each in plain) if len(plain) > 2 else None
    named, merged = _find_places(tokens)
    canonical = [
        words.synonyms().get(each) or words.synonyms().get(words.stem(each)) or words.stem(each)
        for each in merged
        if each not in stops
    ] or merged
    canonical = " ".join(canonical).split()
    letters = re.sub(r"\W", "", raw.strip().split(" ")[0])
    is_short = [letters.casefold()] == canonical and 2 < len(letters) < 7 and letters.isupper()
    return _name(
        canonical, [*named, *told], short=short, initials=initials, is_short=is_short, legal=legal
    )


def place_path(named: list[str]) -> str:
    """Return the narrowest of places, below those that it lies in, or nothing.

    >>> place_path(["guangzhou", "china"]), place_path(["canada"]), place_path([])
    ('china/guangdong/guangzhou', 'canada', '')
    """
    above = words.places().above
    paths = ["/".join([*reversed(above.get(each, ())), each]) for each in named]
    return max(paths, key=lambda each: each.count("/"), default="")


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


def _name(
    canonical: list[str],
    named: list[str],
    *,
    han: str | None = None,
    brand: str | None = None,
    short: str | None,
    initials: str | None,
    is_short: bool,
    legal: str = "",
) -> Name:
    generic = words.generic_words()
    known = words.places().above
    distinct = [
        each
        for each in canonical
        if each not in generic and each not in known and not NUMBER.search(each)
    ]
    trade = sorted({each for each in canonical if each in generic})
    unique = sorted(set(canonical))
    head = "".join(distinct)
    # A name of common words alone is told apart by all of them, places too.
    if not head:
        head = "".join(unique)
    return Name(
        core=" ".join(canonical),
        tight="".join(canonical),
        words=" ".join(unique),
        head=head,
        distinct=" ".join(sorted(set(distinct or unique))),
        trade=" ".join(trade),
        place=place_path(named),
        numbers=" ".join(each for each in unique if NUMBER.search(each)),
        legal=legal,
        han=han,
        brand=brand or han,
        short=short if short != head else None,
        initials=initials,
        is_pinyin=is_pinyin(head),
        is_short=is_short,
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


def _read_east_asian(text: str, short: str | None, vocabulary: Vocabulary) -> Name:
    """Return the parts of a name in Han characters, with Latin words and digits among them."""
    text = re.sub(r"[·•・'’\"“”.,，。、]", " ", text).strip()
    inside = [each.strip() for each in BRACKETS.findall(text)]
    text = BRACKETS.sub(" ", text).strip()
    text = _without_han_form(text)
    matched = HAN_UNIT.search(text)
    if matched and DISCIPLINES.match(matched["unit"]):
        text = text[: matched.start()]
    canonical: list[str] = []
    named: list[str] = []
    han: list[str] = []
    brand: list[str] = []
    for part in re.findall(r"[\u3400-\u9fff]+|[^\W_]+?(?=[\u3400-\u9fff]|\b)", text):
        if HAN.fullmatch(part):
            _segment(part, canonical, named, han, brand, vocabulary)
        else:
            canonical.append(part)
            han.append(part)
            brand.append(part)
    for each in inside:
        if HAN.fullmatch(each):
            _segment(each, canonical, named, han, brand, vocabulary)
        elif each and not (each.isascii() and each.isalpha() and short == each):
            canonical += each.split()
    return _name(
        canonical or [text],
        named,
        han="".join(han) or None,
        brand="".join(brand) or None,
        short=short,
        initials=None,
        is_short=False,
    )


def _without_han_form(text: str) -> str:
    forms = words.legal_forms()
    for each in forms.han_starts:
        if text.startswith(each) and len(text) > len(each):
            text = text.removeprefix(each).strip()
    changed = True
    while changed:
        changed = False
        for each in forms.han_ends:
            if text.endswith(each) and len(text) > len(each) + 1:
                text = text.removesuffix(each).strip()
                changed = True
                break
    return text


def _segment(
    run: str,
    canonical: list[str],
    named: list[str],
    han: list[str],
    brands: list[str],
    vocabulary: Vocabulary,
) -> None:
    """Cut a run of Han characters into places, words of trade and a brand; the longest first."""
    trades = words.trades()
    chinese = words.places().chinese
    at = 0
    brand = ""

    def close() -> None:
        nonlocal brand
        if brand:
            latin = vocabulary.brands.get(brand) or "".join(lazy_pinyin(brand)).replace("ü", "v")
            canonical.append(latin)
            han.append(brand)
            brands.append(brand)
            brand = ""

    while at < len(run):
        step = 0
        if not brand and vocabulary.phrases:
            for size in range(min(16, len(run) - at), 3, -1):
                phrase = vocabulary.phrases.get(run[at : at + size])
                if phrase:
                    canonical += phrase.split()
                    han.append(run[at : at + size])
                    step = size
                    break
        if not step and not brand:
            for size in range(min(8, len(run) - at), 1, -1):
                place = chinese.get(run[at : at + size])
                if place:
                    canonical.append(place)
                    named.append(place)
                    han.append(run[at : at + size])
                    step = size
                    # 广州市, but not 广州市场.
                    if (
                        run[at + size : at + size + 1] in "省市县区"
                        and run[at + size : at + size + 2] != "市场"
                    ):
                        step += len(run[at + size : at + size + 1])
                    break
        if not step:
            for size in range(min(8, len(run) - at), 0, -1):
                word = run[at : at + size]
                if word in trades and (size > 1 or at + size == len(run)):
                    close()
                    canonical += trades[word].split()
                    han.append(word)
                    step = size
                    break
        if not step:
            brand += run[at]
            step = 1
        at += step
    close()
