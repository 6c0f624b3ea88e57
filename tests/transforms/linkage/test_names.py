"""Names read into canonical words."""

from __future__ import annotations

import pytest

from transforms.linkage.names import common_vocabulary, learn, read_name

GUANGZHOU = "china/guangdong/guangzhou"


@pytest.mark.parametrize(
    ("raw", "core", "place"),
    [
        ("广州市恒达科技有限公司", "guangzhou hengda technology", GUANGZHOU),
        ("（廣州）恆達科技股份有限公司", "hengda technology guangzhou", GUANGZHOU),
        ("\uff27uangzhou Hengda Tech. Co.,Ltd", "guangzhou hengda technology", GUANGZHOU),
        (
            "珠 海 越 凯 信 机 械 有 限 公 司",
            "zhuhai yuekaixin machinery",
            "china/guangdong/zhuhai",
        ),
        ("株式会社東芝", "dongzhi", ""),
        ("Hewlett-Packard GmbH", "hewlett packard", ""),
        ("General ElectricCompany", "general electric", ""),
        (
            "Japan as represented by Director General of Agency of Industrial Science and "
            "Technology CNT JPX COD 03",
            "agency industry science technology",
            "japan",
        ),
        (
            "State of Oregon acting by and through the State Board of Higher Education on behalf of"
            " the University of Oregon",
            "university oregon",
            "usa/oregon",
        ),
        (
            "University of Medicine & Dentistry of N.J.",
            "university medical dentistry newjersey",
            "usa/newjersey",
        ),
        ("Department of Chemistry, Sun Yat-sen University", "sun yat sen university", ""),
        (
            "l'Institut National de la Recherche Agronomique",
            "institute national research agriculture",
            "",
        ),
    ],
)
def test_a_name_is_read_into_words_and_a_place(raw: str, core: str, place: str) -> None:
    found = read_name(raw)
    assert found.core == core
    assert found.place == place


def test_an_acronym_in_brackets_is_kept_and_a_place_is_no_acronym() -> None:
    assert read_name("Korea Advanced Institute of Science (KAIST)").short == "kaist"
    assert read_name("AIR PRODUCTS AND CHEMICALS (WUXI) CO., LTD.").place == "china/jiangsu/wuxi"


def test_a_college_of_a_discipline_is_part_of_its_university_and_one_of_a_brand_is_not() -> None:
    assert read_name("中山大学化学学院").han == "中山大学"
    assert read_name("广东工业大学华立学院").han == "广东工业大学华立学院"


def test_brands_are_learnt_from_pairs_and_two_translations_teach_nothing() -> None:
    pairs = [("广东欧珀移动通信有限公司", "Guangdong OPPO Mobile Telecommunications Corp., Ltd.")]
    taught = learn(pairs)
    assert taught.brands == {"欧珀": "oppo"}
    assert read_name("欧珀网络有限公司", taught).head == "oppo"
    other = ("广东欧珀移动通信有限公司", "Guangdong Oupo Mobile Telecommunications Corp., Ltd.")
    assert learn([*pairs, other]).brands == {}


def test_the_list_of_known_names_teaches_something() -> None:
    assert common_vocabulary().phrases["中山大学"] == "sun yat sen university"


@pytest.mark.parametrize("raw", ["", "   ", "!!!", "Ltd.", "有限公司", "(", "…", "\u200b"])
def test_no_name_breaks_the_reader(raw: str) -> None:
    read_name(raw)
