"""Mentions of organisations with planted truth: which organisation each of them means.

Made at random from word lists of its own, so that the matcher's lists are not what it is
measured against: Chinese enterprises under Chinese, English and pinyin names, foreign ones,
universities, institutes, hospitals and offices; with slips, OCR errors, swapped legal forms,
renames, mergers, subsidiaries, shared addresses and near namesakes in one city.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import polars as pl
from opencc import OpenCC
from pypinyin import lazy_pinyin

from iplake.identifiers.organisations import (
    USCC_ALPHABET,
    organisation_check_character,
    uscc_check_character,
)

CITIES = (
    """
广州 Guangzhou 广东 Guangdong 440100|深圳 Shenzhen 广东 Guangdong 440300
佛山 Foshan 广东 Guangdong 440600|东莞 Dongguan 广东 Guangdong 441900
珠海 Zhuhai 广东 Guangdong 440400|惠州 Huizhou 广东 Guangdong 441300
北京 Beijing 北京 Beijing 110000|上海 Shanghai 上海 Shanghai 310000
杭州 Hangzhou 浙江 Zhejiang 330100|宁波 Ningbo 浙江 Zhejiang 330200
南京 Nanjing 江苏 Jiangsu 320100|苏州 Suzhou 江苏 Jiangsu 320500
无锡 Wuxi 江苏 Jiangsu 320200|武汉 Wuhan 湖北 Hubei 420100
长沙 Changsha 湖南 Hunan 430100|成都 Chengdu 四川 Sichuan 510100
重庆 Chongqing 重庆 Chongqing 500000|西安 Xi'an 陕西 Shaanxi 610100
郑州 Zhengzhou 河南 Henan 410100|合肥 Hefei 安徽 Anhui 340100
济南 Jinan 山东 Shandong 370100|青岛 Qingdao 山东 Shandong 370200
天津 Tianjin 天津 Tianjin 120000|厦门 Xiamen 福建 Fujian 350200
""".strip()
    .replace("\n", "|")
    .split("|")
)
BRAND = (
    "恒达华盛瑞丰泰德鑫源宏图远航嘉信博创正康健美佳联众兴隆昌盈利通顺安平和润泽海天龙凤金银铭宇"
    "辰星光明亮科迈威伟优品卓越凯旋腾飞新锐诚志合力同心永固长青绿野蓝天白云山水木林森火炎土石"
    "玉珠宝晶钻铂皓月朗清风雅颂诺亚奥普莱克特尔思达曼立邦格兰仕万和家乐福百汇千里马麒麟鸿鹄雁"
)
TRADES: dict[str, list[str]] = {
    "科技": ["Technology", "Technology", "Technologies", "Science & Technology", "Tech"],
    "电子科技": ["Electronic Technology", "Electronics Technology", "Electronic Tech"],
    "电子": ["Electronics", "Electronic"],
    "智能科技": ["Intelligent Technology", "Smart Technology", "Intelligence Technology"],
    "信息技术": ["Information Technology", "Info Tech"],
    "网络科技": ["Network Technology", "Network Tech"],
    "生物科技": ["Biotechnology", "Biological Technology", "Bio-Tech"],
    "医疗器械": ["Medical Devices", "Medical Instruments", "Medical Equipment"],
    "制药": ["Pharmaceutical", "Pharmaceuticals", "Pharma"],
    "新材料": ["New Materials", "Advanced Materials", "New Material"],
    "化工": ["Chemical", "Chemicals", "Chemical Industry"],
    "机械": ["Machinery", "Mechanical"],
    "机械设备": ["Machinery Equipment", "Mechanical Equipment"],
    "自动化设备": ["Automation Equipment", "Automatic Equipment"],
    "电器": ["Electrical Appliance", "Electric Appliances", "Electric"],
    "照明": ["Lighting", "Illumination"],
    "塑胶制品": ["Plastic Products", "Plastics Products"],
    "五金制品": ["Hardware Products", "Metal Products", "Hardware"],
    "包装": ["Packaging", "Packing"],
    "家具": ["Furniture"],
    "食品": ["Food", "Foods", "Foodstuff"],
    "服装": ["Garment", "Clothing", "Apparel"],
    "汽车零部件": ["Auto Parts", "Automotive Parts", "Automobile Components"],
    "新能源": ["New Energy"],
    "环保科技": ["Environmental Protection Technology", "Environmental Technology"],
    "建筑工程": ["Construction Engineering", "Building Engineering"],
    "软件": ["Software"],
    "光电科技": ["Optoelectronic Technology", "Photoelectric Technology"],
    "贸易": ["Trading", "Trade"],
    "半导体": ["Semiconductor", "Semiconductors"],
}
CHINESE_FORMS = ["有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"]
ENGLISH_FORMS = [
    "Co., Ltd.",
    "Co., Ltd.",
    "Co.,Ltd",
    "Company Limited",
    "Co Ltd",
    "Limited",
    "Inc.",
]
OFFICIAL_FORMS = {"集团有限公司": "Group Co., Ltd."}
CONFUSED = dict(zip("达恒瑞盛泰源鑫宏图博创康", "迭桓端威秦原鑫宠图搏刨唐", strict=True))
WESTERN = """
Alder Brix Calder Dorn Elvin Fenwick Gartner Halder Ivory Jarrow Kestrel Larsen Merrow Norden Ostler
Penrose Quill Rastow Selwyn Thorne Ullman Vexley Wexham Yarrow Zellman Abbot Brandt Corvin Delmar
Eckhart Falken Gruber Hollis Ingram Joplin Keller Lomax Marlow Nestor Orwell Paxton Quimby Renner
""".split()
WESTERN_TRADES = (
    """
