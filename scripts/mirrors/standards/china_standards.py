"""Mirrors of China's standards platforms. The sample: numbers, titles, days, classes, states.

It has the standards on patents that the project itself cites, those behind its code lists,
and local standards of Guangdong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from ingest.standards.china_standards import DETAILS
from ingest.standards.china_standards_html import (
    ID,
    hits,
    list_rows,
    openstd_detail,
    parse_page,
    sacinfo_detail,
)
from ingest.standards.china_standards_lists import first_request
from iplake import registry
from iplake.contract import Request
from scripts.mirrors.places import place_answer

ADDRESS = "standards/china_standards"
FOLDER = "standard/china_gb"
OPENSTD = {
    "p.p1=0&p.p2=标准化": ("gb_t_1_1__02", ("gb_t_1_1__07", "gb_t_1_1__10", "gb_t_1_1__11")),
    "p.p1=0&p.p2=知识产权": ("gb_t_20223_2006__02", ("gb_t_20223_2006__05",)),
}
"""A query, the recorded list that stands for its answer, and the details of what that lists."""

SECTOR_LIST, SECTOR_DETAIL = "jb_t_13368_2018__01", "jb_t_13368_2018__02"
# Issued in the window of a query; None where only the number is certain.
NATIONAL: tuple[tuple[str, str, str, str | None, str | None], ...] = (
    ("GB/T 2260-2007", "中华人民共和国行政区划代码", "现行", "2007-11-14", "2008-02-01"),
    ("GB 32100-2015", "法人和其他组织统一社会信用代码编码规则", "现行", "2015-09-17", "2015-10-01"),
    ("GB/T 4754-2017", "国民经济行业分类", "现行", "2017-06-30", "2017-10-01"),
    ("GB/T 39551.1-2020", "专利导航指南 第1部分：总则", "现行", "2020-11-09", "2021-06-01"),
    ("GB/T 39551.3-2020", "专利导航指南 第3部分：产业规划", "现行", "2020-11-09", "2021-06-01"),
    ("GB/T 39551.4-2020", "专利导航指南 第4部分：企业经营", "现行", "2020-11-09", "2021-06-01"),
    ("GB/T 39551.7-2020", "专利导航指南 第7部分：服务要求", "现行", "2020-11-09", "2021-06-01"),
    ("GB/T 42748-2023", "专利评估指引", "现行", None, None),
)
GUANGDONG: tuple[tuple[str, str, str | None], ...] = (
    ("DB44/ 26-2001", "水污染物排放限值", "2002-01-01"),
    ("DB44/ 27-2001", "大气污染物排放限值", "2002-01-01"),
    ("DB44/ 765-2019", "锅炉大气污染物排放标准", "2019-04-01"),
    ("DB44/ 2367-2022", "固定污染源挥发性有机物综合排放标准", None),
    ("DB44/T 1461.3-2021", "用水定额 第3部分：生活", None),
)


def sample(real: Path, out: Path) -> None:
    """Write lists and details of some thirty standards."""
    folder = real / FOLDER
    for query in _queries():
        name, parameters = query
        if name == "samr":
            _write(out, *query, _samr_page(parameters))
        elif name == "dbba":
            _write(out, *query, _sacinfo_page(list(_local())))
        elif name == "hbba":
            # Asked without a key, and for details with one.
            _write(out, *query, json.loads(_raw(folder, SECTOR_LIST)))
        elif name == "openstd":
            _write_text(out, *query, _list_page(_raw(folder, OPENSTD[parameters][0])))
    for path, page in _details(folder):
        _put(out, path, page)


def real(real: Path, out: Path) -> None:
    """Link the recorded pages; the queries of which none was recorded find nothing."""
    folder = real / FOLDER
    for name, parameters in _queries():
        if name == "samr":
            _write(out, name, parameters, {"total": 0, "pageNumber": 1, "rows": []})
        elif name == "dbba":
            _write(out, name, parameters, _sacinfo_page([]))
        else:
            recorded = SECTOR_LIST if name == "hbba" else OPENSTD[parameters][0]
            request, _ = first_request(name, parameters)
            _link(out, request, _path(folder, recorded))
    for registry_name, recorded, record_id in _recorded_details(folder):
        _link(out, Request(_detail_url(registry_name, record_id)), _path(folder, recorded))


def records(path: Path) -> int | None:
    """Return how many standards a recorded answer has, counted by their marks."""
    raw = path.read_text(encoding="utf-8")
    if path.name.endswith("__01_http200.json"):
        return len(json.loads(raw)["records"])
    if path.suffix != ".html":
        return None
    return raw.count('class="detail">查看详细') or 1


def _queries() -> Iterator[tuple[str, str]]:
    """Yield registry and parameters of each list that is asked for, whatever for."""
    asked = (query.partition(" ")[::2] for query in registry.get(ADDRESS).endpoint.queries)
    yield from dict.fromkeys((name.removesuffix("-details"), rest) for name, rest in asked)


def _path(folder: Path, name: str) -> Path:
    [path] = folder.glob(f"{name}_http200.*")
    return path


def _raw(folder: Path, name: str) -> bytes:
    return _path(folder, name).read_bytes()


def _recorded_details(folder: Path) -> Iterator[tuple[str, str, str]]:
    for _, details in OPENSTD.values():
        for name in details:
            yield "openstd", name, str(openstd_detail(parse_page(_raw(folder, name), name))[ID])
    page = parse_page(_raw(folder, SECTOR_DETAIL), SECTOR_DETAIL)
    yield "hbba", SECTOR_DETAIL, str(sacinfo_detail(page)[ID])


def _detail_url(name: str, record_id: str) -> str:
    request, _ = first_request(name, "")
    return urljoin(request.url, DETAILS[name].format(record_id))


def _details(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield address and re-rendered page of each detail."""
    for name, recorded, record_id in _recorded_details(folder):
        page = parse_page(_raw(folder, recorded), recorded)
        if name == "openstd":
            yield _detail_url(name, record_id), _openstd_page(openstd_detail(page))
        else:
            yield _detail_url(name, record_id), _sector_page(sacinfo_detail(page))


