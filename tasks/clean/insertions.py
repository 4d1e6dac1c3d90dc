"""Furniture in brackets that was set into a sentence: ``（更多内容请关注公众号：某某）``.

Two signs are asked for: the brackets, within a sentence that says much besides; and words that are
furniture by themselves, or the site's words for itself beside an address of the web.
"""

import re
from collections.abc import Sequence

from models.records import DraftBlock, Removal, RemovalReason
from models.revise import trim
from tasks.blocks.prose import weight
from tasks.blocks.signs import has_any
from tasks.blocks.surgery import Excision, excise
from tasks.clean.forms import line_verdict

_OPENING = "【[（({"
_BRACKETED = re.compile(r"(?P<mark>[【\[（(])(?P<inside>[^【】\[\]（）()]{2,60})[】\]）)]")
_SAYS_MUCH = 45  # weight of what stands around
#: What is never part of what an author says in brackets.
_FURNITURE = frozenset(
    ("follow_us", "app_download", "qr_code", "ad_continues", "subscription_wall", "donate")
)
#: What is, in brackets of another kind than those of asides.
_APART = frozenset(("related_link", "newsletter"))
_LABEL = "ad_label"  # it needs brackets of another kind than those of asides, or English words
_OF_SITE = re.compile(
    r"本(?:站|网站|書|书)|(?:永久|备用|最新|手机)(?:网址|域名|地址|版)|手机(?:站|阅读)|首发于|无弹窗|最快更新|更新最快"
)
#: Behind the name of an account; it says whose text this is.
_ACCOUNT = re.compile(r"(?:微信|公众号|微博)?(?:ID|id|号)\s?[:：]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|m\.)?[a-z0-9\-]{2,30}(?:\.[a-z0-9\-]{2,30}){1,3}", re.IGNORECASE
)
#: The place of an advertisement, as templates of sites name it.
_SLOT = re.compile(r"\{(?:ad|ads|advert|banner|promo)(?:[_\-][\w\-]{1,30})?\}", re.IGNORECASE)


def cut_insertions(source: str, block: DraftBlock) -> tuple[DraftBlock, list[Removal]]:
    """``block`` without bracketed furniture inside its sentences, and the records."""
    text = block.text.text
    if not has_any(text, _OPENING):
        return block, []
    cuts: Sequence[Excision] = [
        *(_cut(match) for match in _BRACKETED.finditer(text) if _is_set_in(text, match)),
        *(_cut(match) for match in _SLOT.finditer(text)),
    ]
    if not cuts:
        return block, []
    cleaned, removals = excise(source, block.text, sorted(cuts, key=lambda cut: cut.start))
    return DraftBlock(block.kind, trim(cleaned), block.label), removals


def _cut(match: re.Match[str]) -> Excision:
    start = match.start()
    if start and match.string[start - 1] == " ":  # the blank in front of an English bracket
        start -= 1
    return Excision(start, match.end(), RemovalReason.BOILERPLATE, "set_in")


def _is_set_in(text: str, match: re.Match[str]) -> bool:
    """Whether what stands in brackets is the site's, and the text around it is not about it."""
    inside = match["inside"].strip()
    around = text[: match.start()] + text[match.end() :]
    if not inside or weight(around) < max(_SAYS_MUCH, weight(inside)):
        return False
    if _OF_SITE.search(inside) is not None and _ADDRESS.search(inside) is not None:
        return True
    verdict = line_verdict(inside)
    if verdict is None or _ACCOUNT.match(inside) is not None:
        return False
    apart = match["mark"] in "【["
    if verdict.rule == _LABEL:
        return (apart or inside.isascii()) and inside.lower() not in around.lower()
    return verdict.rule in _FURNITURE or (apart and verdict.rule in _APART)
