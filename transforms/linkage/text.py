"""Text of names in one form: width, script, case and accents; misspelt common words mended."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from html import unescape

from opencc import OpenCC
from rapidfuzz.distance import OSA

from transforms.linkage import words

HAN = re.compile(r"[\u3400-\u9fff]+")
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
SINGLE_LETTERS = re.compile(r"\b(?:[a-z] ){1,}[a-z]\b")
LONG_WORD = 12
T2S = OpenCC("t2s")


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

    >>> [mend(each) for each in ("comapny", "kubushiki", "univeristy", "hewlwtt", "kansas")]
    ['company', 'kabushiki', 'university', 'hewlwtt', 'kansas']
    """
    if len(word) < 6 or word in words.spelling_targets() or not word.isalpha():
        return word
    if (word,) in words.places().phrases:
        return word
    if words.stem(word) in words.spelling_targets():
        return word
    # Letters may spell a Chinese name; a long one is a slip only if it is one letter away.
    may_be_chinese = is_pinyin(word) and not word.startswith("kab")
    if may_be_chinese and len(word) < 8:
        return word
    near: set[str] = set(_deletes().get(word, ()))
    for each in _without_one(word):
        near.update(_deletes().get(each, ()))
    best: tuple[int, str] | None = None
    for target in near:
        allowed = 1 if len(target) < 8 or may_be_chinese else 2
        distance = OSA.distance(word, target, score_cutoff=allowed)
        if distance <= allowed and (best is None or (distance, target) < best):
            best = (distance, target)
    if best is None and len(word) >= LONG_WORD:
        return _mend_long(word)
    return best[1] if best else word


def _mend_long(word: str) -> str:
    """Return the long common word that a word leaves a syllable out of, or the word itself.

    >>> _mend_long("aktiengeschaft"), _mend_long("adminstation"), _mend_long("electrochemical")
    ('aktiengesellschaft', 'administration', 'electrochemical')
    """
    found = [
        (OSA.distance(word, target), target)
        for target in words.spelling_targets()
        if len(target) >= LONG_WORD + 2 and target[:4] == word[:4] and target[-2:] == word[-2:]
    ]
    near = [
        (distance, target)
        for distance, target in found
        if distance == len(target) - len(word) <= len(target) // 4
    ]
    return min(near)[1] if near else word


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
