"""Times of day and their zones: ``14:54``, ``4:05 p.m. EST``, ``下午3时05分``, ``10.22 GMT``."""

import re
from typing import NamedTuple

_TIME = re.compile(
    r"(?:(?P<zone_cn>北京时间|北京時間)\s?)?(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|早|晚)?\s?"
    r"(?P<h>\d{1,2})\s?(?:(?:[:：]\s?|\.(?=\d\d\s?(?:[ap]\.?m|(?:GMT|BST|UTC|CES?T|IST|h(?:ou)?rs)\b)))(?P<min>\d{2})(?:[:：]\s?(?P<s>\d{2})(?:\.\d{1,6})?)?"
    r"|(?P<min_mil>[0-5]\d)(?=\s?(?:GMT|UTC|h(?:ou)?rs)\b)"
    r"|[时時点點]\s?(?:(?P<min_cn>\d{1,2})\s?分?(?:(?P<s_cn>\d{1,2})秒)?)?|(?=\s?[ap]\.?m))"
    r"(?!\d)(?:\s?(?P<ap>[ap])\.?m\b\.?|\s?h(?:ou)?rs\b\.?)?"
    r"(?:\s?[(（]?(?P<zone>Z\b|[+\-]\d{2}:?\d{2}|(?:UTC|GMT)(?:[+\-]\d{1,2}(?::\d{2})?)?"
    r"|E[SD]?T(?=\b|updated)|P[SD]?T(?=\b|updated)|C[SD]?T(?=\b|updated)|M[SD]?T(?=\b|updated)|AE[SD]T\b|NZ[SD]T\b|BST\b|CES?T\b|EES?T\b|HKT\b|SGT\b|JST\b|KST\b|IST\b|SAST\b|PKT\b|WIB\b|WAT\b|EAT\b|PHT\b|MYT\b|ICT\b|NPT\b|北京时间|北京時間"
    r"|(?:Eastern|Central|Mountain|Pacific|Greenwich|British|Universal|Local)"
    r"(?: (?:Standard|Daylight|Mean|Summer))? Time\b)[)）]?)?",
    re.IGNORECASE,
)
#: Zone names with one meaning. ET, CST and the like have several.
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00",
    "PDT": "-07:00", "HKT": "+08:00", "SGT": "+08:00", "JST": "+09:00", "KST": "+09:00",
    "CET": "+01:00", "CEST": "+02:00", "AEST": "+10:00", "AEDT": "+11:00", "MDT": "-06:00",
    "CDT": "-05:00", "EEST": "+03:00", "NZST": "+12:00", "NZDT": "+13:00",
    "SAST": "+02:00", "PKT": "+05:00", "WIB": "+07:00", "WAT": "+01:00", "EAT": "+03:00",
    "PHT": "+08:00", "MYT": "+08:00", "ICT": "+07:00", "NPT": "+05:45",
    "EASTERN STANDARD TIME": "-05:00", "EASTERN DAYLIGHT TIME": "-04:00",
    "CENTRAL STANDARD TIME": "-06:00", "CENTRAL DAYLIGHT TIME": "-05:00",
    "MOUNTAIN STANDARD TIME": "-07:00", "MOUNTAIN DAYLIGHT TIME": "-06:00",
    "PACIFIC STANDARD TIME": "-08:00", "PACIFIC DAYLIGHT TIME": "-07:00",
    "GREENWICH MEAN TIME": "Z", "BRITISH SUMMER TIME": "+01:00", "UNIVERSAL TIME": "Z",
    "北京时间": "+08:00", "北京時間": "+08:00",
}  # fmt: skip
_LATE = frozenset(("下午", "傍晚", "晚上", "晚间", "晚"))


class Clock(NamedTuple):
    """A time of day as ``Thh:mm[:ss][zone]``, its precision, and where it ends."""

    value: str
    precision: str
    end: int


def clock_at(text: str, at: int = 0) -> Clock | None:
    """The time of day that starts at ``at``; a zone is never guessed.

    >>> clock_at("4:05 p.m. EST").value
    'T16:05-05:00'
    """
    found = _TIME.match(text, at)
    if found is None:
        return None
    hour = int(found["h"])
    minute = int(found["min"] or found["min_cn"] or found["min_mil"] or 0)
    second = found["s"] or found["s_cn"]
    if found["ap"] and hour <= 12:
        if hour < 1:
            return None
        hour = hour % 12 + (12 if found["ap"] in "pP" else 0)
    elif found["ap"]:
        return None
    elif found["half"] in _LATE and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    value = f"T{hour:02d}:{minute:02d}" + (f":{int(second):02d}" if second else "")
    return Clock(value + _zone(found), "second" if second else "minute", found.end())


def _zone(found: re.Match[str]) -> str:
    if found["zone_cn"]:
        return "+08:00"
    zone = (found["zone"] or "").upper()
    if zone in _ZONES:
        return _ZONES[zone]
    offset = re.fullmatch(r"(?:UTC|GMT)?([+\-])(\d{1,2}):?(\d{2})?", zone)
    if offset is None:
        return ""
    return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
