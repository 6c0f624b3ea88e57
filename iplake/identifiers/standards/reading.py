"""Reading a designator without knowing whose it is."""

from __future__ import annotations

from iplake.identifiers.standards import (
    american,
    chinese,
    international,
    internet,
    national,
    telecom,
)
from iplake.identifiers.standards.designator import Designator
from iplake.identifiers.text import plain

# The first that knows a text has it: those with the narrowest patterns come first.
_READERS = (
    telecom.read_3gpp,
    telecom.read_etsi,
    international.read,
    telecom.read_itu,
    american.read_ieee,
    internet.read_ietf,
    national.read_european,
    national.read_lettered,
    american.read_nist,
    american.read_astm,
    american.read_ansi,
    internet.read_w3c,
    chinese.read,
)


def read_designator(text: str) -> Designator | None:
    """Return the parts of a designator, or None if it is not one that is known here.

    Blanks, dashes, letter case and the ways to write a version are of no matter.

    >>> str(read_designator("ISO/IEC 27001:2022/AMD 1:2024"))
    'ISO/IEC 27001:2022/Amd 1:2024'
    >>> read_designator("iso/tr 7035-2 : 2024").part
    '2'
    >>> str(read_designator("TS 136 300 V12.4.0")), str(read_designator("3gpp ts 36.300 v12.4.0"))
    ('ETSI TS 136 300 V12.4.0', '3GPP TS 36.300 V12.4.0')
    >>> str(read_designator("TS 36.300:REL-12/12.4.0")), str(read_designator("ETS 300 079 ed.1"))
    ('3GPP TS 36.300 V12.4.0', 'ETSI ETS 300 079 ed.1')
    >>> str(read_designator("IEEE 802.11-2020")), str(read_designator("ITU-T Rec. G.711 (11/1988)"))
    ('IEEE Std 802.11-2020', 'ITU-T G.711 (11/1988)')
    >>> str(read_designator("ITU-T H.264 (V14) (08/2021)")), str(read_designator("ITU-R BT.709-6"))
    ('ITU-T H.264 (08/2021)', 'ITU-R BT.709-6')
    >>> str(read_designator("gb/t4754—2017")), str(read_designator("DB44/T 1234-2013"))
    ('GB/T 4754-2017', 'DB44/T 1234-2013')
    >>> str(read_designator("DB 44/ 26-2001")), str(read_designator("GB 10070-88"))
    ('DB44/26-2001', 'GB 10070-1988')
    >>> str(read_designator("T/GDID 1001—2020")), str(read_designator("RFC9110"))
    ('T/GDID 1001-2020', 'RFC 9110')
    >>> str(read_designator("bs en iso/iec 27001:2017")), str(read_designator("EN 60950-1:2006"))
    ('BS EN ISO/IEC 27001:2017', 'EN 60950-1:2006')
    >>> str(read_designator("NIST SP 800-53 Revision 5")), str(read_designator("FIPS PUB 180-4"))
    ('NIST SP 800-53 Rev. 5', 'NIST FIPS 180-4')
    >>> str(read_designator("JISX0208:1997")), str(read_designator("KS X ISO/IEC 19790:2015"))
    ('JIS X 0208:1997', 'KS X ISO/IEC 19790:2015')
    >>> read_designator("a standard") is None
    True
    """
    simple = plain(text)
    for read in _READERS:
        if found := read(simple):
            return found
    return None
