"""Designators of standards: one written form for each, and its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Designator:
    """The parts of a standard's designator; an undated one has no year and no version.

    `amendments` are supplements in their order, as in `Amd 1:2024`; `part` may have several
    levels, as in `1-2`.
    """

    publishers: tuple[str, ...]
    number: str
    type: str | None = None
    part: str | None = None
    year: int | None = None
    version: str | None = None
    amendments: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether it names one edition rather than the standard as such."""
        return self.year is not None or self.version is not None

    @property
    def release(self) -> int | None:
        """Release of a 3GPP specification, which is its major version from 4 on."""
        if "3GPP" not in self.publishers or self.version is None:
            return None
        major = int(self.version.partition(".")[0])
        return major if major >= 4 else None

    def undated(self) -> Designator:
        """Return the designator of the standard as such, of whatever edition."""
        return replace(self, year=None, version=None, amendments=())

    def __str__(self) -> str:
        return _WRITE[_family(self.publishers)](self)


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
    ('IEEE Std 802.11-2020', 'ITU-T G.711:1988')
    >>> str(read_designator("ITU-T H.264 (V14) (08/2021)"))
    'ITU-T H.264:2021'
    >>> str(read_designator("ITU-T G.709/Y.1331 (06/2020)"))
    'ITU-T G.709:2020'
    >>> str(read_designator("gb/t4754—2017")), str(read_designator("DB44/T 1234-2013"))
    ('GB/T 4754-2017', 'DB44/T 1234-2013')
    >>> str(read_designator("DB 44/ 26-2001")), str(read_designator("DB4403/T 1-2019"))
    ('DB44/26-2001', 'DB4403/T 1-2019')
    >>> str(read_designator("T/GDID 1001—2020")), str(read_designator("RFC9110"))
    ('T/GDID 1001-2020', 'RFC 9110')
    >>> str(read_designator("bs en iso/iec 27001:2017")), str(read_designator("EN 60950-1:2006"))
    ('BS EN ISO/IEC 27001:2017', 'EN 60950-1:2006')
    >>> read_designator("a standard") is None
    True
    """
    # Dashes of all kinds, and full-width forms of Chinese texts.
    plain = re.sub(r"[\u2010-\u2015\u2212\uff0d]", "-", text.translate(_FULL_WIDTH))
    plain = re.sub(r"\s+", " ", plain).strip()
    for pattern, build in _READ:
        if matched := pattern.fullmatch(plain):
            return build(matched)
    return None


def specification_of(designator: Designator) -> Designator | None:
    """Return the 3GPP specification that an ETSI deliverable republishes, if it does.

    ETSI puts a 1 before the series, and writes the number without a point. Versions are the
    same. Of the series 121 to 155 and 100 to 112 (formerly GSM), only the former are certain.

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

    >>> str(transposition_of(read_designator("3GPP TS 29.274 v10.9.0")))
    'ETSI TS 129 274 V10.9.0'
    """
    matched = re.fullmatch(r"(\d\d)\.(\d{3})", designator.number)
    if designator.publishers != ("3GPP",) or matched is None:
        return None
    return replace(designator, publishers=("ETSI",), number=f"1{matched[1]} {matched[2]}")


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_ISO = re.compile(
    r"(?P<publishers>(?:ISO|IEC|CISPR)(?:/(?:IEC|IEEE|CIE|ASTM|SAE|IDF|OIML|HL7|CISPR|ISO))*)"
    r"(?:[/ ](?P<type>TR|TS|PAS|GUIDE|R|ISP|TTA|DATA|IWA|DIS|FDIS|CD|WD|DTR|DTS|DPAS))?"
    r" ?(?P<number>\d{1,7})(?P<part>(?:-[\dA-Z]{1,6})+)?(?: ?[:-] ?(?P<year>(?:19|20)\d\d))?"
    r"(?P<supplements>(?:[/+] ?(?:AMD|COR|ADD|SUPPL)\.? ?\d+(?: ?: ?(?:19|20)\d\d)?)*)",
    re.I,
)
_SUPPLEMENT = re.compile(r"(AMD|COR|ADD|SUPPL)\.? ?(\d+)(?: ?: ?((?:19|20)\d\d))?", re.I)
_IWA = re.compile(r"IWA (?P<number>\d+)(?:-(?P<part>\d+))?(?: ?: ?(?P<year>(?:19|20)\d\d))?", re.I)
# Some recommendations are in two series (G.709/Y.1331): the first names them. A version beside
# the year says no more than that does.
_ITU = re.compile(
    r"ITU-?(?P<sector>[TR]) ?(?:REC(?:OMMENDATION)?\.? ?)?(?P<series>[A-Z]{1,3})\.?"
    r"(?P<number>\d+(?:\.\d+)*)(?:-(?P<part>\d+))?(?:/[A-Z]{1,2}\.\d+(?:\.\d+)*)*(?: ?\(V\d+\))?"
    r"(?: ?\((?:(?P<month>\d\d)/)?(?P<year>(?:19|20)\d\d)\)|:(?P<dated>(?:19|20)\d\d))?",
    re.I,
)
_VERSION = r"(?:,? ?(?:V(?:ERSION)?\.? ?)(?P<version>\d+\.\d+\.\d+))?(?: REL-\d+)?"
# 3GPP's own database has release and version behind a colon: TS 36.300:REL-12/12.4.0.
_3GPP = re.compile(
    r"(?:3GPP )?(?P<type>TS|TR) (?P<number>\d\d\.\d{2,3}[A-Z]*)(?:-(?P<part>[\dA-Z]+(?:-\d+)*))?"
    r"(?:(?::[A-Z0-9 -]+)?/(?P<listed>\d+\.\d+\.\d+)|" + _VERSION + ")",
    re.I,
)
# Before there were versions, ETSI numbered editions.
_ETSI = re.compile(
    r"(?:ETSI )?(?P<type>TS|TR|EN|ES|EG|SR|GS|GR|I-ETS|ETS|ETR|TCRTR|TBR|GTS)"
    r" (?P<number>(?:[A-Z0-9]{2,4}[ -])?\d{3} ?\d{3}|[A-Z0-9]{2,5}(?:-[A-Z0-9]{2,5})?[ -]?\d{3}"
    r"|(?:GSM )?\d\d\.\d\d|\d{3})"
    r"(?:-(?P<part>\d+(?:-\d+)*))?(?: (?P<edition>ED\.\d+)|" + _VERSION + ")"
    r"(?: \(\d{4}-\d\d\))?",
    re.I,
)
_IEEE = re.compile(
    r"(?:ANSI/)?IEEE (?:STD\.? ?)?(?P<number>[CP]?\d+(?:\.\d+)*[A-Z]{0,3})"
    r"(?:[-:](?P<year>(?:19|20)\d\d))?",
    re.I,
)
_CHINESE = re.compile(
    r"(?P<body>GB|DB ?\d{2,4}(?=/ ?[T\d]| )|Q/[A-Z]+|T/[A-Z]+|[A-Z]{2})"
    r"(?:/(?P<type>[TZ])|/(?= ?\d))? ?"
    r"(?P<number>\d+(?:\.\d+)?)(?: ?[-:] ?(?P<year>(?:19|20)\d\d|\d\d))?",
    re.I,
)
_RFC = re.compile(r"(?:IETF )?RFC[ -]?0*(?P<number>[1-9]\d{0,4})", re.I)
_EN = re.compile(
    r"(?P<body>(?:BS |DIN |NF )?EN)(?: (?P<also>ISO(?:/IEC)?|IEC))? (?P<number>\d{2,6})"
    r"(?P<part>(?:-\d+)*)(?: ?: ?(?P<year>(?:19|20)\d\d))?",
    re.I,
)

# Sectors of the Chinese industry standards; two letters alone would match too much else.
_SECTORS = frozenset(
    "AQ BB CB CH CJ CY DA DL DZ EJ FZ GA GC GH GM GY HB HG HJ HS HY JB JC JG JR JT JY LB LD LS LY"
    " MH MT MZ NB NY QB QC QJ QX RB SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ WM WS WW XB YB YC"
    " YD YS YY YZ".split()
)


def _iso(found: re.Match[str]) -> Designator:
    kind = found["type"]
    supplements = [
        f"{word.capitalize()} {number}" + (f":{year}" if year else "")
        for word, number, year in _SUPPLEMENT.findall(found["supplements"])
    ]
    return Designator(
        publishers=tuple(found["publishers"].upper().split("/")),
        type=("Guide" if kind.upper() == "GUIDE" else kind.upper()) if kind else None,
        number=found["number"],
        part=found["part"][1:].upper() if found["part"] else None,
        year=_year(found["year"]),
        amendments=tuple(supplements),
    )


def _iwa(found: re.Match[str]) -> Designator:
    return Designator(("ISO",), found["number"], "IWA", found["part"], _year(found["year"]))


def _itu(found: re.Match[str]) -> Designator:
    return Designator(
        publishers=(f"ITU-{found['sector'].upper()}",),
        number=f"{found['series'].upper()}.{found['number']}",
        part=found["part"],
        year=_year(found["year"] or found["dated"]),
    )


def _3gpp(found: re.Match[str]) -> Designator:
    return Designator(
        publishers=("3GPP",),
        type=found["type"].upper(),
        number=found["number"].upper(),
        part=found["part"].upper() if found["part"] else None,
        version=found["listed"] or found["version"],
    )


def _etsi(found: re.Match[str]) -> Designator:
    number = re.sub(r"(\d{3}) ?(\d{3})$", r"\1 \2", found["number"].upper())
    return Designator(
        publishers=("ETSI",),
        type=found["type"].upper(),
        number=number,
        part=found["part"],
        version=found["edition"].lower() if found["edition"] else found["version"],
    )


def _ieee(found: re.Match[str]) -> Designator:
    # An amendment's letters are small: 802.11ax; a prefix is large: C37.118, P1588.
    number = found["number"]
    head, tail = number[:1].upper(), number[1:].lower()
    return Designator(("IEEE",), head + tail, "Std", year=_year(found["year"]))


def _chinese(found: re.Match[str]) -> Designator | None:
    body = found["body"].upper().replace(" ", "")
    if len(body) == 2 and body != "GB" and body not in _SECTORS:
        return None
    number, _, part = found["number"].partition(".")
    return Designator(
        publishers=(body,),
        type=found["type"].upper() if found["type"] else None,
        number=number,
        part=part or None,
        year=_year(found["year"]),
    )


def _rfc(found: re.Match[str]) -> Designator:
    return Designator(("IETF",), found["number"], "RFC")


def _en(found: re.Match[str]) -> Designator:
    bodies = (*found["body"].upper().split(), *(found["also"] or "").upper().split("/"))
    return Designator(
        publishers=tuple(body for body in bodies if body),
        number=found["number"],
        part=found["part"][1:] or None,
        year=_year(found["year"]),
    )


def _year(text: str | None) -> int | None:
    # Chinese designators of before 1996 have years of two digits.
    return None if text is None else int(text) + (1900 if len(text) == 2 else 0)


_READ = (
    (_3GPP, _3gpp),
    (_ETSI, _etsi),
    (_ISO, _iso),
    (_IWA, _iwa),
    (_ITU, _itu),
    (_IEEE, _ieee),
    (_RFC, _rfc),
    (_EN, _en),
    (_CHINESE, _chinese),
)


def _family(publishers: tuple[str, ...]) -> str:
    first = publishers[0]
    if first in {"ISO", "IEC", "CISPR"}:
        return "ISO"
    if first in {"3GPP", "ETSI"}:
        return "ETSI"
    if first.startswith("ITU-"):
        return "ITU"
    if first in {"IEEE", "IETF"}:
        return first
    return "EN" if "EN" in publishers else "CN"


def _numbered(designator: Designator) -> str:
    return designator.number + (f"-{designator.part}" if designator.part else "")


def _dated(designator: Designator, mark: str) -> str:
    year = f"{mark}{designator.year}" if designator.year else ""
    return _numbered(designator) + year


def _write_iso(designator: Designator) -> str:
    publishers = "/".join(designator.publishers)
    kind = designator.type
    if kind == "IWA":
        return f"IWA {_dated(designator, ':')}"
    # `ISO/TR 1`, but `ISO/IEC TR 1` and `ISO Guide 1`, as ISO and IEC write them.
    mark = "/" if len(designator.publishers) == 1 and publishers == "ISO" else " "
    mark = " " if kind == "Guide" else mark
    start = f"{publishers}{mark}{kind}" if kind else publishers
    return "/".join([f"{start} {_dated(designator, ':')}", *designator.amendments])


def _write_etsi(designator: Designator) -> str:
    version = designator.version or ""
    version = f" {version if version.startswith('ed.') else f'V{version}'}" if version else ""
    return f"{designator.publishers[0]} {designator.type} {_numbered(designator)}{version}"


def _write_en(designator: Designator) -> str:
    start = " ".join(designator.publishers).replace("ISO IEC", "ISO/IEC")
    return f"{start} {_dated(designator, ':')}"


def _write_chinese(designator: Designator) -> str:
    start = designator.publishers[0] + (f"/{designator.type}" if designator.type else "")
    part = f".{designator.part}" if designator.part else ""
    year = f"-{designator.year}" if designator.year else ""
    # A mandatory local standard has its region's digits and its own apart: DB44/26-2001.
    mark = "/" if start.startswith("DB") and not designator.type else " "
    return f"{start}{mark}{designator.number}{part}{year}"


_WRITE = {
    "ISO": _write_iso,
    "ETSI": _write_etsi,
    "ITU": lambda it: f"{it.publishers[0]} {_dated(it, ':')}",
    "IEEE": lambda it: f"IEEE Std {_dated(it, '-')}",
    "IETF": lambda it: f"RFC {it.number}",
    "EN": _write_en,
    "CN": _write_chinese,
}
