"""Check digits of LEI and USCC: the plain functions and the column expressions say the same."""

from __future__ import annotations

import polars as pl
import pytest

from iplake.identifiers.organisations import (
    USCC_ALPHABET,
    is_lei,
    organisation_check_character,
    read_ror,
    read_uscc,
    uscc_check_character,
)
from transforms.organisations import lei_holds, uscc_of

LEI = "213800KUD8LAJWSQ9D15"
# Made up but for the first; the second has a letter in front, the third an X before its end.
CODES = ["91110000600037341L"]


def made_up(start: str) -> str:
    """Return the code of 18 characters that begins with these sixteen."""
    first = start + organisation_check_character(start[8:16])
    return first + uscc_check_character(first)


def spoilt(code: str, alphabet: str) -> list[str]:
    """Return the code with each of its characters in turn replaced by the next one."""
    return [
        code[:at] + alphabet[(alphabet.index(each) + 1) % len(alphabet)] + code[at + 1 :]
        for at, each in enumerate(code)
    ]


@pytest.mark.parametrize("start", ["A1440100MA5ABCDE", "N2440101MA59XYTU", "Y1440300MA5GHJKL"])
def test_codes_that_begin_with_a_letter_are_valid(start: str) -> None:
    code = made_up(start)
    parts = read_uscc(code)
    assert parts is not None
    assert parts.division_code == start[2:8]
    assert parts.authority_code == start[0]


def test_every_single_error_in_a_credit_code_is_found() -> None:
    codes = [*CODES, made_up("A1440100MA5ABCDE"), made_up("9144010071992435")]
    wrong = [each for code in codes for each in spoilt(code, USCC_ALPHABET)]
    assert len(wrong) == 54
    assert all(read_uscc(code) is not None for code in codes)
    assert [code for code in wrong if read_uscc(code) is not None] == []
    frame = pl.DataFrame({"code": [*codes, *wrong]})
    assert frame.select(uscc_of(pl.col("code")))["code"].to_list() == codes + [None] * 54


def test_every_single_error_in_an_lei_is_found() -> None:
    wrong = spoilt(LEI, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert is_lei(LEI)
    assert [code for code in wrong if is_lei(code)] == []
    frame = pl.DataFrame({"lei": [LEI, *wrong, None]})
    assert frame.select(lei_holds(pl.col("lei")))["lei"].to_list()[:-1] == [True] + [False] * 20


@pytest.mark.parametrize("text", ["0530pts50", "ror.org/0064kty71", "https://ror.org/02xe5ns62"])
def test_ror_ids_are_read_out_of_their_addresses(text: str) -> None:
    assert read_ror(text) == text[-9:]


@pytest.mark.parametrize("text", ["0530pts51", "0530ptu50", "https://example.org/0530pts50", ""])
def test_other_texts_are_no_ror_ids(text: str) -> None:
    assert read_ror(text) is None
