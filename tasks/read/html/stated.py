"""The text of the article as the page's own data state it (``articleBody`` of schema.org).

It proves which blocks are the article's. Where a page shows hardly anything of it, because a script
is to fetch the rest or only subscribers see it, the stated text is read instead.
"""

import re
from collections.abc import Collection, Sequence
from html import unescape

from lxml import html

from tasks.read.html.page import Kind, PageBlock
from tasks.read.html.title import bare
from tasks.read.html.vote import Shingles

#: Characters of the shortest stated text that is an article and no summary.
_AN_ARTICLE = 400
#: Characters of the shortest block that is looked up.
_LOOKED_UP = 40
#: The article is shown when this share of the stated text is.
_SHOWN = 1 / 3
_BREAK = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|figure)\b[^<>]*>|\r\n?", re.I)
_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|sup|sub|img)\b[^<>]*>", re.I)
_BLANKS = re.compile(r"[^\S\n]+")


class StatedText:
    """The stated text of an article; empty when it is too short to be one, or another's.

    ``stated`` are headline and text by the page's data, ``title`` is the title of the page.
    """

    def __init__(self, stated: tuple[str, str] | None, title: str | None) -> None:
        headline, text = stated or ("", "")
        if not _are_one(bare(headline), bare(title or "")):
            text = ""
        plain = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
        lines = [_BLANKS.sub(" ", line).strip() for line in plain.split("\n")]
        self.paragraphs = [line for line in lines if line]
        if sum(map(len, self.paragraphs)) < _AN_ARTICLE:
            self.paragraphs = []
        self._shingles = Shingles("\n".join(self.paragraphs))

    def held(self, blocks: Sequence[PageBlock]) -> frozenset[int]:
        """Indices of the blocks that are surely the article's."""
        if not self.paragraphs:
            return frozenset()
        return frozenset(
            index
            for index, block in enumerate(blocks)
            if block.size >= _LOOKED_UP and block.link_share < 0.5 and block.text in self._shingles
        )

    def instead(
        self, article: Sequence[PageBlock], sure: Collection[PageBlock], body: html.HtmlElement
    ) -> list[PageBlock]:
        """``article``, or its short lines and the stated text when that is not what it shows.

        ``sure`` are the blocks of the page that the stated text holds.
        """
        whole = sum(len("".join(line.split())) for line in self.paragraphs)
        shown = sum(block.size for block in sure)
        if shown >= _SHOWN * whole or sum(block.size for block in article) >= whole:
            return list(article)
        short = [block for block in article if block.size < _LOOKED_UP and not block.notice]
        sizes = [(line, len("".join(line.split()))) for line in self.paragraphs]
        return short + [PageBlock(line, Kind.PARAGRAPH, body, size, 0) for line, size in sizes]


def _are_one(headline: str, title: str) -> bool:
    """Whether two titles are one, though a name of the site may follow or it is cut short."""
    short, long = sorted((headline, title), key=len)
    return bool(short) and long.startswith(short)
