"""The elements that are known of a PubMed citation, and those of them that are not staged."""

from __future__ import annotations

from lxml import etree

from ingest.readers.elements import unknown_paths

KNOWN = frozenset(
    """
    MedlineCitation PubmedData MedlineCitation/PMID MedlineCitation/Article
    MedlineCitation/Article/ArticleDate MedlineCitation/Article/ArticleTitle
    MedlineCitation/Article/AuthorList MedlineCitation/Article/AuthorList/Author
    MedlineCitation/Article/AuthorList/Author/AffiliationInfo
    MedlineCitation/Article/AuthorList/Author/AffiliationInfo/Affiliation
    MedlineCitation/Article/AuthorList/Author/AffiliationInfo/Identifier
    MedlineCitation/Article/AuthorList/Author/CollectiveName
    MedlineCitation/Article/AuthorList/Author/ForeName
    MedlineCitation/Article/AuthorList/Author/Identifier
    MedlineCitation/Article/AuthorList/Author/LastName
    MedlineCitation/Article/AuthorList/Author/Suffix
    MedlineCitation/Article/ELocationID MedlineCitation/Article/GrantList
    MedlineCitation/Article/Journal MedlineCitation/Article/Journal/ISSN
    MedlineCitation/Article/Journal/JournalIssue MedlineCitation/Article/Journal/JournalIssue/Issue
    MedlineCitation/Article/Journal/JournalIssue/PubDate
    MedlineCitation/Article/Journal/JournalIssue/Volume MedlineCitation/Article/Journal/Title
    MedlineCitation/Article/Language MedlineCitation/Article/Pagination
    MedlineCitation/Article/PublicationTypeList
    MedlineCitation/Article/PublicationTypeList/PublicationType
    MedlineCitation/Article/VernacularTitle MedlineCitation/DateRevised
    MedlineCitation/MedlineJournalInfo MedlineCitation/MedlineJournalInfo/Country
    MedlineCitation/MedlineJournalInfo/NlmUniqueID
    PubmedData/ArticleIdList PubmedData/ArticleIdList/ArticleId PubmedData/PublicationStatus
    PubmedData/ReferenceList
    """.split()
)
# What these hold is read by name above or not wanted: abstracts are under copyright, and what
# indexers added (headings, chemicals, keywords) and single references are left in the raw file.
IGNORED = frozenset(
    """
    MedlineCitation/Article/Abstract MedlineCitation/OtherAbstract
    MedlineCitation/Article/ArticleDate/Year MedlineCitation/Article/ArticleDate/Month
    MedlineCitation/Article/ArticleDate/Day
    MedlineCitation/Article/ArticleTitle/i MedlineCitation/Article/ArticleTitle/b
    MedlineCitation/Article/ArticleTitle/u MedlineCitation/Article/ArticleTitle/sub
    MedlineCitation/Article/ArticleTitle/sup MedlineCitation/Article/ArticleTitle/math
    MedlineCitation/Article/AuthorList/Author/Initials
    MedlineCitation/Article/DataBankList MedlineCitation/Article/GrantList/Grant
    MedlineCitation/Article/Journal/ISOAbbreviation
    MedlineCitation/Article/Journal/JournalIssue/PubDate/Year
    MedlineCitation/Article/Journal/JournalIssue/PubDate/Month
    MedlineCitation/Article/Journal/JournalIssue/PubDate/Day
    MedlineCitation/Article/Journal/JournalIssue/PubDate/Season
    MedlineCitation/Article/Journal/JournalIssue/PubDate/MedlineDate
    MedlineCitation/Article/Pagination/MedlinePgn MedlineCitation/Article/Pagination/StartPage
    MedlineCitation/Article/Pagination/EndPage
    MedlineCitation/ChemicalList MedlineCitation/CitationSubset MedlineCitation/CoiStatement
    MedlineCitation/CommentsCorrectionsList MedlineCitation/DateCompleted
    MedlineCitation/DateRevised/Year MedlineCitation/DateRevised/Month
    MedlineCitation/DateRevised/Day MedlineCitation/GeneralNote MedlineCitation/GeneSymbolList
    MedlineCitation/InvestigatorList MedlineCitation/KeywordList MedlineCitation/MeshHeadingList
    MedlineCitation/MedlineJournalInfo/ISSNLinking MedlineCitation/MedlineJournalInfo/MedlineTA
    MedlineCitation/NumberOfReferences MedlineCitation/OtherID
    MedlineCitation/PersonalNameSubjectList MedlineCitation/SpaceFlightMission
    MedlineCitation/SupplMeshList PubmedData/History PubmedData/ObjectList
    PubmedData/ReferenceList/Reference PubmedData/ReferenceList/Title
    PubmedData/ReferenceList/ReferenceList
    """.split()
)


def unknown_in_citation(record: etree._Element) -> list[str]:
    """Return the paths in a citation that nobody handles or ignores by name."""
    return unknown_paths(record, KNOWN, IGNORED)
