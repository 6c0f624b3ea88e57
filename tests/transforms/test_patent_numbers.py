"""Numbers of patents and DOIs in whole columns: expressions say what the grammars say."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from iplake.identifiers import patents, publications, works
from transforms import patent_numbers
from transforms.works import doi, orcid

EUROPEAN = r"(EP ?)?[0-9]{8}(\.?[0-9])?"
PUBLISHED = r"WO ?[0-9]{2}/?[0-9]{5,6}|WO ?(19|20)[0-9]{2}/?[0-9]{6}"
FILED = r"(PCT/)?(US|CN|JP|EP|IB)([0-9]{2}/?[0-9]{5}|(19|20)[0-9]{2}/?[0-9]{6})"
DOIS = r"(https://doi\.org/|doi:)?10\.[0-9]{4,6}/[a-zA-Z0-9()-]{1,9}[a-z0-9]"


def texts_of(shape: str) -> st.SearchStrategy[list[str]]:
    """Return columns of up to thirty texts of a shape."""
    return st.lists(st.from_regex(shape, fullmatch=True), min_size=1, max_size=30)


def column(texts: list[str], expression: pl.Expr) -> list[str | None]:
    """Return what an expression makes of a column of texts called `t`."""
    return pl.DataFrame({"t": texts}).select(expression.alias("t"))["t"].to_list()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(texts_of(EUROPEAN))
def test_columns_of_european_applications_are_read_as_one_text_is(texts: list[str]) -> None:
    marked = [text if text.startswith("EP") else f"EP{text}" for text in texts]
    found = [patents.read_ep_application(text) for text in marked]
    assert all(found)
    numbers = column(marked, patent_numbers.ep_application_number(pl.col("t")))
    assert numbers == [each.parts["number"] for each in found if each]
    verdicts = {"holds": True, "fails": False}
    holds = column(marked, patent_numbers.ep_check_digit_holds(pl.col("t")))
    assert holds == [verdicts.get(each.check) for each in found if each]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(texts_of(FILED))
def test_columns_of_international_applications_are_read_as_one_text_is(texts: list[str]) -> None:
    found = [patents.read_pct_application(text) for text in texts]
    numbers = column(texts, patent_numbers.pct_application_number(pl.col("t")))
    assert numbers == [each.canonical if each else None for each in found]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(texts_of(PUBLISHED))
def test_columns_of_international_publications_are_read_as_one_text_is(texts: list[str]) -> None:
    found = [publications.read_publication(text) for text in texts]
    numbers = column(texts, patent_numbers.wo_publication_number(pl.col("t")))
    assert numbers == [each.canonical if each else None for each in found]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(texts_of(DOIS))
def test_columns_of_dois_are_read_as_one_text_is(texts: list[str]) -> None:
    found = [works.read_doi(text) for text in texts]
    assert column(texts, doi("t")) == [each.canonical if each else None for each in found]


def test_orcids_have_the_same_form_in_both() -> None:
    texts = ["https://orcid.org/0000-0002-1825-0097", "0000000218250097"]
    found = [works.read_orcid(text) for text in texts]
    assert column(texts, orcid("t")) == [each.canonical for each in found if each]
