"""The kind of a party."""

from __future__ import annotations

import pytest

from transforms.linkage.party_type import PARTY_TYPES, PartyType, party_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Xerox Corporation", "enterprise"),
        ("Cree (China)", "enterprise"),
        ("珠海格力电器股份有限公司", "enterprise"),
        ("Virginia Tech Intellectual Properties, Inc.", "enterprise"),
        ("中国科学院大学", "university"),
        ("Univeristy of Zurich", "university"),
        ("清华大学深圳研究院", "institute"),
        ("Fraunhofer-Gesellschaft", "institute"),
        ("The United States of America as represented by the Secretary of the Navy", "government"),
        ("国家知识产权局", "government"),
        ("中山大学附属第一医院", "hospital"),
        ("Guangzhou First People's Hospital", "hospital"),
        ("The Research Foundation of State University of New York", "foundation"),
        ("王伟", "person"),
        ("Doe, Jane A.", "person"),
        ("DOE JANE", "person"),
        ("Doe, J. A.", "person"),
        ("Jane van der Doe", "person"),
        ("欧阳春雨", "person"),
        ("A·史密斯", "person"),
        ("王为科", "person"),
        ("卫生部", "government"),
        ("Blue Door Optics", "enterprise"),
        ("Example Bancorp /DE/", "enterprise"),
        ("Example Municipal Income Fund", "enterprise"),
        ("Example Science Trust", "foundation"),
        ("National Example Safety Board", "government"),
        ("Office of Example Policy", "government"),
        ("Example Eye Center, University of Nowhere", "hospital"),
        ("Korea Institute of Science and Technology", "institute"),
        ("Gwangju Institute of Science and Technology", "university"),
        ("Университет Примера", "university"),
        ("", "unknown"),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: PartyType) -> None:
    assert kind in PARTY_TYPES
    assert party_type(name) == kind


def test_a_name_without_a_word_of_its_kind_is_unknown_where_letters_are_not_sure() -> None:
    assert party_type("Blue Door", odds=lambda _: -0.5) == "unknown"
    assert party_type("Blue Door", odds=lambda _: -1.5) == "enterprise"
    assert party_type("Blue Door", odds=lambda _: 0.5) == "person"