Systems|Technologies|Instruments|Pharmaceuticals|Chemical|Electronics|Automotive|Medical|Software
Energy|Semiconductor|Industries|Laboratories|Networks|Materials|Engineering|Devices|Therapeutics
Optics|Tools|Foods|Packaging|Aerospace|Robotics
""".strip()
    .replace("\n", "|")
    .split("|")
)
WESTERN_FORMS: dict[str, list[str]] = {
    "US": ["Inc.", "Incorporated", "Corporation", "Corp.", "LLC", "Company", "Co."],
    "DE": ["GmbH", "G.m.b.H.", "AG", "GmbH & Co. KG"],
    "GB": ["Limited", "Ltd.", "PLC", "Ltd"],
    "FR": ["SA", "S.A.S.", "SARL"],
    "JP": ["Co., Ltd.", "Kabushiki Kaisha", "K.K.", "Corporation"],
    "NL": ["B.V.", "BV", "N.V."],
}
WESTERN_CITIES = {
    "US": ["Austin", "Boston", "Denver", "Seattle", "Chicago"],
    "DE": ["Stuttgart", "Hamburg", "Köln"],
    "GB": ["Leeds", "Bristol", "Oxford"],
    "FR": ["Lyon", "Grenoble"],
    "JP": ["Tokyo", "Osaka", "Nagoya"],
    "NL": ["Eindhoven", "Delft"],
}
SCHOOLS = {
    "大学": "University", "理工大学": "University of Technology", "医科大学": "Medical University",
    "师范大学": "Normal University", "农业大学": "Agricultural University",
    "职业技术学院": "Vocational and Technical College",
}  # fmt: skip
UNITS = {
    "化学学院": "School of Chemistry", "机械工程学院": "School of Mechanical Engineering",
    "计算机学院": "School of Computer Science", "医学院": "Department of Medicine",
}  # fmt: skip
HOSPITALS = {"人民医院": "People's Hospital", "中医院": "Hospital of Traditional Chinese Medicine"}
ORDINALS = {"第一": "First", "第二": "Second", "第三": "Third"}
INSTITUTES = {
    "能源研究所": "Institute of Energy", "材料研究院": "Materials Research Institute",
    "自动化研究所": "Institute of Automation", "农业科学院": "Academy of Agricultural Sciences",
}  # fmt: skip
TO_TRADITIONAL = OpenCC("s2t")


@dataclass(slots=True)
class Organisation:
    """An organisation with all the names that it truly bears."""

    number: int
    kind: str
    city: str
    region: str
    country: str
    chinese: list[str] = field(default_factory=list)
    english: list[list[str]] = field(default_factory=list)
    pinyin: list[str] = field(default_factory=list)
    address: str = ""
    other_address: str = ""
    uscc: str | None = None
    is_renamed: bool = False
    has_english_brand: bool = False


def make_mentions(count: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return about `count` mentions with their truth, and a registry of some of the organisations.

    The truth stands in `truth`, what kind of name a mention has in `script`.
    """
    draw = random.Random(seed)
    organisations = _organisations(draw, count)
    rows: list[dict[str, object]] = []
    for each in organisations:
        for _ in range(min(60, 1 + int(draw.expovariate(1 / 4.2)))):
            rows.append(_mention(draw, each))
    draw.shuffle(rows)
    mentions = pl.DataFrame(rows[:count], infer_schema_length=None).with_columns(
        mention_id=pl.format("m{}", pl.int_range(min(count, len(rows))))
    )
    registry = [
        {"name": name, "uscc": each.uscc, "city": each.city, "country": "CN"}
        for each in organisations
        if each.uscc and draw.random() < (0.6 if each.has_english_brand or each.is_renamed else 0.1)
        for name in (*each.chinese, *(spellings[0] for spellings in each.english))
    ]
    return mentions, pl.DataFrame(registry)


