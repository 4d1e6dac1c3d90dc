"""Left-over markup of a page: HTML tags and comments, shortcodes, template placeholders."""

import re

from models.records import RemovalReason
from tasks.blocks.signs import has_any
from tasks.blocks.surgery import Excision

_NAMES = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|center|cite|code|dd|del|div|dl|dt|em|embed|"
    "figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|"
    "meta|nav|noscript|object|ol|option|p|param|picture|pre|s|section|select|small|source|span|strike|strong|sub|"
    "summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|u|ul|video|"
    "tmx|tuv?|seg|xliff|trans-unit|target"  # of exported translations
)
_TAG = re.compile(
    r"<!--[^<>]{0,5000}-->"
    r"|<(?P<raw>script|style)\b[^<>]{0,500}>[^<]{0,20000}</(?P=raw)\s?>"
    r"|<!DOCTYPE[^<>]{0,200}>|<\?xml[^<>]{0,200}\?>|</?(?:script|style)\b[^<>]{0,500}>"
    rf"|</?(?P<tag>{_NAMES})(?:\s[^<>]{{0,2000}})?\s?/?>",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\[(?:(?P<word>b|i|u|url|code|color|size|font)"
    r"|/?(?:caption|gallery|embed|video|audio|playlist|img|b|i|u|url|quote|color|size|center|align|font|ad|ads|"
    r"vc_\w{1,30}|su_\w{1,30}|et_\w{1,30}|code)(?:[ =][^\[\]]{0,300})?/?)\]",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<![\w\\^}])"
    r"(?:\{\{[\w .|:'\"\-/]{1,80}\}\}|\{%[\w .|:'\"\-/=]{1,120}%\}|<%[=\w .()]{1,80}%>)"
)
_BREAKS = frozenset(
    ("br", "p", "div", "li", "tr", "td", "th", "hr", "h1", "h2", "h3", "h4", "section", "tuv")
)


def leftovers(text: str) -> list[Excision]:
    """The stretches of markup in a text; a tag that breaks a line leaves a blank.

    >>> [(e.start, e.end) for e in leftovers("a <b>bold</b> word [/caption] and 3 < 4")]
    [(2, 5), (9, 13), (19, 29)]
    """
    if not has_any(text, "<[{"):
        return []
    found: list[Excision] = []
    if "<" in text:
        for match in _TAG.finditer(text):
            tag = (match["tag"] or "").lower()
            joint = " " if tag in _BREAKS else ""
            both = tag == "tuv" and match.start() > 0 and match.end() < len(text)
            found.append(_cut(match, "tag", joint if both else _joint(text, match, joint)))
    if "[" in text:
        found += [_cut(m, "shortcode", "") for m in _SHORTCODE.finditer(text) if _is_code(m, text)]
    if "{{" in text or "{%" in text or "<%" in text:
        found += [_cut(m, "placeholder", "") for m in _PLACEHOLDER.finditer(text)]
    return _not_overlapping(sorted(found, key=lambda e: e.start))


def _is_code(match: re.Match[str], text: str) -> bool:
    """Whether a shortcode is one: a quotation has ``[I] was wrong``, a program ``list[i]``.

    Alone in brackets, such a word needs its other half.
    """
    return match["word"] is None or f"[/{match['word']}]".lower() in text.lower()


def _not_overlapping(found: list[Excision]) -> list[Excision]:
    out: list[Excision] = []
    for excision in found:
        if not out or excision.start >= out[-1].end:
            out.append(excision)
    return out


def _cut(match: re.Match[str], rule: str, joint: str) -> Excision:
    return Excision(match.start(), match.end(), RemovalReason.MARKUP, rule, joint)


def _joint(text: str, match: re.Match[str], joint: str) -> str:
    """A blank only between two words that would run together."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (
        joint if before.isascii() and after.isascii() and before.strip() and after.strip() else ""
    )
