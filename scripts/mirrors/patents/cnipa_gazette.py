"""Mirrors of CNIPA's gazette. The sample: organisations only, most of them of Guangdong.

Re-rendered from facts: titles, numbers, dates, classes, names of organisations, and of their
addresses the postcode and the administrative place. Inventors are the office's own words for
a withheld name. Announcements with an applicant who may be a natural person are left out.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "patents/cnipa_gazette"
FOLDER = "patent/cnipa_gazette_csv"
WITHHELD = "请求不公布姓名"
EN_SPACE = "\u2002"

# How each file was last saved, and how many announcements of Guangdong and of elsewhere it gives.
FILES = {
    "CN_patent_appearance_designed_709.csv": ("gb18030", 3000, 600),
    "CN_patent_invention_authorized_709.csv": ("gbk", 3000, 800),
    "CN_patent_invention_published_709.csv": ("gbk", 6000, 1500),
    "CN_patent_utility_new_712.csv": ("gb18030", 6000, 1500),
}
ORGANISATION = re.compile(
    r"公司|大学|学院|研究院|研究所|研究中心|医院|集团|设计院|实验室|有限合伙|学校|中学"
    r"|委员会|协会|基金会|管理局|供电局|株式会社"
)
PLACE = re.compile(
    r"(\d{6})?(\D{2,12}?(?:省|自治区|市))?(\D{2,8}?(?:市|州|盟))?(\D{1,8}?[区县市])?"
)
COUNTRY = re.compile(r"[\u4e00-\u9fff]{2,12}")
LEADERS = re.compile("广州市|华南理工|中山大学|暨南大学|华南师范|华为|中兴通讯|欧珀|腾讯|格力|美的")


def sample(real: Path, out: Path) -> None:
    """Write the sample delivery."""
    files = {
        name: _rendered(real / FOLDER / name, *choice).encode(choice[0], "replace")
        for name, choice in FILES.items()
    }
    write_delivery(folder_of(ADDRESS, out), files)


def real(real: Path, out: Path) -> None:
    """Link the four real files."""
    link_delivery(folder_of(ADDRESS, out), [real / FOLDER / name for name in FILES])


def records(path: Path) -> int | None:
    """Count the lines of a real file after its header; None for the cleaned copy of one."""
    if path.suffix != ".csv" or path.name.startswith("derived"):
        return None
    return path.read_bytes().rstrip(b"\n").count(b"\n")


def _rendered(path: Path, encoding: str, of_guangdong: int, of_elsewhere: int) -> str:
    """Return the text of one file; with its damage, and with some that other files have."""
    with path.open(encoding="gb18030", newline="") as file:
        header, *lines = list(csv.reader(file))
    chosen = _chosen(lines, of_guangdong, of_elsewhere)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    divider = ";??" if encoding == "gbk" else f";{EN_SPACE}"
    for number, line in enumerate(chosen, start=1):
        writer.writerow([_item(number), *_cells(line, divider)])
    if "authorized" in path.name:
        # A line repeated, one cell too many, a day that is none, a kind that is none.
        first, second, third, fourth = (_cells(line, divider) for line in chosen[:4])
        writer.writerow(["1", *first])
        writer.writerow(["2", *second, "Y"])
        writer.writerow(["3", *third[:4], "2014.13.25", *third[5:]])
        writer.writerow(["4", fourth[0], fourth[1][:-1] + "Q", *fourth[2:]])
    return out.getvalue()


def _item(number: int) -> str:
    # The running number starts again with each page of results that was fetched.
    return str((number - 1) % 1000 + 1)


def _chosen(lines: list[list[str]], of_guangdong: int, of_elsewhere: int) -> list[list[str]]:
    """Return lines of organisations in the file's order: leading applicants, then the rest."""
    sound = [at for at, line in enumerate(lines) if len(line) == 10 and _is_organisations(line[6])]
    guangdong = [at for at in sound if "广东省" in lines[at][8][:12]]
    leading = [at for at in guangdong if LEADERS.search(lines[at][6] + lines[at][8])]
    others = sorted(set(guangdong) - set(leading))
    elsewhere = sorted(set(sound) - set(guangdong))
    kept = [
        *(leading + others)[:of_guangdong],
        *elsewhere[:: max(1, len(elsewhere) // of_elsewhere)][:of_elsewhere],
    ]
    return [lines[at] for at in sorted(kept)]


def _parts(cell: str) -> list[str]:
    parts = re.split(r";(?:\?\?|\u2002)|;$", cell)
    return [part.strip(" ;\u2002\u3000") for part in parts if part.strip(" ;\u2002\u3000")]


def _is_organisations(cell: str) -> bool:
    parts = _parts(cell)
    return bool(parts) and all(ORGANISATION.search(part) for part in parts)


def _cells(line: list[str], divider: str) -> list[str]:
    """Return the cells after the running number, as the sample has them."""
    _, title, number, announced, filing, filed, owners, inventors, address, classes = line
    return [
        title,
        number,
        announced,
        filing,
        filed,
        divider.join(_parts(owners)) + (";" if owners.endswith(";") else ""),
        WITHHELD + (";" if inventors.endswith(";") else ""),
        _place(address),
        divider.join(_parts(classes)) + (";" if classes.endswith(";") else ""),
    ]


def _place(address: str) -> str:
    if not address[:1].isdigit():
        return _country(address)
    matched = PLACE.match(address)
    return "".join(part for part in matched.groups() if part) if matched else address[:6]


def _country(address: str) -> str:
    matched = COUNTRY.match(address)
    return matched[0][:6] if matched else address[:6]
