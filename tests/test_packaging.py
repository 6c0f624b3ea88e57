"""Our import names are generic words, so prove that no installed distribution takes one."""

from importlib.metadata import packages_distributions

import pytest

NAMES = [
    *["iplake", "ingest", "transforms", "expectations", "warehouse"],
    *["serve", "scripts", "benchmarks", "dags", "samples"],
]


@pytest.mark.parametrize("name", NAMES)
def test_no_other_distribution_takes_our_import_name(name: str) -> None:
    owners = packages_distributions()
    assert len(owners) > 100, "the environment looks empty, so nothing would be proved"
    assert set(owners.get(name, ())) <= {"iplake"}
