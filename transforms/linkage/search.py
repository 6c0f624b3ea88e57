"""What names are searched by, read from them as linkage reads them."""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl
from pypinyin import lazy_pinyin

from transforms.linkage.names import read_name
from transforms.linkage.text import HAN, fold

SCHEMA = dict.fromkeys(
    ("plain_name", "bare_name", "brand_name", "canonical_words", "pinyin"), pl.String
)


class SearchName(NamedTuple):
    """A name in the forms that it is searched by.

    `plain_name` is it in one width, script and case, words apart; `bare_name` has no legal form.
    Only names in Chinese characters have a `brand_name`, without place and trade, and `pinyin`,
    in syllables. `canonical_words` are what it says in any language, each word once, in order.
    """

    plain_name: str
    bare_name: str
    brand_name: str | None
    canonical_words: str
    pinyin: str | None


def read_search_name(name: str) -> SearchName:
    """Return a name in the forms that it is searched by.

    >>> read_search_name("華為技術有限公司")[1:]
    ('华为技术', '华为', 'huawei technology', 'hua wei ji shu')
    >>> read_search_name("Huawei Technologies Co., Ltd.")[:4]
    ('huawei technologies co ltd', 'huawei technology', None, 'huawei technology')
    >>> read_search_name("OPPO广东移动通信有限公司").plain_name
    'oppo 广东移动通信有限公司'
    """
    read = read_name(name)
    apart = HAN.sub(lambda found: f" {found[0]} ", fold(name))
    plain = " ".join(re.findall(r"[^\W_]+", apart))
    if read.han is None:
        return SearchName(plain, read.core, None, read.words, None)
    syllables = " ".join(lazy_pinyin(read.han)).replace("ü", "v")
    return SearchName(plain, read.han, read.brand, read.words, syllables)


def search_names(names: pl.DataFrame) -> pl.DataFrame:
    """Return each `mention_id` with its `name` in the forms that it is searched by."""
    read = [read_search_name(name) for name in names["name"]]
    forms = pl.DataFrame(read, schema=SCHEMA, orient="row")
    return names.select(name_key="mention_id").hstack(forms)
