"""A date of a new form is a change of its source, where no text as received would be left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, refused, staged

EXAMPLES = ROOT / "tests" / "examples"
NEW = "31 January 2024"
CASES = [
    ("copyrights/usco_records/answer/input.json", r'"registration_date": "([^"]+)"'),
    ("literature/arxiv/list/input.xml", r"<created>([^<]+)<"),
    ("literature/crossref/list/input.json", r'"indexed": \{[^{}]*"date-time": "([^"]+)"'),
    ("literature/openalex/page/input.json", r'"created_date": "([^"]+)"'),
    ("patents/uspto_assignments/bulk_day/input.xml", r"<recorded-date><date>([^<]+)<"),
    ("patents/uspto_file_wrapper/application/input.json", r'"filingDate": "([^"]+)"'),
    ("patents/uspto_ptab/trial_proceedings/input.json", r'"petitionFilingDate": "([^"]+)"'),
    ("reference/gleif/api_answer/input.json", r'"lastUpdateDate": "([^"]+)"'),
    ("reference/ror/schema_2/input.json", r'"created": \{\s*"date": "([^"]+)"'),
    ("standards/china_standards/national_search/input.json", r'"ISSUE_DATE":"([^"]+)"'),
    ("trademarks/euipo_designs/design/input.xml", r"<ExpiryDate>([^<]+)<"),
    ("trademarks/euipo_trademarks/transaction/input.xml", r"<RegistrationDate>([^<]+)<"),
]


@pytest.mark.parametrize(("path", "pattern"), CASES, ids=[path for path, _ in CASES])
def test_a_date_of_a_new_form_is_a_changed_type(path: str, pattern: str, tmp_path: Path) -> None:
    content = (EXAMPLES / path).read_text(encoding="utf-8")
    found = re.search(pattern, content)
    assert found, "the example has no such date"
    changed = content[: found.start(1)] + NEW + content[found.end(1) :]
    address = "/".join(path.split("/")[:2])
    before = staged(address, tmp_path, content.encode())
    expected = [reason for reason, _ in refused(tmp_path)].count("wrong_type")
    after = staged(address, tmp_path, changed.encode())
    reasons = [reason for reason, _ in refused(tmp_path)]
    assert reasons.count("wrong_type") == expected + 1
    for table, count in after.items():
        assert count.records == count.staged + count.quarantined
        assert count.records == before[table].records
