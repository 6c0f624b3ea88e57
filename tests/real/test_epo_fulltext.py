"""Every European document of the real files, against counts made in their bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from ingest.patents.epo_fulltext import discover, read
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from scripts.mirrors.patents.epo_fulltext import records
from tests.conftest import REAL, Pages
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "patents/epo_fulltext"
XML = "patent/epo_ep_fulltext_xml"
SPANISH = "patent/epo_bdds_ftm_es/Full_Text_ES_frontfile.zip"
CATALOGUE = "patent/epo_bdds_catalog_json"
NAMES = sorted(path.name for path in (REAL / XML).glob("*.xml"))
PARTIES = ("B711", "B721", "B731", "B741", "B781", "B784")
CLASSES = ("B511", "B512", "B513", "classification-ipcr", "classification-cpc")
EURO_PCT = {"EP1679948A1", "EP1680538A2", "EP1792486A2", "EP1981358A1", "EP4090146A1",
            "EP3814387A2"}  # fmt: skip


def elements(text: str, *names: str) -> int:
    """Count start tags in a text, without a parser."""
    return sum(len(re.findall(rf"<{name}[\s>]", text)) for name in names)


def staged(paths: list[Path], out: Path) -> dict[str, Count]:
    """Stage files; nothing of them may be refused."""
    counts = refresh.stage_files(ADDRESS, paths, out, jobs=1)
    assert [count.quarantined for count in counts.values()] == [0] * len(counts)
    return counts


def test_there_are_documents_of_all_generations(real: Path) -> None:
    assert len(NAMES) == 24
    text = "".join((real / XML / name).read_text(encoding="utf-8") for name in NAMES)
    found = set(re.findall(r'dtd-version="ep-patent-document-(v[\d-]+)"', text))
    assert found == {"v1-0", "v1-01", "v1-1", "v1-2", "v1-3", "v1-4", "v1-5", "v1-5-1"}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_staged_whole(name: str, real: Path, tmp_path: Path) -> None:
    path = real / XML / name
    text = path.read_text(encoding="utf-8")
    bibliography, _, rest = text.partition("</SDOBI>")
    counts = {table: count.staged for table, count in staged([path], tmp_path).items()}
    assert records(path) == counts["publications"] == 1
    assert counts["publication_parties"] == elements(bibliography, *PARTIES)
    assert counts["publication_classifications"] == elements(bibliography, *CLASSES)
    front = elements(bibliography, "B561", "B562")
    listed = elements(rest.partition("<ep-reference-list")[2], "patcit", "nplcit")
    assert counts["publication_citations"] == front + listed
    assert counts["publication_priorities"] == elements(bibliography, "B310")
    states = bibliography.partition("<B840")[2].partition("<B860")[0].partition("<B880")[0]
    assert counts["designated_states"] == elements(states, "ctry")
    assert counts["publication_relations"] == elements(bibliography, "pdoc", "cdoc")
    row = pl.read_parquet(tmp_path / "publications.parquet").row(0, named=True)
    first = text.partition("<claims ")[2].partition("</claims>")[0]
    assert row["claims_count"] == (elements(first, "claim") or None)
    kinds = re.search(r'doc-number="(\d+)" kind="(..)"', text)
    assert kinds
    assert row["publication_number"] == f"EP{kinds[1]}{kinds[2]}"


@pytest.mark.parametrize("name", NAMES)
def test_no_field_of_a_document_is_unknown(name: str, real: Path) -> None:
    raw = RawFile(real / XML / name, name, "", "0", None)
    batches = list(read(raw, registry.get(ADDRESS), None))
    assert len(batches) == 7
    assert [drift for batch in batches for drift in batch.drift] == []


def test_the_spanish_delivery_is_an_archive_of_an_archive(real: Path, tmp_path: Path) -> None:
    counts = staged([real / SPANISH], tmp_path)
    assert records(real / SPANISH) == counts["publications"].staged == 1
    row = pl.read_parquet(tmp_path / "publications.parquet").row(0, named=True)
    assert row["publication_number"] == "ES2993312T1"
    assert str(row["publication_date"]) == "2024-12-27"
    assert row["application_number"] == "207522483"


def test_what_all_documents_come_to(real: Path, tmp_path: Path) -> None:
    paths = [*(real / XML / name for name in NAMES), real / SPANISH]
    assert {table: count.staged for table, count in staged(paths, tmp_path).items()} == {
        "publications": 25,
        "publication_parties": 128,
        "publication_classifications": 82,
        "publication_citations": 293,
        "publication_priorities": 29,
        "designated_states": 624,
        "publication_relations": 5,
    }
    rows = pl.read_parquet(tmp_path / "publications.parquet")
    assert dict(rows["kind_code"].value_counts().iter_rows()) == {
        "A1": 6, "A2": 6, "B1": 6, "B2": 6, "T1": 1,
    }  # fmt: skip
    # Every check digit holds, and every symbol of a class is read.
    assert rows["application_number"].null_count() == 0
    classes = pl.read_parquet(tmp_path / "publication_classifications.parquet")
    assert classes["classification_symbol"].null_count() == 0
    # Euro-PCT applications published by WIPO in a language of the EPO: bibliography only.
    bare = rows.filter(~pl.col("has_full_text"))
    assert set(bare["publication_number"]) == EURO_PCT
    assert bare["is_published_by_wipo_only"].all()
    assert bare["claims_count"].null_count() == len(EURO_PCT)
    granted = rows.filter(pl.col("kind_code").str.starts_with("B"))
    assert granted["claim_languages"].str.split("|").list.sort().unique().to_list() == [
        ["de", "en", "fr"]
    ]
    assert rows["title_en"].null_count() == 1
    cited = pl.read_parquet(tmp_path / "publication_citations.parquet")
    patents = cited.filter(pl.col("citation_type") == "patent")
    named = pl.coalesce("cited_document_number", "cited_application_number")
    assert patents.height == 43 + 29
    assert patents.select(named.is_not_null().all()).item()
    states = pl.read_parquet(tmp_path / "designated_states.parquet")
    assert dict(states["designation_type"].value_counts().iter_rows()) == {
        "designated": 584, "extension": 28, "validation": 12,
    }  # fmt: skip


def test_the_real_listings_name_the_archives(real: Path) -> None:
    listing = json.loads((real / CATALOGUE / "get_product.json").read_text(encoding="utf-8"))
    source = registry.get(ADDRESS)
    [product] = source.endpoint.queries
    url = f"{source.endpoint.base_url}products/{product}"
    found = list(discover(Pages({url: listing}), source))
    text = (real / CATALOGUE / "get_product.json").read_text(encoding="utf-8")
    assert len(listing["Deliveries"]) == 25
    assert len(found) == text.count('.zip"') == 23
    latest = json.loads((real / CATALOGUE / "get_latest_delivery.json").read_text(encoding="utf-8"))
    [newest] = discover(Pages({url: {"Deliveries": [latest]}}), source)
    assert newest == found[0]
    assert newest.checksum == "sha1:f30378b303da95087423e752f776add4da5db262"
    products = json.loads((real / CATALOGUE / "list_products.json").read_text(encoding="utf-8"))
    assert "14.12 EP full-text data" in {each["Name"] for each in products if each["ID"] == 32}


@pytest.mark.parametrize(
    "name", ["get_latest_delivery.json", "get_product.json", "list_products.json"]
)
def test_a_listing_is_not_taken_for_documents(name: str, real: Path, tmp_path: Path) -> None:
    assert records(real / CATALOGUE / name) is None
    with pytest.raises(SourceChanged, match="expected XML"):
        refresh.stage_files(ADDRESS, [real / CATALOGUE / name], tmp_path, jobs=1)
