"""Which fields of Relaton's documents are read, and which are left out by name."""

from __future__ import annotations

from ingest.readers.json import Object, unknown_keys

# 1.5 has `docidentifier` for `docid`, `source` for `link`, `status` for `docstatus`, and
# `content` or `at` for a value.
KNOWN = frozenset(
    """
    id schema-version schema_version type title title/content title/type title/language
    docid docid/id docid/type docid/primary docid/scope
    docidentifier docidentifier/content docidentifier/type docidentifier/primary
    docidentifier/scope
    link link/content link/type source source/content source/type
    date date/type date/value date/at edition edition/content version version/draft
    docstatus docstatus/stage docstatus/stage/value docstatus/substage docstatus/substage/value
    status status/stage status/stage/content
    language keyword keyword/content ics ics/code ext ext/ics ext/ics/code
    doctype doctype/type ext/doctype ext/doctype/type ext/doctype/content
    radiotechnology ext/radiotechnology
    relation relation/type relation/description relation/description/content relation/bibitem
    relation/bibitem/docid relation/bibitem/docid/id relation/bibitem/docid/type
    relation/bibitem/docidentifier relation/bibitem/docidentifier/content
    relation/bibitem/docidentifier/type
    contributor contributor/role contributor/role/type contributor/role/description
    contributor/role/description/content
    contributor/organization contributor/organization/name contributor/organization/name/content
    contributor/organization/abbreviation contributor/organization/abbreviation/content
    contributor/organization/subdivision contributor/organization/subdivision/name
    contributor/organization/subdivision/name/content
    contributor/person contributor/person/affiliation contributor/person/affiliation/organization
    contributor/person/affiliation/organization/name
    contributor/person/affiliation/organization/name/content
    editorialgroup editorialgroup/name editorialgroup/technical_committee
    editorialgroup/technical_committee/identifier editorialgroup/technical_committee/name
    editorialgroup/committee
    ext/editorialgroup ext/editorialgroup/name ext/editorialgroup/technical_committee
    ext/editorialgroup/technical_committee/identifier
    ext/editorialgroup/technical_committee/name ext/editorialgroup/committee
    """.split()
)
# Abstracts are under copyright; persons are counted, as no question about standards needs
# their names; how a text is written, dates of the record itself and of 3GPP's releases, parts
# of titles and identifiers, addresses and owners of bodies say nothing about a document.
IGNORED = frozenset(
    """
    abstract copyright place script language/script fetched revdate docnumber formattedref series
    title/format title/script keyword/format keyword/language keyword/script
    ics/text ext/ics/text doctype/abbreviation ext/doctype/abbreviation
    ext/schema-version ext/schema_version ext/flavor ext/stream
    structuredidentifier ext/structuredidentifier release ext/release
    ext/standard_status ext/standard_modified ext/pubstatus ext/holdstatus
    contributor/person/name contributor/organization/url contributor/organization/uri
    contributor/organization/contact contributor/organization/name/language
    contributor/organization/name/script contributor/organization/abbreviation/language
    contributor/organization/abbreviation/script contributor/organization/subdivision/type
    contributor/organization/subdivision/subtype
    editorialgroup/type editorialgroup/technical_committee/type
    editorialgroup/technical_committee/number ext/editorialgroup/type
    ext/editorialgroup/technical_committee/type ext/editorialgroup/technical_committee/number
    relation/description/format relation/description/language relation/description/script
    relation/bibitem/id relation/bibitem/type relation/bibitem/title relation/bibitem/date
    relation/bibitem/formattedref relation/bibitem/docid/primary
    relation/bibitem/docidentifier/primary relation/bibitem/source relation/bibitem/link
    relation/bibitem/docnumber relation/bibitem/contributor relation/bibitem/revdate
    relation/bibitem/language relation/bibitem/script relation/bibitem/abstract
    relation/bibitem/series relation/bibitem/keyword relation/bibitem/ext
    relation/bibitem/editorialgroup relation/bibitem/relation
    """.split()
)


def unknown_fields(record: Object) -> list[str]:
    """Return the paths of a record that are neither read nor ignored by name."""
    return unknown_keys(record, KNOWN, IGNORED)
