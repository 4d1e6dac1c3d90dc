"""HTML: the article of a page as text, and what the page says about it."""

from tasks.read.decode import Decoded, decode
from tasks.read.extracted import Extracted
from tasks.read.html.charset import declared_charset

__all__ = ["decode_page", "extract_page"]


def decode_page(data: bytes) -> Decoded:
    """The text of a page; what it declares is honoured when it is plausible."""
    return decode(data, declared_charset(data))


def extract_page(text: str) -> Extracted:
    """The article of a page as Markdown-like text (title, headings, paragraphs, lists, tables).

    No script is run and nothing is fetched. Raises
    :class:`tasks.read.unusable.UnusableError`: NO_TEXT, or UNSAFE for markup nested without end.
    """
    extracted = _extract(text, by_sheet=True)
    if not extracted.text and "<style" in text.lower():
        # Some pages hide everything until a script has run.
        extracted = _extract(text, by_sheet=False)
    return extracted


def _extract(text: str, *, by_sheet: bool) -> Extracted:
    """The article among what is visible, with or without a look at the page's style sheet."""
    from tasks.read.html.article import article_blocks
    from tasks.read.html.bylines import date_above, shown_date
    from tasks.read.html.front import author_above
    from tasks.read.html.metadata import PageHead
    from tasks.read.html.page import page_blocks
    from tasks.read.html.regions import Page
    from tasks.read.html.render import render
    from tasks.read.html.stated import StatedText
    from tasks.read.html.title import headline
    from tasks.read.html.tree import parse_page, visible_body
    from tasks.read.html.vote import voted_blocks

    root = parse_page(text)
    head = PageHead(root)
    body = visible_body(root, by_sheet=by_sheet)
    blocks, buttons = page_blocks(body)
    title, title_block = headline(head, blocks)
    page = Page(body, blocks, buttons, title_block)
    stated = StatedText(head.stated, title)
    sure = stated.held(blocks)
    article = article_blocks(page, voted_blocks(root, blocks) | sure, sure)
    article = stated.instead(article, [blocks[index] for index in sure], body)
    rendered = render(title, article) if article else ""
    return Extracted(
        rendered,
        head.hints(title, shown_date(article) or date_above(page), author_above(page, article)),
        markdown=True,
        extracted=True,
    )
