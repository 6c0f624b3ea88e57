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
        ("Blue Door", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: PartyType) -> None:
    assert kind in PARTY_TYPES
    assert party_type(name) == kind
