"""Designators of standards: each body's forms, dated and undated ones, twins, and round trips."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from iplake.identifiers.standards import (
    Designator,
    american,
    chinese,
    international,
    internet,
    national,
    read_designator,
    telecom,
    transposition_of,
    twins_of,
)
from tests.conftest import ROOT

LABELLED = ROOT / "benchmarks/linkage/designators.csv"
FORMS = {
    "ISO/CD TR 10064-2.2": "ISO/CD TR 10064-2.2",
    "ISO/DTS 18222.3": "ISO/DTS 18222.3",
    "ISO/IEC DIS 9796-3": "ISO/IEC DIS 9796-3",
    "ISO 10519:2015/DAM 1": "ISO 10519:2015/DAmd 1",
    "ISO 7001:2007/Amd 1:2013/Cor 1:2014": "ISO 7001:2007/Amd 1:2013/Cor 1:2014",
    "ISO 9001:2015(E)": "ISO 9001:2015",
    "ISO 9001-2015": "ISO 9001:2015",
    "ISO 10303-1846": "ISO 10303-1846",
    "ISO Guide 35:2006": "ISO Guide 35:2006",
    "IWA 17:2014": "IWA 17:2014",
    "IEC 60601-1:2005+AMD1:2012+AMD2:2020 CSV": "IEC 60601-1:2005+Amd 1:2012+Amd 2:2020",
    "ISO/IEC/IEEE 8802.11-2022": "ISO/IEC/IEEE 8802-11:2022",
    "ITU-T G.722 (1988) Amd. 2 (03/2011)": "ITU-T G.722 (1988) Amd. 2 (03/2011)",
    "ITU-T G.729 Annex B (10/1996)": "ITU-T G.729 Annex B (10/1996)",
    "ITU-T G.709/Y.1331 (06/2020)": "ITU-T G.709 (06/2020)",
    "ITU-R BT.709-6 (06/2015)": "ITU-R BT.709-6 (06/2015)",
    "TS 29.274 v10.9.0 Rel-10": "3GPP TS 29.274 V10.9.0",
    "3GPP TS 25.321:R99/3.9.0": "3GPP TS 25.321 V3.9.0",
    "ETSI GS NFV-IFA 011 V4.3.1 (2022-06)": "ETSI GS NFV-IFA 011 V4.3.1",
    "ETSI ETS 300 012/A1 ed.1 (1993-12)": "ETSI ETS 300 012/A1 ed.1",
    "IEEE P802.11ai/D-4.0-2015-02": "IEEE P802.11ai/D4.0 (2015-02)",
    "IEEE P802.11ax/D3.0, June 2018": "IEEE P802.11ax/D3.0 (2018-06)",
    "IEEE 802.11.REVmb/D-10.0-2011-08": "IEEE P802.11REVmb/D10.0 (2011-08)",
    "IEEE Std 802.11-2012/Cor 1-2015": "IEEE Std 802.11-2012/Cor 1-2015",
    "BCP0014": "BCP 14",
    "draft-ietf-quic-transport-34": "draft-ietf-quic-transport-34",
    "https://www.w3.org/TR/2023/REC-webrtc-20230306/": "W3C REC-webrtc-20230306",
    "NIST SP 800-57 Part 1 Rev. 5": "NIST SP 800-57 Part 1 Rev. 5",
    "SP 800-63-4": "NIST SP 800-63 Rev. 4",
    "ASTM D1683/D1683M-17(2018)e1": "ASTM D1683/D1683M-17(2018)e1",
    "prEN 12464-1:2019": "prEN 12464-1:2019",
    "EN 60601-1:2006+A1:2013": "EN 60601-1:2006+A1:2013",
    "DD CLC/TS 50131-2-2:2004": "DD CLC/TS 50131-2-2:2004",
    "DIN EN ISO 16090-1:2018-12": "DIN EN ISO 16090-1:2018-12",
    "NF C 15-100": "NF C 15-100",
    "JIS A 0203:2019/AMENDMENT 1:2022": "JIS A 0203:2019/Amd 1:2022",
    "ks x iso/iec 19790:2015": "KS X ISO/IEC 19790:2015",
    "GBT19001—2016": "GB/T 19001-2016",
    "GB 50016-2014（2018年版）": "GB 50016-2014(2018)",
    "GB/T 1.1-2020/XG1-2021": "GB/T 1.1-2020/XG1-2021",
    "GJB 150.4A": "GJB 150.4A",
    "DB 44/ 26-2001": "DB44/26-2001",
    "DBJ/T 15-60-2019": "DBJ/T 15-60-2019",
    "T/ZGCMCA 016-2025": "T/ZGCMCA 016-2025",
}


@pytest.mark.parametrize("text", FORMS)
def test_each_body_has_one_written_form(text: str) -> None:
    assert str(read_designator(text)) == FORMS[text]


@pytest.mark.parametrize("text", ["TM 1234", "a standard", "ABC 123", "W3C", "ISO", "802.11", ""])
def test_other_texts_are_no_designators(text: str) -> None:
    assert read_designator(text) is None


@pytest.mark.parametrize(
    ("text", "undated"),
    [
        ("ISO/IEC 27001:2022/Amd 1:2024", "ISO/IEC 27001"),
        ("ISO/DIS 9001", "ISO 9001"),
        ("3GPP TS 36.300 V12.4.0", "3GPP TS 36.300"),
        ("ITU-R BT.709-6 (06/2015)", "ITU-R BT.709"),
        ("NIST FIPS 180-4", "NIST FIPS 180"),
        ("IEEE P802.11ax/D3.0", "IEEE Std 802.11ax"),
        ("GB/T 4754-2017", "GB/T 4754"),
    ],
)
def test_dated_and_undated_references_are_kept_apart(text: str, undated: str) -> None:
    found = read_designator(text)
    assert found is not None
    assert found.is_dated
    assert str(found.undated()) == undated
    assert read_designator(undated) == found.undated()
    assert not found.undated().is_dated


def test_one_declared_specification_reaches_its_transposition_and_back() -> None:
    found = read_designator("3GPP TS 38.300 V16.2.0")
    assert found is not None
    assert found.release == 16
    there = transposition_of(found)
    assert there is not None
    assert str(there) == "ETSI TS 138 300 V16.2.0"
    assert twins_of(there) == [found]


@pytest.mark.parametrize(
    ("text", "twins"),
    [
        ("ITU-T H.265", ["ISO/IEC 23008-2"]),
        ("ISO/IEC 9594-8:2020", ["ITU-T X.509"]),
        ("ITU-T X.1631 (07/2015)", ["ISO/IEC 27017"]),
        ("BS EN ISO 13849-1:2015", ["EN ISO 13849-1:2015", "ISO 13849-1"]),
        ("KS C IEC 60601-1", ["IEC 60601-1"]),
        ("BS EN 60950-1:2006", ["EN 60950-1:2006", "IEC 60950-1"]),
        ("IEEE Std 802.1Q-2018", ["ISO/IEC/IEEE 8802-1Q"]),
        ("ISO 9001:2015", []),
    ],
)
def test_twins_lead_to_the_same_text_elsewhere(text: str, twins: list[str]) -> None:
    found = read_designator(text)
    assert found is not None
    assert [str(each) for each in twins_of(found)] == twins


def test_labelled_designators_are_read_and_written_as_themselves() -> None:
    with LABELLED.open(encoding="utf-8") as handle:
        texts = [row["text"] for row in csv.DictReader(handle)]
    assert len(texts) > 500
    found = [read_designator(text) for text in texts]
    assert all(found)
    assert [read_designator(str(each)) for each in found] == found


PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}{name}": pattern
    for module in (american, chinese, international, internet, national, telecom)
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}


@pytest.mark.parametrize("name", PATTERNS)
def test_whatever_a_pattern_allows_is_written_so_that_it_is_read_again(name: str) -> None:
    shape = re.compile(PATTERNS[name].pattern, re.ASCII)

    # Shrinking such long texts takes minutes, and tells little.
    @settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(st.from_regex(shape, fullmatch=True))
    def holds(text: str) -> None:
        found = read_designator(text)
        if isinstance(found, Designator):
            assert read_designator(str(found)) == found, text
            assert twins_of(found) is not None
            assert read_designator(str(found.undated())) == found.undated()

    holds()
