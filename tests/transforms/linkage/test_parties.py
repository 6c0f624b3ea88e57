"""Which mentions are one party: the traps that must hold, and what ids promise."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from transforms.linkage.parties import link_parties, site_path

GDUT = "广东工业大学"
HUALI = "广州华立学院"


def full_width(text: str) -> str:
    """Return a text in the wide letters that Chinese forms are filled in with."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def parties(names: list[str], **columns: list[str | None]) -> list[str | None]:
    """Return the party of each name, with whatever else its mention has."""
    table = pl.DataFrame({"mention_id": range(len(names)), "name": names, **columns})
    linked = link_parties(table)
    assert linked["mention_id"].to_list() == list(range(len(names)))
    return linked["party_id"].to_list()


def test_a_university_is_not_its_former_college() -> None:
    found = parties([GDUT, HUALI, f"{GDUT}华立学院", "Guangdong University of Technology"])
    assert found[0] == found[3]
    assert len({found[0], found[1], found[2]}) == 3


def test_an_alias_in_a_registry_does_not_merge_what_it_names() -> None:
    # ROR lists 广东工业大学华立学院, the former name, as an alias of 广州华立学院.
    registry = pl.DataFrame(
        {"name": [HUALI, f"{GDUT}华立学院", "Guangzhou Huali College"], "ror": ["01w94k136"] * 3}
    )
    table = pl.DataFrame({"mention_id": [1, 2, 3], "name": [GDUT, HUALI, f"{GDUT}华立学院"]})
    first, second, third = link_parties(table, registry)["party_id"]
    assert first != second
    assert second == third == "ROR:01w94k136"


def test_oppo_of_guangdong_is_one_under_three_spellings_and_its_daughter_another() -> None:
    found = parties(
        [
            "OPPO广东移动通信有限公司",
            "广东欧珀移动通信有限公司",
            "Guangdong OPPO Mobile Telecommunications Corp., Ltd.",
            "OPPO（重庆）智能科技有限公司",
        ]
    )
    assert len(set(found[:3])) == 1
    assert found[3] != found[0]


@pytest.mark.parametrize(
    ("parent", "daughter"),
    [
        ("Siemens AG", "Siemens Healthineers AG"),
        ("General Electric Company", "General Electric Canada Inc."),
        ("Xerox Corporation", "Fuji Xerox Co., Ltd."),
        ("广州恒达科技有限公司", "深圳恒达科技有限公司"),
        ("广州恒达科技有限公司", "广州恒达物流有限公司"),
        ("中山大学", "中山大学附属第一医院"),
        ("University of Oregon", "Oregon State University"),
        ("Acme Fund II LP", "Acme Fund III LP"),
        ("北京市第一中医院", "北京市第二中医院"),
    ],
)
def test_what_only_looks_alike_stays_apart(parent: str, daughter: str) -> None:
    first, second = parties([parent, daughter])
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广州恒达科技有限公司", "Guangzhou Hengda Technology Co., Ltd."),
        ("广州市恒达科技有限公司", "Guangzhou Heng Da Keji Youxian Gongsi"),
        ("廣州恆達科技有限公司", full_width("GUANGZHOU HENGDA TECHNOLOGY CO LTD")),
        ("Eastman Kodak Company", "Eastmak Kodak Co."),
        ("Toyota Jidosha Kabushiki Kaisha", "Toyota Jidosha K.K."),
        (
            "The United States of America as represented by the Secretary of the Navy",
            "United States Government as respresented by The Secretary of the Navy",
        ),
        ("The Regents of the University of California", "University of California"),
        ("Board of Trustees of Michigan State University", "Michigan State University"),
        ("Sun Yat-sen University", "中山大学化学学院"),
        (
            "Centre National de la Recherche Scientifique",
            "Centre National de la Recherche Scientifique (C.N.R.S.)",
        ),
        ("International Business Machines Corporation", "Intl. Business Machines Corp"),
    ],
)
def test_spellings_of_one_organisation_are_one(one: str, other: str) -> None:
    first, second = parties([one, other])
    assert first == second


def test_a_number_of_a_registry_decides_before_names() -> None:
    lei = "213800KUD8LAJWSQ9D15"
    found = parties(["Old Name Ltd", "New Name plc", "Old Name Ltd"], lei=[lei, lei, None])
    assert found[0] == found[1] == found[2] == f"LEI:{lei}"


def test_two_numbers_of_one_registry_are_two_parties_and_a_false_number_is_none() -> None:
    names = ["Acme Robotics Ltd"] * 3
    found = parties(names, lei=["213800KUD8LAJWSQ9D15", "529900T8BM49AURSDO55", None])
    assert found[0] != found[1]
    wrong = parties(names, lei=["213800KUD8LAJWSQ9D16", "213800KUD8LAJWSQ9D16", None])
    assert len(set(wrong)) == 1
    assert str(wrong[0]).startswith("NAME:")


def test_a_site_tells_namesakes_apart() -> None:
    names = ["人民医院", "人民医院", "人民医院"]
    found = parties(names, city=["广州市", "深圳市", "Guangzhou"])
    assert found[0] == found[2] != found[1]


def test_nothing_is_nobody_and_a_name_of_signs_too() -> None:
    assert parties(["", "!!!", "Acme"])[:2] == [None, None]


def test_ids_come_from_raw_spellings_and_do_not_depend_on_the_order() -> None:
    names = ["Acme Robotics Ltd", "ACME ROBOTICS LIMITED", "Zeta Optics GmbH", "Zeta Optics GmbH"]
    table = pl.DataFrame({"mention_id": range(4), "name": names})
    first = link_parties(table)
    second = link_parties(table.reverse()).reverse()
    assert first.equals(second)
    # A newcomer that sorts after the others does not change their id.
    more = link_parties(
        pl.DataFrame({"mention_id": range(5), "name": [*names, "acme robotics ltd."]})
    )
    assert more["party_id"].to_list()[:4] == first["party_id"].to_list()
    assert more["party_id"][4] == first["party_id"][0]


def test_a_frame_a_lazy_frame_and_a_file_say_the_same(tmp_path: Path) -> None:
    table = pl.DataFrame({"mention_id": ["a", "b"], "name": ["Xerox Corporation", "Xerox Corp."]})
    path = tmp_path / "mentions.parquet"
    table.write_parquet(path)
    found = [link_parties(each) for each in (table, table.lazy(), path)]
    assert found[0].equals(found[1])
    assert found[0].equals(found[2])
    assert found[0].columns == ["mention_id", "party_id", "score"]
    assert found[0]["party_id"].n_unique() == 1
    assert found[0]["score"].is_between(0, 1).all()


def test_a_city_counts_by_its_country() -> None:
    assert site_path("Paris", None, "FR") == "france/paris"
    assert site_path("Paris", "Texas", "US") == "usa/paris"
