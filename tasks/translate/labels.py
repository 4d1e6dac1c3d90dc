"""Labels of blocks: common ones from a table, what stands around their words kept."""

import re
from functools import cache
from pathlib import Path

from models.records import Lang

_TABLE = Path(__file__).resolve().parent / "labels.tsv"
_ENDS = re.compile(r"[\s:：.。,，、]+$")
_LAST = re.compile(r"[:：]\s*$")


@cache
def _tables() -> dict[Lang, dict[str, str]]:
    zh_en: dict[str, str] = {}
    en_zh: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            zh, en = line.split("\t")
            zh_en.setdefault(zh, en)
            en_zh.setdefault(en.lower(), zh)
    return {Lang.ZH: zh_en, Lang.EN: en_zh}


def label_text(label: str | None) -> str:
    """The words of a label, without what ends it; empty for a bare bullet or number.

    >>> label_text("主持人："), label_text("•")
    ('主持人', '')
    """
    words = _ENDS.sub("", label or "").strip()
    return words if any(character.isalpha() for character in words) else ""


def label_of(words: str, source: Lang) -> str | None:
    """A common label in the other language, or None.

    >>> label_of("主持人", Lang.ZH), label_of("Question", Lang.EN)
    ('Host', '问')
    """
    return _tables()[source].get(words if source is Lang.ZH else words.lower())


def write_label(label: str, translated: str, target: Lang) -> str:
    """``translated`` with the colon that ``label`` has, if it has one.

    >>> write_label("主持人：", "Host", Lang.EN)
    'Host:'
    """
    words = _ENDS.sub("", translated).strip()
    if not _LAST.search(label):
        return words
    return words + (":" if target is Lang.EN else "：")
