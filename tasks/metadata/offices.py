"""Offices where the name of a person stands: who sent a text in, who let it pass."""

import re

from tasks.metadata.found import Field, Found


def no_office(found: Found, label: str, *, several: bool) -> Found:
    """An office that sent a text, or stands in front of a name, is no person."""
    said = label in _DONE and found.value > "\u3400" and len(found.value) > _LONGEST_NAME
    if found.field is Field.PERSON and said and "·" not in found.value:
        return Found(Field.CREDIT, found.start, found.end, found.stop)  # what was put together
    office = found.field is Field.PERSON and _OFFICE.fullmatch(found.value) is not None
    if found.field is Field.PERSON and _ANY_OFFICE.fullmatch(found.value) is not None:
        return Found(Field.CREDIT, found.start, found.end, found.stop)
    if office and (several or found.name not in ("author", "editor") or label in _SENT | _PASSED):
        return Found(Field.CREDIT, found.start, found.end, found.stop)
    return found


#: Labels that may stand in front of a title as well (``整理：十个小贴士``).
_DONE = frozenset(("整理", "内容", "文案", "策划", "采访", "報導", "报道"))
_LONGEST_NAME = 4
#: Labels of what an office does with a text: sending it in.
_SENT = frozenset(("供稿", "来稿", "通讯员", "整理"))
#: Labels of letting it pass.
_PASSED = frozenset(
    ("审核", "審核", "审签", "审定", "审稿", "核发", "签发", "簽發", "审读", "核稿", "把关")
)
#: An office that every institution has: nobody's name, whatever it did.
_ANY_OFFICE = re.compile(
    "(?:党委|校|院|局|县委|市委|区委|镇|机关)?(?:综合|党政|行政)?(?:办公室|宣传部|新闻中心|秘书处|团委|办)"
)
_OFFICE = re.compile(
    r"[\u3400-\u9fff]{2,20}(?:科|科室|股|室|处|队|大队|支队|党委|支部|团委|工会|学校|宣传部|局|厅|委|委员会|办|办公室|中心|集团|公司|协会|学会|部|院|馆|所|团队|工作室|编辑部|实验室|小组"
    r"|频道|联盟|基金会|街道|传媒|影视|文化|视觉)"
)
