"""Which fields of a European document's bibliography are read, and which are not, and why."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.patents.epo_fulltext_rows import PUBLICATION
from ingest.readers.elements import with_parents

ROLES = {
    "B710/B711": "applicant",
    "B720/B721": "inventor",
    "B730/B731": "proprietor",
    "B740/B741": "representative",
    "B780/B781": "opponent",
    "B790/B791": "licensee",
}
REPRESENTATIVES = {"B784": "opponent_representative", "B794": "licensee_representative"}
GROUPS = (*ROLES, "B780/B781/B784", "B790/B791/B794")
PARTY = {
    "name": "snm",
    "first_name": "fnm",
    "title": "ttl",
    "suffix": "sfx",
    "organisation": "onm",
    "department": "odv",
    "identifier": "iid",
    "reference": "irf",
    "city": "adr/city",
    "postcode": "adr/pcode",
    "county": "adr/cnty",
    "state": "adr/state",
    "country": "adr/ctry",
    "residence": "rctry/ctry",
    "nationality": "nctry/ctry",
    # Of oppositions and licences.
    "act_number": "dnum/text",
    "act_date": "date",
    "act_kind": "kind",
}
STREET = ("adr/omc", "adr/pbox", "adr/str")
# For which states a party applies, holds or may use, and since when.
STATES = ("B716EP/ctry", "B717EP/ctry", "B736EP/ctry", "B737EP/ctry", "B796/ctry")
TRANSFERS = ("B718EP/date", "B738EP/date")
IPC_PARTS = ("B511", "B512", "B513", "B514", "B515")
DESIGNATIONS = {
    "designated": "B840",
    "extension": "B844EP/B845EP",
    "validation": "B848EP/B849EP",
}
RELATIONS = {"B610": "addition", "B620": "division", "B620EP": "other"}


def _handled() -> Iterator[str]:
    yield from PUBLICATION.values()
    for group in GROUPS:
        for path in (*PARTY.values(), *STREET, *STATES, *TRANSFERS):
            yield f"B700/{group}/{path}"
    yield from ("B000/eptags/B003EP", "B300/B310", "B300/B320/date", "B300/B330/ctry")
    yield from (f"B500/B510/{part}" for part in (*IPC_PARTS, "B516"))
    yield "B500/B510EP/classification-ipcr/text"
    yield "B500/B520EP/classifications-cpc/classification-cpc/text"
    yield from ("B500/B540/B541", "B500/B540/B542")
    yield from ("B500/B560/B561/text", "B500/B560/B562/text", "B500/B560/B563", "B500/B560/B564")
    yield from (f"B400/B472/{group}/{part}" for group in ("B475", "B475EP")
                for part in ("date", "ctry"))  # fmt: skip
    for relation in RELATIONS:
        for document in ("pdoc", "cdoc"):
            yield from (f"B600/{relation}/parent/{document}/{part}"
                        for part in ("dnum/anum", "dnum/pnum", "date"))  # fmt: skip
    yield "B800/B840/ctry"
    for group in ("B844EP/B845EP", "B848EP/B849EP"):
        yield from (f"B800/{group}/{part}" for part in ("ctry", "date", "B846EP/date"))


KNOWN = with_parents(_handled())
# Said again elsewhere in the document: the mask of states, dates with their bulletin, names of
# kinds, printed forms of classes, free texts on divisions. Of the making of the file: producer,
# program, changes since the last edition. Procedure that the European Patent Register keeps with
# its ends: re-establishment, revocation, limitation, review, suspension, deposits, exhibitions.
IGNORED = frozenset(
    """
    B000/eptags/B001EP B000/eptags/B002EP B000/eptags/B004EP B000/eptags/B005EP
    B000/eptags/B006EP B000/eptags/B007EP B000/eptags/B008EP B000/eptags/B009EP
    B000/eptags/B010EP B000/eptags/B012EP B000/eptags/B015EP B000/eptags/B020EP
    B000/eptags/B021EP B000/eptags/B030EP B000/eptags/B050EP B000/eptags/B053EP
    B000/eptags/B060EP B000/eptags/B061EP B000/eptags/B070EP B000/eptags/B075EP
    B000/eptags/B078EP B000/eptags/B080EP B000/eptags/B090EP
    B100/B120 B100/B131EP B100/B133EP B100/B150/B152 B100/B150/B153 B100/B150/B154
    B100/B150/B155
    B200/B210EP B200/B211EP B200/B225 B200/B230 B200/B240/B244 B200/B240/B245
    B200/B240/B245EP B200/B240/B246 B200/B240/B248 B200/B250EP B200/B270
    B300/B310EP B300/B311EP B300/B340 B300/B345 B300/B345EP
    B400/B405/date B400/B430/bnum B400/B450/bnum B400/B453EP B400/B477/bnum B400/B480
    B500/B510/B517EP B500/B540/B542EP B500/B560/B561EP B500/B560/B565 B500/B560/B566
    B500/B560/B566EP B500/B560/B567 B500/B560/B568 B500/B560/B569 B500/B590 B500/B599EP
    B700/B720/B721EP B700/B780/B789
    B800/B830 B800/B870/B871/bnum B800/B870/B872 B800/B880/bnum B900
    """.split()
) | {
    f"B700/{group}/{path}"
    for group in GROUPS
    # Numbers of authorisations, addresses for letters, waivers of inventors to be named.
    for path in """
        syn oid did dtxt adr/ead adr/tel adr/fax B711EP B713EP B742EP B724EP B725EP B726EP B727EP
        B728EP B729EP B785 B786
        """.split()
}
# Texts, of which claims are counted, and cited documents read out.
PARTS = frozenset(
    """
    SDOBI abstract description claims amended-claims amended-claims-statement drawings
    search-report-data ep-reference-list doc-page
    """.split()
)
