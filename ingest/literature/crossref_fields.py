"""The fields that are known of a Crossref work: those that are staged, and those that are not."""

from __future__ import annotations

from ingest.readers.json import Object, unknown_keys

CONTRIBUTORS = ("author", "editor", "translator", "chair")
INVESTIGATORS = ("lead-investigator", "co-lead-investigator", "investigator")
_HOLDERS = (*CONTRIBUTORS, *(f"project/{kind}" for kind in INVESTIGATORS))
_DATES = ("issued", "published-print", "published-online", "posted", "approved", "award-start")
_OF_CONTRIBUTOR = """
    given family suffix prefix name ORCID sequence affiliation affiliation/name affiliation/id
    affiliation/id/id affiliation/id/id-type affiliation/place affiliation/department
    """.split()
_NOT_OF_CONTRIBUTOR = """
    role role-start role-end authenticated-orcid affiliation/acronym affiliation/country
    affiliation/id/asserted-by
    """.split()
_OF_FUNDER = "name DOI award id id/id id/id-type".split()

KNOWN = frozenset(
    [
        *"""
        DOI prefix member publisher publisher-location type subtype title subtitle original-title
        container-title short-container-title ISSN issn-type issn-type/type issn-type/value
        ISBN language volume issue article-number page edition-number
        degree institution institution/name event event/name event/location event/start
        event/start/date-parts subject reference-count is-referenced-by-count aliases award
        license license/URL license/content-version created created/date-time
        deposited deposited/date-time indexed indexed/date-time
        reference reference/key reference/DOI reference/doi-asserted-by reference/author
        reference/year reference/article-title reference/journal-title reference/volume-title
        reference/series-title reference/volume reference/issue reference/first-page
        reference/edition reference/unstructured reference/ISSN reference/ISBN
        reference/standard-designator reference/standards-body reference/type
        funder update-to update-to/DOI update-to/type update-to/updated
        update-to/updated/date-time updated-by updated-by/DOI updated-by/type updated-by/updated
        updated-by/updated/date-time project project/project-title project/project-title/title
        project/funding project/funding/funder
        """.split(),
        *(path for name in _DATES for path in (name, f"{name}/date-parts")),
        *_HOLDERS,
        *(f"{holder}/{name}" for holder in _HOLDERS for name in _OF_CONTRIBUTOR),
        *(f"funder/{name}" for name in _OF_FUNDER),
        *(f"project/funding/funder/{name}" for name in _OF_FUNDER),
    ]
)
# Abstracts and descriptions are under copyright and never staged; `relation` names its kinds by
# its own keys and is read apart; the rest is links to copies, remarks for display, dates of
# single steps, and what is said elsewhere in the record.
IGNORED = frozenset(
    [
        *"""
        abstract description project/project-description relation score source URL resource link
        assertion archive alternative-id content-domain update-policy short-title
        references-count isbn-type published published-other accepted content-created
        content-updated journal-issue review version special_numbering group-title
        clinical-trial-number
        free-to-read status-type status proceedings-subject component-number part-number
        institution/acronym institution/place institution/department institution/id
        event/acronym event/end event/sponsor event/theme event/number
        indexed/date-parts indexed/timestamp indexed/version
        created/date-parts created/timestamp deposited/date-parts deposited/timestamp
        license/start license/delay-in-days
        funder/doi-asserted-by funder/award-info funder/id/asserted-by
        project/funding/type project/funding/scheme project/funding/award-amount
        project/funding/funder/id/asserted-by
        project/award-amount project/award-start project/award-end project/award-planned-end
        update-to/label update-to/source update-to/record-id
        update-to/updated/date-parts update-to/updated/timestamp
        updated-by/label updated-by/source updated-by/record-id
        updated-by/updated/date-parts updated-by/updated/timestamp
        reference/component reference/isbn-type reference/issn-type
        reference/isbn-asserted-by reference/issn-asserted-by
        """.split(),
        *(f"{holder}/{name}" for holder in _HOLDERS for name in _NOT_OF_CONTRIBUTOR),
        *(f"{name}/{part}" for name in _DATES for part in ("date-time", "timestamp")),
    ]
)


def unknown_in_work(record: Object) -> list[str]:
    """Return the paths in a work that nobody handles or ignores by name."""
    return unknown_keys(record, KNOWN, IGNORED)
