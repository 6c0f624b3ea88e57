"""Patent to paper: identifiers first, then words and numbers; confidence; passages of texts."""

from __future__ import annotations

import polars as pl
import pytest

from transforms.linkage.paper_evidence import EVIDENCE
from transforms.linkage.paper_passages import cited_passages, link_passages
from transforms.linkage.paper_weights import WEIGHTS
from transforms.linkage.papers import (
    ACCEPTED_SCORE,
    LINKS,
    WORKS,
    compared,
    link_papers,
)


def work(work_id: str, **fields: object) -> dict[str, object]:
    return {**dict.fromkeys(WORKS), "work_id": work_id, **fields}


SHIELD = work(
    "W1",
    doi="10.1000/heat.1",
    pmid="1234567",
    title="Radiative cooling of paints on metal roofs in humid cities",
    authors=["Quillmark", "Ostrander"],
    journal_name="Journal of Applied Coating Physics",
    volume="71",
    first_page="1599",
    last_page="1612",
    publication_year=1997,
)
LATER = work(
    "W2",
    title="Radiative cooling of paints on metal roofs in humid cities. Part II",
    authors=["Quillmark", "Ostrander"],
    journal_name="Journal of Applied Coating Physics",
    volume="74",
    first_page="311",
    last_page="320",
    publication_year=1999,
)
PREPRINT = work(
    "W3",
    arxiv_id="1701.01234",
    title="A bound for sparse graphs",
    authors=["Vellacott"],
    publication_year=2017,
)
SHORT = work(
    "W4",
    title="Editorial",
    authors=["Brandreth"],
    journal_name="Nature",
    volume="12",
    first_page="7",
    publication_year=1984,
)
POOL = pl.DataFrame([SHIELD, LATER, PREPRINT, SHORT], schema=WORKS)


def linked(*texts: str) -> dict[str, tuple[str, str, int]]:
    """Return work, method and confidence of what is found, by the text."""
    references = pl.DataFrame(
        {"reference_id": [str(at) for at in range(len(texts))], "text": texts}
    )
    found = link_papers(references, POOL)
    assert found.schema == LINKS
    assert found["reference_id"].is_unique().all()
    rows = found.select("reference_id", "work_id", "method", "confidence").rows()
    return {texts[int(at)]: (work_id, method, sure) for at, work_id, method, sure in rows}


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Quillmark, doi: 10.1000/HEAT.1.", "doi"),
        ("see https://doi.org/10.1000/ heat.1; accessed 2019", "doi"),
        ("Quillmark et al., PMID: 1234567", "pmid"),
        ("PubMed PMID: 1234567.", "pmid"),
    ],
)
def test_an_identifier_decides(text: str, method: str) -> None:
    assert linked(text) == {text: ("W1", method, 10)}


def test_arxiv_numbers_are_read_with_their_mark_only() -> None:
    assert linked("Vellacott, arXiv:1701.01234v2 [math.CO]")
    assert not linked("model no. 1701.01234 of the catalogue")


@pytest.mark.parametrize(
    "text",
    [
        'Quillmark et al., "Radiative cooling of paints on metal roofs in humid cities," '
        "J. Appl. Coat. Phys., vol. 71, No. 4, pp. 1599-1612 (1997). cited by applicant.",
        "quillmark, j. appl. coating phys. 71:1599-612 (1997).",
        "QUILLMARK, T. (1997) Radiative cooling of paints on meta1 roofs in hurnid cities. "
        "J. Applied Coating Physics 71: 1599",
        '""radiative cooling of paints on metal roofs in humid cities"", 1997, quillmark',
    ],
)
def test_words_and_numbers_decide_where_there_is_no_identifier(text: str) -> None:
    (found,) = linked(text).values()
    assert found[:2] == ("W1", "text")
    assert found[2] > ACCEPTED_SCORE * 10


def test_a_second_part_is_another_work() -> None:
    text = (
        "Quillmark et al., Radiative cooling of paints on metal roofs in humid cities, Part II, "
        "J. Appl. Coating Phys. 74, 311-320 (1999)"
    )
    assert linked(text)[text][0] == "W2"


@pytest.mark.parametrize(
    "text",
    [
        "Brochure of the Coleman Company, 1991, p. 39.",
        "Quillmark, private communication, 1997",
        "U.S. Appl. No. 10/103,830, filed Mar. 25, 1997, Quillmark",
        "Brandreth, Editorial",
        "",
    ],
)
def test_little_in_common_is_no_link(text: str) -> None:
    sure = [confidence for _, _, confidence in linked(text).values()]
    assert all(confidence <= ACCEPTED_SCORE * 10 for confidence in sure)


def test_running_text_is_searched_for_references() -> None:
    told = (
        "As described by Quillmark et al. (J. Appl. Coating Phys. 71:1599-1612 (1997)), paint at "
        "a ratio of 10:1 in 2003 dries within 12:30 hours. See also arXiv:1701.01234."
    )
    texts = pl.DataFrame({"document_id": ["D1"], "text": [told]})
    found = link_passages(texts, POOL).filter(pl.col("score") >= ACCEPTED_SCORE)
    assert found.sort("work_id")["work_id"].to_list() == ["W1", "W3"]
    assert found["document_id"].unique().to_list() == ["D1"]


def test_a_text_without_references_has_no_passages() -> None:
    texts = pl.DataFrame(
        {"document_id": ["D1", "D2"], "text": ["U.S. Pat. No. 5,132,686 of 1999.", None]},
        schema={"document_id": pl.String, "text": pl.String},
    )
    assert cited_passages(texts).is_empty()


def test_the_order_of_references_and_works_is_of_no_matter() -> None:
    references = pl.DataFrame(
        {
            "reference_id": ["a", "b"],
            "text": [
                "Quillmark, Phys. 71, 1599 (1997)",
                "Vellacott, bound for sparse graphs, 2017",
            ],
        }
    )
    once = link_papers(references, POOL)
    assert once.height == 2
    assert once.equals(link_papers(references.reverse(), POOL.reverse()))


def test_nothing_to_link_is_no_error() -> None:
    nothing = pl.DataFrame(schema={"reference_id": pl.String, "text": pl.String})
    assert link_papers(nothing, POOL).schema == LINKS
    reference = pl.DataFrame({"reference_id": ["a"], "text": ["Quillmark 71:1599 (1997)"]})
    assert link_papers(reference, POOL.clear()).is_empty()


def test_every_value_of_the_evidence_has_a_weight() -> None:
    assert {kind: list(weights) for kind, weights in WEIGHTS.items()} == EVIDENCE
    references = pl.DataFrame({"reference_id": ["a"], "text": ["Quillmark 71:1599 (1997)"]})
    for kind, values in EVIDENCE.items():
        assert compared(references, POOL)[kind].is_in(values).all()
