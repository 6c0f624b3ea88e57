"""What linkage is to reach: bounds of single figures, in the order of `docs/linkage.md`."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.link_quality import Figure

PARTIES = "party_alias"
ASSIGNEES = "US assignees"
SCRIPTS = "planted, organisations in two scripts"
MILLION = "planted, 1,000,000 mentions"
GROWTH = "planted, 10,000 to 1,000,000 mentions"
DESIGNATORS = "identifiers.standards"
PAPERS = "xref_patent__work"


@dataclass(frozen=True, slots=True)
class Target:
    """The bound of one figure: `>= 0.99`."""

    link_type: str
    data: str
    level: str
    measure: str
    bound: str

    def is_of(self, figure: Figure) -> bool:
        """Whether a figure, of the way of linking that is in use, is the one meant."""
        return not figure.method and (
            (self.link_type, self.data, self.level, self.measure)
            == (figure.link_type, figure.data, figure.level, figure.measure)
        )


TARGETS = [
    Target(PARTIES, ASSIGNEES, "pairs of mentions", "precision", ">= 0.995"),
    Target(PARTIES, ASSIGNEES, "pairs of mentions", "recall", ">= 0.99"),
    Target(PARTIES, ASSIGNEES, "pairs of spellings", "precision", ">= 0.95"),
    Target(PARTIES, ASSIGNEES, "pairs of spellings", "recall", ">= 0.8"),
    Target(PARTIES, SCRIPTS, "pairs of mentions", "precision", ">= 0.97"),
    Target(PARTIES, SCRIPTS, "pairs of mentions", "recall", ">= 0.95"),
    Target(PARTIES, MILLION, "run", "seconds", "<= 600"),
    Target(PARTIES, MILLION, "run", "peak_gb", "<= 8"),
    Target(PARTIES, GROWTH, "processor time", "growth_exponent", "<= 1.15"),
    Target(PARTIES, GROWTH, "time by the clock", "growth_exponent", "<= 1.15"),
    Target("dim_party", "all real labels", "party type", "accuracy", ">= 0.97"),
    Target(DESIGNATORS, "all", "texts", "exact_share", ">= 0.995"),
    Target(DESIGNATORS, "all", "texts", "case_count", ">= 1000"),
    Target(DESIGNATORS, "all", "texts", "body_count", ">= 15"),
    *(
        Target(PAPERS, data, "references", measure, bound)
        for data in ("rendered", "publishers, work told elsewhere", "in text")
        for measure, bound in (
            ("precision", ">= 0.99"),
            ("recall", ">= 0.88"),
            ("calibration_error", "<= 0.03"),
        )
    ),
]


def target_of(figure: Figure) -> str | None:
    """Return the bound that a figure is to reach, null where none is set."""
    return next((each.bound for each in TARGETS if each.is_of(figure)), None)