def _samr_page(parameters: str) -> object:
    first, last = re.findall(r"=(\d{4})-", parameters)
    rows = []
    for at, (code, title, state, issued, implemented) in enumerate(NATIONAL, 1):
        if not first <= (issued or code[-4:])[:4] <= last:
            continue
        rows.append(
            {
                "id": f"{at:032X}",
                "C_STD_CODE": code,
                "C_C_NAME": title,
                "STD_NATURE": "推荐性" if "/T" in code else "强制性",
                "STATE": state,
                "ISSUE_DATE": issued,
                "ACT_DATE": implemented,
                "PROJECT_ID": None,
                "DRAFT_UNIT": None,
            }
        )
    return {"total": len(rows), "pageNumber": 1, "rows": rows}


def _local() -> Iterator[dict[str, object]]:
    for at, (code, title, implemented) in enumerate(GUANGDONG, 1):
        midnight = None
        if implemented:
            day = datetime.fromisoformat(implemented).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
            midnight = int(day.timestamp() * 1000)
        yield {
            "actDate": midnight,
            "chName": title,
            "chargeDept": None,
            "code": code,
            "empty": False,
            "industry": "广东省",
            "issueDate": None,
            "otherResultColumns": {},
            "pk": f"{at:032x}",
            "recordDate": None,
            "recordNo": None,
            "reviseStdCode": None,
            "status": "现行",
        }


def _sacinfo_page(records_: list[dict[str, object]]) -> object:
    return {
        "current": 1,
        "pages": 1 if records_ else 0,
        "records": records_,
        "searchCount": True,
        "size": 50,
        "total": len(records_),
    }


def _list_page(raw: bytes) -> str:
    page = parse_page(raw, "list")
    rows = list(list_rows(page, "list"))
    names = [name for name in rows[0] if name != ID]
    head = "".join(f"<th>{name}</th>" for name in names)
    lines = []
    for row in rows:
        shown = f"showInfo('{row[ID]}');"
        cells = "".join(f"<td>{row[name]}</td>" for name in names[:-1])
        button = f'<td><button onclick="{shown}" class="detail">{row[names[-1]]}</button></td>'
        lines.append(f"<tr>{cells}{button}</tr>")
    return _html(
        f"<p>每页显示 50 条,共 {hits(page)} 条标准</p>"
        f'<table class="table result_list"><tr>{head}</tr>\n' + "\n".join(lines) + "</table>"
    )


def _openstd_page(fields: dict[str, object]) -> str:
    adopted = '<span class="label label-warning">采</span>' if fields["是否采标"] else ""
    skipped = {ID, "标准号", "是否采标"}
    top = ("中文标准名称", "英文标准名称", "标准状态")
    cells = "".join(f"<tr><td>{name}：{fields[name]}</td></tr>" for name in top)
    rows = "".join(
        f'<div class="title">{name}</div><div class="content">{value}</div>\n'
        for name, value in fields.items()
        if name not in {*skipped, *top}
    )
    button = f'<tr><td><button data-value="{fields[ID]}">实施信息反馈</button></td></tr>'
    return _html(
        f"<h1>标准号：{fields['标准号']} {adopted}</h1>"
        f'<table class="tdlist">{cells}{button}</table>\n{rows}'
    )


def _sector_page(fields: dict[str, object]) -> str:
    skipped = {ID, "标准名称", "英文名称", "标准状态", "起草人", "起草单位", "备案公告"}
    on_record = [name for name in fields if name.startswith("备案") and name not in skipped]
    rows = "".join(
        f'<dt class="basicInfo-item">{name}</dt><dd class="basicInfo-item">{value}</dd>\n'
        for name, value in fields.items()
        if name not in {*skipped, *on_record}
    )
    paragraphs = "".join(f"<p>{name}：{fields[name]}</p>" for name in on_record)
    return _html(
        f'<div class="page-header"><h4>{fields["标准名称"]}</h4><h5></h5>'
        f'<span class="label label-primary">{fields["标准状态"]}</span></div>'
        f"<div onclick=\"openSuggestionDialog('{fields[ID]}')\"></div><dl>{rows}</dl>"
        f'<div><div class="para-title"><h2>备案信息</h2></div>{paragraphs}</div>'
    )


def _html(body: str) -> str:
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>{body}</body></html>\n'


def _write(out: Path, name: str, parameters: str, page: object) -> None:
    _write_text(out, name, parameters, json.dumps(page, ensure_ascii=False) + "\n")


def _write_text(out: Path, name: str, parameters: str, page: str) -> None:
    request, _ = first_request(name, parameters)
    path = place_answer(out, request)
    path.write_text(page, encoding="utf-8")


def _put(out: Path, url: str, page: str) -> None:
    place_answer(out, Request(url)).write_text(page, encoding="utf-8")


def _link(out: Path, request: Request, target: Path) -> None:
    link = place_answer(out, request)
    link.unlink(missing_ok=True)
    link.symlink_to(target.resolve())
