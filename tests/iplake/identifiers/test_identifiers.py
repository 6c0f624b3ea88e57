"""Identifiers of all domains: known exceptions, ambiguous texts, and what holds of every text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import lei as stdnum_lei
from stdnum.cn import uscc as stdnum_uscc

from iplake.identifiers import patents, works
from iplake.identifiers.identifier import Identifier
from iplake.identifiers.kind_codes import meanings_of
from iplake.identifiers.organisations import (
    lei_identifier,
    organisation_check_character,
    read_uscc,
    uscc_check_character,
    uscc_identifier,
)
from iplake.identifiers.readings import DOMAINS, KINDS, read_identifier
from tests.conftest import ROOT

CASES = {
    "202310999716.6": ("patent_application", "CN202310999716.6"),
    "201080063196.9": ("patent_application", "CN201080063196.9"),
    "201010596747.x": ("patent_application", "CN201010596747.X"),
    "ZL201610972212.5": ("patent_application", "CN201610972212.5"),
    "CN-201710476483-A": ("patent_application", "CN201710476483.6"),
    "25153079.6": ("patent_application", "EP25153079.6"),
    "EP18821119.7": ("patent_application", "EP18821119.7"),
    "PCT/US98/09178": ("patent_application", "PCT/US1998/009178"),
    "10/141,259": ("patent_application", "US10/141259"),
    "US2001003540A1": ("patent_publication", "US20010003540A1"),
    "US 2001/0003540 A1": ("patent_publication", "US20010003540A1"),
    "WO0198623A1": ("patent_publication", "WO2001098623A1"),
    "WO99/13800": ("patent_publication", "WO1999013800"),
    "JP8-179521": ("patent_publication", "JPH08179521"),
    "CN1030001A": ("patent_publication", "CN1030001A"),
    "6,836,899": ("patent_publication", "US6836899"),
    "97/123,456": ("trademark_application", "US97123456"),
    "018123456": ("trademark_application", "EM018123456"),
    "IR 1234567": ("trademark_registration", "IR1234567"),
    "第G1234567号": ("trademark_registration", "IR1234567"),
    "000123456-0001": ("design", "EM000123456-0001"),
    "SR-320-918": ("copyright_registration", "SR0000320918"),
    "VAu-598-764": ("copyright_registration", "VAU000598764"),
    "EU 123456": ("copyright_registration", "EU123456"),
    "2020SR0123456": ("copyright_registration", "2020SR0123456"),
    "国作登字-2021-F-00012345": ("copyright_registration", "国作登字-2021-F-00012345"),
    "iso/iec 27001 : 2022": ("standard", "ISO/IEC 27001:2022"),
    "91110000600037341L": ("uscc", "91110000600037341L"),
    "213800KUD8LAJWSQ9D15": ("lei", "213800KUD8LAJWSQ9D15"),
    "ror.org/0064kty71": ("ror", "https://ror.org/0064kty71"),
    "grid.5335.0": ("grid", "grid.5335.0"),
    "0000 0001 2188 5934": ("isni", "0000 0001 2188 5934"),
    "440106": ("gbt2260", "440106"),
    "CN-44": ("iso_3166_2", "CN-GD"),
    "CHN": ("country", "CN"),
    "DE212": ("nuts", "DE212"),
    "https://doi.org/10.1039/C4RA15833D": ("doi", "10.1039/c4ra15833d"),
    "PMID: 31452104": ("pmid", "PMID:31452104"),
    "PMC7615": ("pmcid", "PMC7615"),
    "arXiv:1706.03762v5 [cs.CL]": ("arxiv", "arXiv:1706.03762v5"),
    "ISSN-L 0028-0836": ("issn", "0028-0836"),
    "https://orcid.org/0000-0002-1825-0097": ("orcid", "0000-0002-1825-0097"),
}


@pytest.mark.parametrize("text", CASES)
def test_the_best_reading_is_the_one_that_is_meant(text: str) -> None:
    found = read_identifier(text)
    assert found
    assert (found[0].kind, found[0].canonical) == CASES[text]
    assert found[0].is_valid


def test_a_wrong_check_digit_is_flagged_and_the_number_stays_as_published() -> None:
    [found] = read_identifier("202310999716.5")  # in a public list of patents; .6 would hold
    assert (found.canonical, found.check, found.is_valid) == ("CN202310999716.5", "fails", False)
    assert found.parts["number"] == "2023109997165"
    assert found.notes == ("the check digit should be 6",)


def test_published_leis_with_wrong_check_digits_are_leis() -> None:
    for text in ("39120001GBUWIUYPA441", "39120001MKQBYG8CJY58", "558600V3J4M5TUY9HR60"):
        found = lei_identifier(text)
        assert found is not None
        assert found.check == "fails"
        assert not stdnum_lei.is_valid(text)


def test_credit_codes_that_begin_with_a_letter_hold_where_the_library_refuses_them() -> None:
    start = "N2440101MA59XYTU"
    first = start + organisation_check_character(start[8:16])
    code = first + uscc_check_character(first)
    found = uscc_identifier(code)
    assert found is not None
    assert found.check == "holds"
    assert found.parts["type"] == "村级集体经济组织"
    assert read_uscc(code) is not None
    assert not stdnum_uscc.is_valid(code)


def test_both_check_characters_of_a_credit_code_are_looked_at() -> None:
    first = "9111000060003734" + "2"
    found = uscc_identifier(first + uscc_check_character(first))
    assert found is not None
    assert found.notes == ("the last character of the organisation code should be 1",)


def test_numbers_of_1985_to_1988_have_no_check_digit() -> None:
    found = patents.read_cn_application("85 1 00001")
    assert found is not None
    assert (found.canonical, found.check) == ("CN85100001", "none")
    assert patents.read_cn_application("85100001.1") is None


def test_three_systems_number_one_application() -> None:
    found = read_identifier("CN201010596747.X")[0]
    assert found.parts["number"] == "201010596747X"
    assert found.parts["docdb"] == "CN201010596747"
    assert found.parts["epodoc"] == "CN20101596747"
    assert read_identifier("US20010003540A1")[0].parts["docdb"] == "US2001003540A1"


def test_ambiguous_texts_give_every_reading() -> None:
    kinds = [each.kind for each in read_identifier("0000-0002-1825-0097")]
    assert kinds == ["orcid", "isni"]
    found = read_identifier("85123456")
    assert {each.canonical for each in found} >= {"CN85123456", "US85123456"}
    assert [each.kind for each in read_identifier("0000-0002-1825-0097", kind="isni")] == ["isni"]
    assert [each.kind for each in read_identifier("12345678", kind="trademark")]
    with pytest.raises(ValueError, match="expected one of"):
        read_identifier("x", kind="isbm")


@pytest.mark.parametrize(
    ("office", "kind", "day", "meaning"),
    [
        ("CN", "B", "1992-12-30", "examined application, published for opposition"),
        ("CN", "B", "1993-01-06", None),
        ("CN", "C", "1993-01-06", "granted patent"),
        ("CN", "C", "2010-04-07", None),
        ("CN", "B", "2010-04-07", "granted patent"),
        ("CN", "U", "1990-01-01", "application published for opposition"),
        ("CN", "U", "2012-01-01", "granted utility model"),
        ("US", "A", "2000-12-26", "granted patent"),
        ("US", "B1", "2000-12-26", "first reexamination certificate"),
        ("US", "B1", "2001-01-02", "granted patent without earlier publication"),
        ("EP", "A3", "2020-01-01", "search report, published later"),
        ("WO", "A9", "2020-01-01", "international application or search report, corrected in full"),
    ],
)
def test_kind_codes_mean_something_else_on_another_day(
    office: str, kind: str, day: str, meaning: str | None
) -> None:
    assert [each.meaning for each in meanings_of(office, kind, day)] == (
        [meaning] if meaning else []
    )


def test_dois_lose_what_closes_a_sentence_and_keep_their_own_brackets() -> None:
    texts = ["(10.1000/182)", "10.1002/(SICI)1097(199601)9:1<1::AID-X>3.0.CO;2-#", "10.1000/182.;"]
    found = [works.read_doi(text.lstrip("(")) for text in texts]
    assert [each.canonical for each in found if each] == [
        "10.1000/182",
        "10.1002/(sici)1097(199601)9:1<1::aid-x>3.0.co;2-#",
        "10.1000/182",
    ]


SHAPED = st.one_of(
    st.sampled_from(sorted(CASES)),
    st.from_regex(
        r"(CN|ZL|EP|US|WO|JP[HS]?|KR|DE|PCT/US)?\d{6,13}(\.[\dX])?([A-Z]\d?)?", fullmatch=True
    ),
    st.from_regex(r"(TX|VAU|R|A|EF|SR)-?\d{1,10}", fullmatch=True),
    st.from_regex(r"[0-9A-Y]{8}-?[0-9X]|[0-9A-Z]{18}[0-9]{2}|[1-9ANY][0-9A-Y]{17}", fullmatch=True),
    st.from_regex(
        r"(ISSN )?\d{4}-?\d{3}[\dX]|(\d{4}[- ]?){3}\d{3}[\dX]|97[89]\d{10}", fullmatch=True
    ),
    st.from_regex(r"10\.\d{4,5}/[!-~]{1,20}", fullmatch=True),
    st.from_regex(r"(IR|G|第|CN|EUTM|DM/)?\d{3,9}[A-Z]?号?", fullmatch=True),
    st.from_regex(r"[A-Z]{2}-?[A-Z0-9]{1,3}|[1-9]\d{1,11}", fullmatch=True),
)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(SHAPED)
@example("10.1000/a%2541")
def test_the_canonical_form_is_read_as_itself(text: str) -> None:
    for found in read_identifier(text):
        again = read_identifier(found.canonical, found.kind)
        canonical = [each.canonical for each in again]
        assert found.canonical in canonical, (text, found)
        same = again[canonical.index(found.canonical)]
        # What was left out and is added is there the second time.
        assert same.check == ("holds" if found.check == "missing" else found.check)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=80), st.text("0123456789ABX.-/ :()年第号GBTISO", max_size=40)))
def test_no_text_is_too_odd(text: str) -> None:
    for kind in (None, *DOMAINS):
        for found in read_identifier(text, kind):
            assert isinstance(found, Identifier)
            assert found.kind in KINDS
            assert found.canonical == found.canonical.strip()
            assert re.search(r"\S", found.canonical)


def test_a_text_longer_than_any_identifier_takes_no_time() -> None:
    assert read_identifier("ISO " + "9" * 1_000_000) == []
    assert read_identifier("10.1000/" + "(" * 100_000)


def test_the_examples_of_the_page_hold() -> None:
    page = (ROOT / "docs/identifiers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| `(.+?)` \| `(.+?)` \|$", page, re.M)
    assert {kind for kind, _, _ in rows} == set(KINDS)
    for kind, text, canonical in rows:
        best = read_identifier(text)[0]
        assert (best.kind, best.canonical) == (kind, canonical)
