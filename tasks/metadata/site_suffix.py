"""The name of the site behind a title (``Title - Some Times``, ``标题_频道_某网``)."""

import re

from tasks.metadata.site_names import key
from tasks.metadata.words import is_outlet, masthead_pattern

_NOT_MARK = r"[^_|｜\-–—丨\s]"
_SUFFIX = re.compile(
    rf"\s?(?P<mark>[_|｜\-–—丨]|::)\s?(?P<name>{_NOT_MARK}+(?: {_NOT_MARK}+){{0,4}})\Z"
)
_SECTION = re.compile(r"\s(?P<mark>[|｜])\s[^|｜\s]{2,16}(?: [^|｜\s]{1,16}){0,2}\s?\Z")
_SITE_ENDS = ("网", "網", "频道", "新闻", "资讯", "客户端")


def site_suffix(title: str, site: frozenset[str]) -> tuple[int, str] | None:
    """Where the name of the site starts behind a title, and the name: a known outlet, the holder
    of the rights (``site``), or the end of a chain with underscores (``标题_频道_某网``).
    """
    match = _SUFFIX.search(title)
    if match is None or match.start() == 0:
        return None
    name = match["name"]
    chain = title.find("_")
    if match["mark"] == "_" and (is_outlet(name) or name.endswith(_SITE_ENDS)):
        return (chain, name) if chain > 0 else None
    formed = " " in name and masthead_pattern().fullmatch(name) is not None
    if not (is_outlet(name) or formed or key(name) in site):
        return None
    section = _SECTION.search(title, 0, match.start())  # ``Title | Section | Paper``
    if section is not None and section["mark"] == match["mark"] and section.start() > 20:
        return section.start(), name
    return match.start(), name
