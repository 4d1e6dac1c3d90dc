"""Who wrote a page, and when, by the markup of its body: microdata, microformats, names."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from lxml import html

from tasks.read.html.furniture import AUTHOR_NAMES, OTHERS, bare_names, classes
from tasks.read.html.page import PageBlock
from tasks.read.html.regions import Page

MOST_AUTHORS = 8
_LONGEST_NAME = 60
#: So many headlines of the first level are looked at.
_HEADS = 20
#: So many lines may stand above a headline in the box of the article.
_MOST_ABOVE = 3
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d\b"
    r"|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}",
    re.IGNORECASE,
)
#: So many lines on top of an article may show its date.
_TOP = 5
_UPDATED = re.compile(r"updat|modifi|更新|修改", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_ALL_BY = re.compile(
    r"(?:(?:view|see|show|read|more)\s+)?(?:all\s+)?(?:posts|articles|stories|entries|more)\s+"
    r"(?:by|of|from)\s+",
    re.IGNORECASE,
)
#: Two to four words in capitals, or with a small one between them.
_FULL_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’\-]*(?: (?:de|da|di|del|van|von|der|den|al|bin|la|le))?"
    r"(?: [^\W\d_a-z][\w.'’\-]*){1,3}"
)


def authors_in_markup(root: html.HtmlElement) -> list[str]:
    """Names that the markup of the page says are the author's, by the surest of its forms."""
    for elements in (_by_item(root), _by_card(root), _by_link(root), _by_name(root)):
        found = [_unlinked(tidy(e.get("content") or _said(e)) or "") for e in elements]
        names = dict.fromkeys(name for name in found if 0 < len(name) <= _LONGEST_NAME)
        if 0 < len(names) <= MOST_AUTHORS:
            return list(names)
    return []


def _by_item(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Microdata: ``itemprop="author"``, or the name inside."""
    for element in root.iterfind(".//*[@itemprop='author']"):
        yield next(element.iterfind(".//*[@itemprop='name']"), element)


def _by_card(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Microformats (hAtom): ``class="author vcard"``, the name inside ``class="fn"``."""
    articles = _own_articles(root)
    for element in root.iterfind(".//*[@class]"):
        names = classes(element)
        if (
            "vcard" in names
            and any("author" in name for name in names)
            and _is_own(element, articles)
        ):
            yield next((part for part in element.iter() if "fn" in classes(part)), element)


def _by_link(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    articles = _own_articles(root)
    return (link for link in root.iterfind(".//a[@rel='author']") if _is_own(link, articles))


def _by_name(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements that are called the author's name, where only one name is found so."""
    articles = _own_articles(root)
    found = [
        element
        for element in root.iterfind(".//*[@class]")
        if not AUTHOR_NAMES.isdisjoint(bare_names(element)) and _is_own(element, articles)
    ]
    said = {tidy(_said(element)) for element in found}
    one = next(iter(said), None)
    if len(said) == 1 and one and _FULL_NAME.fullmatch(one):
        yield found[0]


def microdata(root: html.HtmlElement, name: str) -> str | None:
    """The first value of a property (``itemprop``)."""
    for element in root.iterfind(f".//*[@itemprop='{name}']"):
        value = tidy(element.get("datetime") or element.get("content") or _in_title(element))
        return value or tidy("".join(element.itertext()))
    return None


def day_in_markup(root: html.HtmlElement) -> str | None:
    """When the page was published by its microformats; None when its parts disagree."""
    articles = _own_articles(root)
    found: list[str] = []
    for element in root.iter("time", "abbr"):
        if "published" in classes(element) or "pubdate" in element.attrib:
            value = element.get("datetime") or _in_title(element)
            if value and _is_own(element, articles):
                found.append(value)
    return found[0] if len({value[:10] for value in found}) == 1 else None


def _said(element: html.HtmlElement) -> str:
    return " ".join(element.itertext())


def _unlinked(name: str) -> str:
    """A name without the words of a link to what somebody has written.

    >>> _unlinked("View all posts by Ann Lee"), _unlinked("Ann Lee")
    ('Ann Lee', 'Ann Lee')
    """
    return _ALL_BY.sub("", name)


def _in_title(element: html.HtmlElement) -> str | None:
    """A date that only the ``title`` of an abbreviation says."""
    title = element.get("title") or ""
    return title if _ISO_DAY.match(title) else None


def _own_articles(root: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """The elements ``article`` with a headline of the first level."""
    heads = root.iter("h1")
    return frozenset(
        element for head in islice(heads, _HEADS) for element in head.iterancestors("article")
    )


def _is_own(element: html.HtmlElement, articles: Collection[html.HtmlElement]) -> bool:
    """Whether an element is no part of a comment or of a list of other stories.

    A column beside the text may be called what it likes inside the article's own element.
    """
    column = False
    while element is not None and element.tag != "body":
        names = bare_names(element)
        if not OTHERS.isdisjoint(names):
            return False
        column = column or "sidebar" in names
        if element in articles:
            return True
        element = element.getparent()
    return not column


def shown_date(article: Sequence[PageBlock]) -> str | None:
    """The date in the markup of the lines on top of an article (``<time datetime=…>``)."""
    for block in article[:_TOP]:
        for element in block.element.iter("time"):
            value = tidy(element.get("datetime"))
            if value and not _UPDATED.search(block.text):
                return value
    return None


def tidy(value: str | None) -> str | None:
    """``value`` without markup and with single blanks; None when nothing is left."""
    if value is None:
        return None
    if "&" in value or "<" in value:  # written twice over
        value = str(html.fromstring(f"<i>{value}</i>").xpath("string()"))
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split()) or None


def date_above(page: Page) -> str | None:
    """A date right above the headline, where both begin a box that holds the article, too."""
    if page.title is None:
        return None
    box = page.blocks[page.title].element
    while box is not page.body and page.regions[box].start == page.title:
        box = box.getparent()
    start = page.regions[box].start
    above = page.blocks[start : page.title]
    if box is page.body or page.regions[box].end <= page.title + 1 or len(above) > _MOST_ABOVE:
        return None
    dated = [block.text for block in above if _DAY.search(block.text)]
    if len(dated) != 1 or len(dated[0]) > _LONGEST_NAME or _UPDATED.search(dated[0]):
        return None
    found = _DAY.search(dated[0])
    return found[0] if found else None
