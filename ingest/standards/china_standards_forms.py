"""What the fields of China's standards platforms are called, interface by interface."""

from __future__ import annotations

MOMENTS = frozenset({"issued_ms", "implemented_ms", "recorded_ms"})
"""Milliseconds since 1970; the other days are texts."""

Names = tuple[str, ...]

FORMS: dict[str, dict[str, Names]] = {
    "openstd_list": {
        "id": ("id",),
        "code": ("标准号",),
        "language": ("语种",),
        "adoption": ("是否采标",),
        "title": ("标准名称",),
        "nature": ("类别",),
        "status": ("状态",),
        "issued": ("发布日期",),
        "implemented": ("实施日期",),
    },
    "openstd_detail": {
        "id": ("id",),
        "code": ("标准号",),
        "adoption": ("是否采标",),
        "title": ("中文标准名称",),
        "title_en": ("英文标准名称",),
        "status": ("标准状态",),
        "ccs": ("中国标准分类号（CCS）",),
        "ics": ("国际标准分类号（ICS）",),
        "issued": ("发布日期",),
        "implemented": ("实施日期",),
        "department": ("主管部门",),
        "committee": ("归口部门", "归口单位"),
        "publisher": ("发布单位",),
        "remarks": ("备注",),
    },
    "sacinfo": {
        "id": ("pk",),
        "code": ("code",),
        "title": ("chName",),
        "department": ("chargeDept",),
        "industry": ("industry",),
        "status": ("status",),
        "issued_ms": ("issueDate",),
        "implemented_ms": ("actDate",),
        "recorded_ms": ("recordDate",),
        "record_number": ("recordNo",),
        "replaces": ("reviseStdCode",),
    },
    "sacinfo_detail": {
        "id": ("id",),
        "code": ("标准号",),
        "title": ("标准名称",),
        "title_en": ("英文名称",),
        "status": ("标准状态",),
        "issued": ("发布日期",),
        "implemented": ("实施日期",),
        "revision": ("制修订",),
        "replaces": ("代替标准",),
        "ccs": ("中国标准分类号",),
        "ics": ("国际标准分类号",),
        "department": ("批准发布部门",),
        "committee": ("技术归口", "归口单位"),
        "industry": ("行业分类",),
        "nature": ("标准类别",),
        "record_number": ("备案号",),
        "recorded": ("备案日期",),
        "drafters": ("起草单位",),
    },
    # The simple search has the first of several names, the advanced one more fields.
    "samr": {
        "id": ("id",),
        "code": ("C_STD_CODE", "STD_CODE"),
        "title": ("C_C_NAME", "C_NAME"),
        "title_en": ("C_E_NAME", "E_NAME"),
        "status": ("STATE", "G_STATE"),
        "nature": ("STD_NATURE", "G_STD_NATURE"),
        "issued": ("ISSUE_DATE",),
        "implemented": ("ACT_DATE",),
        "ics": ("ICS",),
        "ccs": ("CCS",),
        "department": ("CD_NAME",),
        "committee": ("TA_NAME",),
        "adoption": ("ADOPT_TYPE",),
        "replaces": ("TOTAL_REPE",),
        "plan": ("C_PLAN_CODE", "PLAN_CODE"),
        "drafters": ("DRAFT_UNIT",),
    },
}
# Numbers of lines, buttons, what is empty in every answer, links to other records, and persons.
IGNORED: dict[str, frozenset[str]] = {
    "openstd_list": frozenset({"序号", "操作"}),
    "openstd_detail": frozenset(),
    "sacinfo": frozenset({"empty", "otherResultColumns"}),
    "sacinfo_detail": frozenset({"备案公告", "起草人"}),
    "samr": frozenset(
        {
            "PROJECT_ID", "DETAIL_ID", "DRAFT_STAFF", "OPEN_HASH_CODE", "OPEN_STATUS",
            "OPEN_DOWNLOAD_STATUS", "SYS_INPUTIME", "TABLE_NAME", "STD_DOMAIN", "G_STD_DOMAIN",
            "STD_TYPE", "STATE2", "STD_CODE2", "STD_CODE3", "TA_CODE", "TM_CODE", "TM_NAME",
            "UTA_NAME", "ICS_NAME1_FULL", "ISSUE_ANN_NO", "ORG_SCOPE",
        }
    ),
}  # fmt: skip