def make_things(mentions: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return families published at two offices, with the owners' names there.

    Half of the organisations with names in two scripts have some. The owner abroad is another one
    for one family in eight, which was sold, and for all families of one organisation in 25,
    which files through its parent. Some have more owners, or a person beside.
    """
    draw = random.Random(seed + 1)
    latin, chinese = (
        {
            int(truth): sorted(names)
            for truth, names in mentions.filter((pl.col("script") == "zh") == is_chinese)
            .group_by("truth")
            .agg("name")
            .iter_rows()
        }
        for is_chinese in (False, True)
    )
    everyone = sorted(latin)
    rows: list[tuple[str, str, str]] = []
    for each in sorted(set(latin) & set(chinese)):
        if draw.random() < 0.5:
            continue
        through = _third_party(draw, each, everyone) if draw.random() < 0.04 else each
        for _ in range(1 + int(draw.expovariate(1 / 2))):
            thing = f"family {len(rows)}"
            sold = draw.random() < 0.12
            owner = _third_party(draw, each, everyone) if sold else through
            rows.append((thing, "CN", draw.choice(chinese[each])))
            rows.append((thing, "US", draw.choice(latin[owner])))
            if draw.random() < 0.1:
                rows.append((thing, "US", draw.choice(latin[draw.choice(everyone)])))
            if draw.random() < 0.05:
                rows.append((thing, "CN", draw.choice(["王伟", "李娜", "张敏"])))
    return pl.DataFrame(rows, schema=["thing_id", "office", "name"], orient="row")


def _third_party(draw: random.Random, each: int, everyone: list[int]) -> int:
    """Return another organisation: for a half a relative, which has the number beside."""
    beside = [other for other in (each - 1, each + 1) if other in everyone]
    return draw.choice(beside) if beside and draw.random() < 0.5 else draw.choice(everyone)


def _organisations(draw: random.Random, count: int) -> list[Organisation]:
    found: list[Organisation] = []
    seen: set[str] = set()
    while len(found) < count / 4.6:
        made = _chinese(draw) if draw.random() < 0.66 else _foreign(draw)
        family = [made, *_relatives(draw, made)]
        for each, _ in family:
            official = each.chinese[0] if each.chinese else each.english[0][0]
            key = "".join(lazy_pinyin(official)) + (each.city if each.country != "CN" else "")
            if key in seen:
                continue
            seen.add(key)
            each.number = len(found)
            found.append(each)
    streets = [f"{each}路" for each in ("科学", "天河", "人民", "中山", "解放", "建设", "创新")]
    shared = [
        f"{draw.choice(streets)}{draw.randint(1, 900)}号创业大厦"
        for _ in range(max(1, count // 400))
    ]
    for each in found:
        each.other_address = (
            f"{each.region}{each.city}{draw.choice(streets)}{draw.randint(1, 2000)}号"
        )
        here = (
            draw.choice(shared)
            if draw.random() < 0.1
            else f"{draw.choice(streets)}{draw.randint(1, 2000)}号{draw.randint(1, 40)}栋"
        )
        each.address = (
            f"{each.region}{each.city}{here}"
            if each.country == "CN"
            else f"{draw.randint(1, 9999)} {draw.choice(WESTERN)} Street, {each.city}"
        )
    return found


Parts = tuple[str, str, str, str]
"""City, brand, trade and legal form."""


def _chinese(draw: random.Random) -> tuple[Organisation, Parts | None]:
    kind = draw.random()
    city, city_en, region, region_en, code = draw.choice(CITIES).split(" ")
    if kind < 0.86:
        brand = "".join(draw.sample(BRAND, 2 if draw.random() < 0.75 else 3))
        parts = (city, brand, draw.choice(list(TRADES)), draw.choice(CHINESE_FORMS))
        return _enterprise(draw, parts), parts
    made = Organisation(0, "", city, region, "CN", uscc=_uscc(draw, code, "12"))
    brand = "".join(draw.sample(BRAND, 2))
    latin = "".join(lazy_pinyin(brand)).capitalize()
    if kind < 0.92:
        school = draw.choice(list(SCHOOLS))
        place, place_en = (city, city_en) if draw.random() < 0.4 else (brand, latin)
        if draw.random() < 0.2:
            place, place_en = region, region_en
        english = SCHOOLS[school]
        made.kind = "university"
        made.chinese = [f"{place}{school}"]
        made.english = [[f"{place_en} {english}"]]
        if english == "University":
            made.english[0].append(f"{place_en} Univ.")
    elif kind < 0.96:
        institute = draw.choice(list(INSTITUTES))
        english = INSTITUTES[institute]
        made.kind = "institute"
        made.chinese = [f"{city}{institute}"]
        made.english = [[f"{city_en} {english}", f"{english}, {city_en}"]]
    else:
        hospital, ordinal = draw.choice(list(HOSPITALS)), draw.choice(list(ORDINALS))
        made.kind = "hospital"
        made.chinese = [f"{city}市{ordinal}{hospital}"]
        made.english = [
            [
                f"{city_en} {ORDINALS[ordinal]} {HOSPITALS[hospital]}",
                f"The {ORDINALS[ordinal]} {HOSPITALS[hospital]} of {city_en}",
            ]
        ]
    return made, None


def _enterprise(draw: random.Random, parts: Parts, *, brand_en: str | None = None) -> Organisation:
    city, brand, trade, form = parts
    _, city_en, region, _, code = next(
        each for each in CITIES if each.startswith(f"{city} ")
    ).split(" ")
    made = Organisation(0, "enterprise", city, region, "CN", uscc=_uscc(draw, code, "91"))
    syllables = lazy_pinyin(brand)
    latin = "".join(syllables).capitalize()
    if brand_en is None and draw.random() < 0.08:
        brand_en = draw.choice(WESTERN) + draw.choice(["tek", "on", "ix", "star", "link"])
    made.has_english_brand = brand_en is not None
    brands = [brand_en or latin]
    if brand_en is None:
        brands.append(" ".join(each.capitalize() for each in syllables))
    made.chinese = [f"{city}{draw.choice(['', '市'])}{brand}{trade}{form}"]
    legal = OFFICIAL_FORMS.get(form, "Co., Ltd.")
    made.english = [
        [
            f"{city_en} {each} {word} {legal}"
            for each in brands
            for word in dict.fromkeys(TRADES[trade])
        ]
    ]
    trade_pinyin = "".join(lazy_pinyin(trade)).capitalize()
    made.pinyin = [f"{city_en.replace(chr(39), '')} {latin} {trade_pinyin} Youxian Gongsi"]
    if form == "集团有限公司":
        made.pinyin = []
    return made


def _relatives(
    draw: random.Random, made: tuple[Organisation, Parts | None]
) -> list[tuple[Organisation, Parts | None]]:
    """Return others that are easily taken for an organisation, or a new name that it takes."""
    organisation, parts = made
    if parts is None:
        return []
    city, brand, trade, form = parts
    found: list[tuple[Organisation, Parts | None]] = []
    chance = draw.random()
    other_city = draw.choice([each.split(" ")[0] for each in CITIES if not each.startswith(city)])
    if organisation.country != "CN":
        if chance < 0.1:
            found.append(
                (
                    _western(
                        draw,
                        organisation.country,
                        brand,
                        draw.choice(WESTERN_TRADES),
                        organisation.city,
                    ),
                    None,
                )
            )
        return found
    english = organisation.english[0][0].split(" ")[1] if organisation.has_english_brand else None
    if chance < 0.08:
        # A near namesake in the same city: one character differs.
        near = (city, brand[:-1] + draw.choice(BRAND), trade, form)
        found.append((_enterprise(draw, near), near))
    elif chance < 0.12:
        found.append((_enterprise(draw, (other_city, brand, trade, form)), None))
    elif chance < 0.18:
        # A subsidiary: the parent's brand and another trade, often a narrower one, or another city.
        narrower = [each for each in TRADES if each != trade and trade in each]
        others = [each for each in TRADES if each not in trade and trade not in each]
        child = (
            draw.choice([city, other_city]),
            brand,
            draw.choice(narrower if narrower and draw.random() < 0.5 else others),
            form,
        )
        found.append((_enterprise(draw, child, brand_en=english), child))
    elif chance < 0.22:
        renamed = _enterprise(draw, (city, "".join(draw.sample(BRAND, 2)), trade, form))
        organisation.chinese += renamed.chinese
        organisation.english += renamed.english
        organisation.is_renamed = True
    elif chance < 0.24:
        # Merged into another: that one's mentions go on under its own name.
        found.append((_enterprise(draw, (city, "".join(draw.sample(BRAND, 2)), trade, form)), None))
    return found


def _foreign(draw: random.Random) -> tuple[Organisation, Parts | None]:
    country = draw.choice(list(WESTERN_FORMS))
    brand = draw.choice(WESTERN)
    if draw.random() < 0.85:
        brand = draw.choice(
            [
                f"{brand} {draw.choice(WESTERN)}",
                brand + draw.choice(WESTERN).lower(),
                f"{brand[:4]}{draw.choice(WESTERN)[-4:]}{draw.choice('aeiouxyz')}",
            ]
        )
    trade = draw.choice(WESTERN_TRADES)
    made = _western(draw, country, brand, trade, draw.choice(WESTERN_CITIES[country]))
    return made, (made.city, brand, trade, "")


def _western(draw: random.Random, country: str, brand: str, trade: str, city: str) -> Organisation:
    forms = WESTERN_FORMS[country]
    made = Organisation(0, "enterprise", city, "", country)
    made.english = [[f"{brand} {trade} {form}" for form in forms]]
    return made


def _uscc(draw: random.Random, division: str, kind: str) -> str:
    body = "".join(draw.choice("0123456789ABCDEFGH") for _ in range(8))
    code = f"{kind}{division}{body}{organisation_check_character(body)}"
    assert set(code) <= set(USCC_ALPHABET)
    return code + uscc_check_character(code)


def _mention(draw: random.Random, each: Organisation) -> dict[str, object]:
    script, name = _name(draw, each)
    has_site = draw.random() < 0.8
    moved = draw.random()
    in_chinese = script == "zh"
    if moved > 0.97 and each.country == "CN":
        # A branch, or an address that a clerk took from another line.
        in_city = draw.choice(CITIES).split(" ")[0]
    else:
        in_city = each.city
    row = next((city for city in CITIES if city.startswith(f"{in_city} ")), None)
    city = in_city if in_chinese or row is None else row.split(" ")[1]
    keyed = 0.4 if each.is_renamed or each.has_english_brand else 0.1
    return {
        "name": name,
        "city": (f"{city}市" if in_chinese and row else city) if has_site else None,
        "country": each.country if has_site else None,
        "address": (each.address if moved < 0.75 else each.other_address)
        if draw.random() < 0.3
        else None,
        "date": f"{draw.randint(2005, 2024)}-{draw.randint(1, 12):02}-01",
        "uscc": each.uscc if each.uscc and draw.random() < keyed else None,
        "truth": each.number,
        "script": script,
        "kind": each.kind,
    }


def _name(draw: random.Random, each: Organisation) -> tuple[str, str]:
    """Return a name of an organisation as a record might have it, and the script it is in."""
    script = draw.choices(["zh", "en", "pinyin"], [50, 42, 8])[0]
    if not each.chinese:
        script = "en"
    if script == "pinyin" and not each.pinyin:
        script = "en"
    if script == "zh":
        name = draw.choice(each.chinese)
        if each.kind == "enterprise" and draw.random() < 0.06:
            name = (
                name.replace("股份有限公司", "有限公司")
                if "股份" in name
                else name.replace("有限公司", "有限责任公司")
            )
        if each.kind == "university" and draw.random() < 0.15:
            name += draw.choice(list(UNITS))
        if draw.random() < 0.05:
            name = TO_TRADITIONAL.convert(name)
        if draw.random() < 0.02:
            name = "".join(CONFUSED.get(letter, letter) for letter in name)
        if draw.random() < 0.03:
            name = " ".join(name) if draw.random() < 0.3 else f" {name}　"
        return script, name
    name = draw.choice(draw.choice(each.english)) if script == "en" else draw.choice(each.pinyin)
    if script == "en" and draw.random() < 0.5:
        name = each.english[0][0] if len(each.english) == 1 else name
    if each.country == "CN" and each.kind == "enterprise" and script == "en":
        for form in ("Group Co., Ltd.", "Co., Ltd."):
            if name.endswith(form) and draw.random() < 0.3:
                name = name.removesuffix("Co., Ltd.") + draw.choice(ENGLISH_FORMS)
                break
    if each.kind == "university" and draw.random() < 0.15:
        name = f"{draw.choice(list(UNITS.values()))}, {name}"
    if draw.random() < 0.05:
        name = _slip(draw, name)
    if draw.random() < 0.15:
        name = name.upper()
    if draw.random() < 0.02:
        name = "".join(
            chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name
        )
    return script, name


def _slip(draw: random.Random, name: str) -> str:
    """Return a name with one slip of the keyboard, or one letter misread."""
    at = draw.randrange(1, len(name) - 1)
    match draw.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case 2:
            return name[:at] + name[at] + name[at:]
        case _:
            return name[:at] + draw.choice("aeiourstln") + name[at + 1 :]
