"""Names in Han characters: cut into place, brand and trade, and told in English and pinyin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pypinyin import lazy_pinyin

from transforms.linkage import words
from transforms.linkage.parts import Name, make_name
from transforms.linkage.text import BRACKETS, HAN

HAN_UNIT = re.compile(
    r"(?<=大学)(?P<unit>[\u4e00-\u9fff]{1,12}?)(?:学院|学系|系|研究所|实验室|研究中心)$"
)
DISCIPLINES = re.compile(
    r"^(?:[数物化生医法文理工农商管经济教育体音美艺术哲历史地球环境材料机械电气电子信息计算机软件通信"
    r"自动控制土木建筑交通能源动力航空航天海洋食品药中护公共卫口腔基础临床外语国际新闻传播马克思主义"
    r"与及科学技工程微纳光学院系统网络空间安全数据智能人业化学命]+)$"
)
"""Names of disciplines: a `学院` of one is a part of its university, and one of a brand is not."""
WHOLE_COLLEGE = re.compile(
    "(?:应用|现代)?(?:科学技术|科技|理工|文理|科技艺术|艺术科技|应用技术|工商)"
)
"""What a `学院` teaches that is a college of its own beside the university it is named after."""
INSTITUTIONS = ("大学", "学院", "科学院", "研究院", "研究所", "医院")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What Chinese names are called in English, in canonical words.

    `phrases` holds whole institutions, by their Han text without legal form; `brands` the
    distinctive part of an enterprise's name.
    """

    phrases: dict[str, str]
    brands: dict[str, str]


NO_VOCABULARY = Vocabulary({}, {})


def read_east_asian(text: str, short: str | None, vocabulary: Vocabulary) -> Name:
    """Return the parts of a name in Han characters, with Latin words and digits among them."""
    text = re.sub(r"[·•・'’\"“”.,，。、]", " ", text).strip()
    inside = [each.strip() for each in BRACKETS.findall(text)]
    text = _without_han_form(BRACKETS.sub(" ", text).strip())
    unit = HAN_UNIT.search(text)
    if unit and DISCIPLINES.match(unit["unit"]) and not WHOLE_COLLEGE.fullmatch(unit["unit"]):
        text = text[: unit.start()]
    cut = _Cut(vocabulary)
    for part in re.findall(r"[\u3400-\u9fff]+|[^\W_]+?(?=[\u3400-\u9fff]|\b)", text):
        if HAN.fullmatch(part):
            cut.take(part)
        else:
            cut.add(part, part, part)
    for part in inside:
        if HAN.fullmatch(part):
            cut.take(part)
        elif part != short:
            cut.canonical += part.split()
    return make_name(
        cut.canonical or [text],
        cut.places,
        han="".join(cut.han) or None,
        brand="".join(cut.brands) or None,
        short=short,
        initials=None,
        is_short=False,
    )


def _without_han_form(text: str) -> str:
    """Return a name without its legal form, or with it if nothing else were left."""
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


@dataclass(slots=True)
class _Cut:
    """Runs of Han characters, cut into places, words of trade and brands; the longest first."""

    vocabulary: Vocabulary
    canonical: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    han: list[str] = field(default_factory=list)
    brands: list[str] = field(default_factory=list)

    def add(self, han: str, canonical: str, brand: str = "") -> None:
        """Add a piece with what it means, and the brand that it is."""
        self.han.append(han)
        self.canonical += canonical.split()
        if brand:
            self.brands.append(brand)

    def take(self, run: str) -> None:
        """Cut one run: what is in no list is a brand, up to the next word of trade."""
        at = 0
        brand = ""
        while at < len(run):
            piece = self._institution_or_place(run, at) if not brand else None
            piece = piece or self._trade(run, at)
            if piece is None:
                brand += run[at]
                at += 1
                continue
            size, word, canonical = piece
            self._close(brand)
            brand = ""
            self.add(word, canonical)
            at += size
        self._close(brand)

    def _close(self, brand: str) -> None:
        if brand:
            spelt = "".join(lazy_pinyin(brand)).replace("ü", "v")
            self.add(brand, self.vocabulary.brands.get(brand, spelt), brand)

    def _institution_or_place(self, run: str, at: int) -> tuple[int, str, str] | None:
        """Return the length, text and meaning of an institution or place that begins here."""
        for size in range(min(16, len(run) - at), 3, -1):
            word = run[at : at + size]
            if word in self.vocabulary.phrases:
                return size, word, self.vocabulary.phrases[word]
        chinese = words.places().chinese
        for size in range(min(8, len(run) - at), 1, -1):
            word = run[at : at + size]
            if word in chinese:
                self.places.append(chinese[word])
                after = run[at + size : at + size + 2]
                # 广州市, but not 广州市场.
                is_named_city = after[:1] in {"省", "市", "县", "区"} and after != "市场"
                return size + is_named_city, word, chinese[word]
        return None

    def _trade(self, run: str, at: int) -> tuple[int, str, str] | None:
        """Return the length, text and meaning of a word of trade; of one character at the end."""
        trades = words.trades()
        for size in range(min(8, len(run) - at), 0, -1):
            word = run[at : at + size]
            if word in trades and (size > 1 or at + size == len(run)):
                return size, word, trades[word]
        return None
