"""One text under several designators: ETSI's of 3GPP's, the ITU's and ISO/IEC's, adoptions."""

from __future__ import annotations

import re
from dataclasses import replace

from iplake.identifiers.standards.designator import Designator
from iplake.identifiers.standards.writing import EUROPEAN

# Recommendations that are common or twin text with a standard of ISO/IEC's, by number and part.
# Of these, ISO's or the ITU's own records name both (read in Relaton's copies and the ITU's API):
_STATED = """
H.222.0 13818-1 H.264 14496-10 H.265 23008-2 H.274 23002-7 T.800 15444-1 T.801 15444-2 X.501 9594-2
X.509 9594-8 X.510 9594-11 X.511 9594-3 X.518 9594-4 X.525 9594-9 X.830 11586-1
"""
# Of these, both numbers stand in the catalogues, and titles agree where both could be read; that
# they are twins is common knowledge.
_KNOWN = """
H.262 13818-2 H.266 23090-3 T.81 10918-1 T.83 10918-2 T.84 10918-3 T.82 11544- T.87 14495-1
T.88 14492- T.802 15444-3 T.808 15444-9 T.809 15444-10 T.814 15444-15 T.832 29199-2 X.200 7498-1
X.500 9594-1 X.519 9594-5 X.520 9594-6 X.521 9594-7 X.660 9834-1 X.667 9834-8 X.680 8824-1
X.681 8824-2 X.682 8824-3 X.683 8824-4 X.690 8825-1 X.691 8825-2 X.692 8825-3 X.693 8825-4
X.694 8825-5 X.696 8825-7 X.697 8825-8 X.1051 27011- X.1054 27014- X.1058 29151- X.1631 27017-
"""
_PAIRS = f"{_STATED} {_KNOWN}".split()
_ITU_TO_ISO = {
    itu: tuple(iso.split("-")) for itu, iso in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}
_ISO_TO_ITU = {iso: itu for itu, iso in _ITU_TO_ISO.items()}


def specification_of(designator: Designator) -> Designator | None:
    """Return the 3GPP specification that an ETSI deliverable republishes, if it does.

    ETSI puts a 1 before the series, and writes the number without a point. Versions are the
    same. Of the series 121 to 155 and 100 to 112 (formerly GSM), only the former are certain.

    >>> from iplake.identifiers.standards import read_designator
    >>> str(specification_of(read_designator("ETSI TS 138 300 V16.2.0")))
    '3GPP TS 38.300 V16.2.0'
    >>> specification_of(read_designator("ETSI EN 300 392")) is None
    True
    """
    if designator.publishers != ("ETSI",) or designator.type not in {"TS", "TR"}:
        return None
    matched = re.fullmatch(r"1(2[1-9]|3\d|4[1-9]|5[0-5]) (\d{3})", designator.number)
    if matched is None:
        return None
    return replace(designator, publishers=("3GPP",), number=f"{matched[1]}.{matched[2]}")


def transposition_of(designator: Designator) -> Designator | None:
    """Return the ETSI deliverable that republishes a 3GPP specification.

    >>> from iplake.identifiers.standards import read_designator
    >>> str(transposition_of(read_designator("3GPP TS 29.274 v10.9.0")))
    'ETSI TS 129 274 V10.9.0'
    """
    matched = re.fullmatch(r"(\d\d)\.(\d{3})", designator.number)
    if designator.publishers != ("3GPP",) or matched is None:
        return None
    return replace(designator, publishers=("ETSI",), number=f"1{matched[1]} {matched[2]}")


def twins_of(designator: Designator) -> list[Designator]:
    """Return the other designators of the same text, nearest first.

    Editions are kept where both bodies number them alike: versions of 3GPP's, years of adoptions.
    Twins of the ITU's and of IEEE's with ISO/IEC are undated, for each dates its own.

    >>> from iplake.identifiers.standards import read_designator
    >>> [str(it) for it in twins_of(read_designator("ITU-T H.264 (08/2021)"))]
    ['ISO/IEC 14496-10']
    >>> [str(it) for it in twins_of(read_designator("BS EN ISO/IEC 27001:2017"))]
    ['EN ISO/IEC 27001:2017', 'ISO/IEC 27001']
    >>> [str(it) for it in twins_of(read_designator("ISO/IEC/IEEE 8802-11:2022"))]
    ['IEEE Std 802.11']
    """
    telecom = specification_of(designator) or transposition_of(designator)
    if telecom:
        return [telecom]
    return _adopted(designator) + _common_text(designator)


def _adopted(designator: Designator) -> list[Designator]:
    """Return what an adoption adopts: BS EN ISO leads to EN ISO and ISO, KS X ISO to ISO."""
    publishers, found = designator.publishers, []
    if publishers[0] in {"JIS", "KS"} and len(publishers) > 1:
        number = designator.number.partition(" ")[2]
        return [replace(designator.undated(), publishers=publishers[1:], number=number)]
    while len(publishers) > 1 and publishers[0] in EUROPEAN:
        publishers = publishers[1:]
        is_european = publishers[0] in EUROPEAN
        found.append(
            replace(designator if is_european else designator.undated(), publishers=publishers)
        )
    # CENELEC keeps the numbers of IEC, which begin at 60000.
    if publishers[-1] == "EN" and "60000" <= designator.number <= "79999":
        found.append(replace(designator.undated(), publishers=("IEC",)))
    return found


def _common_text(designator: Designator) -> list[Designator]:
    publishers, number, part = designator.publishers, designator.number, designator.part
    if publishers == ("ITU-T",) and part is None and (pair := _ITU_TO_ISO.get(number)):
        return [Designator(("ISO", "IEC"), pair[0], part=pair[1] or None)]
    if publishers == ("ISO", "IEC") and (itu := _ISO_TO_ITU.get((number, part or ""))):
        return [Designator(("ITU-T",), itu)]
    # The 802 standards of IEEE are 8802 at ISO/IEC, part by part: 8802-11, 8802-1Q.
    if publishers == ("ISO", "IEC", "IEEE") and number == "8802" and part:
        return [Designator(("IEEE",), f"802.{part}", "Std")]
    if publishers == ("IEEE",) and (matched := re.fullmatch(r"802\.(\d+[A-Z]*)", number)):
        return [Designator(("ISO", "IEC", "IEEE"), "8802", part=matched[1])]
    return []
