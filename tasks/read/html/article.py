"""Which blocks of a page are its article.

The body is the element that gathers most prose (sentences that are no links) in the least room,
near the title; what the site put into it is taken out again (see
:mod:`tasks.read.html.site_parts`). A second opinion, trafilatura's, is asked for every block:
where both agree there is no doubt, and where the markup says nothing it decides.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from lxml import html

from tasks.language.agreement import translates
from tasks.read.html.front import front_lines
from tasks.read.html.furniture import (
    BESIDE_NAMES,
    EDITOR_LINE,
    INFO_LINE,
    PAGES_LINE,
    WHEN,
    names_a_lead,
    names_of,
    names_the_article,
    names_the_locked_part,
)
from tasks.read.html.page import Kind, PageBlock, mass
from tasks.read.html.regions import Page, Region
from tasks.read.html.site_parts import PROSE, refused_blocks

#: Weight of prose that the second opinion does not take.
_UNVOTED = 0.5
#: Longest line of metadata, in mass.
_SHORT = 60.0
#: So many blocks after the body, the line with the editor may stand.
_TAIL = 15
_BELOW_TITLE = 6  # blocks among which such a headline stands
_SECOND_TITLE = 120  # characters of a headline in the other language
_HAN = re.compile(r"[\u3400-\u9fff]")
_TEXT_ENDS = tuple("：:，,。.！!？?”")
#: So many characters of a sentence are no links.
_BESIDE = 24
#: A box with a larger share of the article's weight is the article, whatever it is called.
_SMALL_PART = 0.3
_SENTENCE_ENDS = re.compile(r"[.!?。！？][”’\"'）)\]]{0,3}\s*$")
_ATTRIBUTION = re.compile(r"\s*[—–―]{1,2}\s?\w")
_FIGURES = re.compile(r"\d+")
_CONTAINERS = frozenset(("div", "section", "article", "td", "body", "main", "center"))


class _Judged:
    """A page with the weight of each block for the article."""

    def __init__(self, page: Page, voted: Collection[int], refused: Sequence[bool]) -> None:
        self.page = page
        self.voted = voted
        self.refused = refused
        self.weights = [
            0.0 if self.refused[i] else block.weight * (1.0 if i in voted else _UNVOTED)
            for i, block in enumerate(page.blocks)
        ]
        self._sums = list(accumulate(self.weights, initial=0.0))

    def total(self, region: Region) -> float:
        """The weight of a region for the article."""
        return self._sums[region.end] - self._sums[region.start]


def article_blocks(
    page: Page, voted: Collection[int], sure: Collection[int] = frozenset()
) -> list[PageBlock]:
    """The blocks of the article, in order, without its title.

    ``voted`` are the indices of the blocks that the second opinion takes, ``sure`` those that the
    page's data say are the article's.
    """
    refused = [no and index not in sure for index, no in enumerate(refused_blocks(page))]
    judged = _Judged(page, voted, refused)
    container = _container(judged)
    if container is None:  # all of the page looks like the site's own: judge by prose alone
        judged = _Judged(page, voted, [block.notice for block in page.blocks])
        container = _container(judged)
    if container is None:
        return []
    region = page.regions[container]
    chosen = [
        *_before(judged, region),
        *_inside(judged, region),
        *_after(judged, region),
    ]
    return [page.blocks[index] for index in chosen]


def _container(judged: _Judged) -> html.HtmlElement | None:
    """The element that is the article's body; None when the page has no prose."""
    page = judged.page
    scores: dict[html.HtmlElement, float] = {}
    first: dict[html.HtmlElement, int] = {}
    for index, weight in enumerate(judged.weights):
        if weight <= 0:
            continue
        element = _home(page, index)
        share = 1.0
        while share > 0.1:
            scores[element] = scores.get(element, 0.0) + weight * share
            first.setdefault(element, index)
            if element is page.body:
                break
            element = element.getparent()
            share /= 2
    best: html.HtmlElement | None = None
    best_score = 0.0
    for element, score in scores.items():
        names = names_of(f"{element.get('class') or ''} {element.get('id') or ''}")
        score *= 1 - 0.8 * page.link_share(page.regions[element])
        if names_the_article(names) or element.tag == "article":
            score *= 1.2
        if _follows_title(judged, first[element]):
            score *= 1.2
        if score > best_score:
            best, best_score = element, score
    return None if best is None else _widened(judged, best)


def _home(page: Page, index: int) -> html.HtmlElement:
    """The element that a block stands in, beside other blocks: its wrappers do not count.

    A wrapper beside the title is the body of an article of one paragraph.
    """
    element = page.blocks[index].element
    if element.tag not in _CONTAINERS and element is not page.body:
        element = element.getparent()
    while element is not page.body:
        parent = element.getparent()
        own, around = page.regions[element], page.regions[parent]
        holds_title = page.title is not None and around.start <= page.title < around.end
        if own.end - own.start > 1 or holds_title:
            break
        element = parent
    return element


def _follows_title(judged: _Judged, first: int) -> bool:
    """Whether hardly any prose stands between the title and a block."""
    title = judged.page.title
    if title is None or first <= title:
        return False
    return judged.total(Region(title + 1, first)) < 3 * PROSE


def _widened(judged: _Judged, container: html.HtmlElement) -> html.HtmlElement:
    """The container, or an ancestor when the article goes on outside of it."""
    page = judged.page
    best = container
    element = container
    while element is not page.body:
        element = element.getparent()
        inner, outer = page.regions[best], page.regions[element]
        if judged.total(outer) < 1.08 * judged.total(inner):  # nothing of weight is added
            continue
        added = (*range(outer.start, inner.start), *range(inner.end, outer.end))
        if _another_story(judged, inner, added):
            break
        alike = _alike(judged, element, inner, added)
        agreed = sum(
            judged.weights[index] for index in added if index in judged.voted or index in alike
        )
        if agreed < 0.7 * sum(judged.weights[index] for index in added):
            break
        best = element
    return best


def _another_story(judged: _Judged, inner: Region, added: Iterable[int]) -> bool:
    """Whether a headline like that of the article, which the container holds, stands outside."""
    page = judged.page
    return (
        page.title is not None
        and inner.start <= page.title < inner.end
        and any(page.blocks[index].level == 1 for index in added if not judged.refused[index])
    )


def _alike(
    judged: _Judged, ancestor: html.HtmlElement, inner: Region, added: Iterable[int]
) -> set[int]:
    """Blocks under ``ancestor`` that are wrapped as the prose of the container is: a body that
    promotions cut into several boxes, or whose rest is for subscribers. None where another story
    begins, with a headline of its own.
    """
    page = judged.page
    added = [index for index in added if judged.weights[index] > 0]
    if any(page.blocks[index].level == 1 and index != page.title for index in added):
        return set()
    shapes = {
        _shape(page.blocks[index].element, ancestor)
        for index in range(inner.start, inner.end)
        if judged.weights[index] >= PROSE * _UNVOTED
    }
    shapes = {shape for shape in shapes if not any(tag == "article" for tag, _ in shape)}
    around = {i: _shape(page.blocks[i].element, ancestor) for i in added}
    return {
        index
        for index, shape in around.items()
        if shape in shapes or any(names_the_locked_part(names_of(name)) for _, name in shape)
    }


def _shape(element: html.HtmlElement, ancestor: html.HtmlElement) -> tuple[tuple[str, str], ...]:
    """Tags and classes (without figures, which count) from an element up to an ancestor; up to the
    root where damaged markup put the element outside of it, and so like nothing inside.
    """
    shape: list[tuple[str, str]] = []
    while element is not None and element is not ancestor:
        shape.append((element.tag, _FIGURES.sub("", element.get("class") or "")))
        element = element.getparent()
    return tuple(shape)


def _is_mere_link(block: PageBlock) -> bool:
    return block.link_share > 0.8 and block.weight < PROSE and block.kind is not Kind.HEADING


def _links_in_a_sentence(block: PageBlock) -> bool:
    """Whether a paragraph with links is a sentence that says something beside them."""
    return (
        block.kind is Kind.PARAGRAPH
        and block.size - block.linked >= _BESIDE
        and _SENTENCE_ENDS.search(block.text) is not None
    )


def _names_who_is_quoted(block: PageBlock, before: PageBlock) -> bool:
    """Whether a short line right below a quotation begins with a dash: "— Jane Doe"."""
    return (
        before.kind is Kind.QUOTE
        and mass(block.text) < _SHORT / 2
        and _ATTRIBUTION.match(block.text) is not None
    )


def _is_info(block: PageBlock) -> bool:
    return (
        block.size < 5 * _SHORT
        and mass(block.text) < _SHORT
        and INFO_LINE.search(block.text.strip()) is not None
    )


def _is_top_line(block: PageBlock) -> bool:
    """Whether a line above the body carries metadata; there, "yesterday" is a date."""
    return _is_info(block) or (block.size < 20 and WHEN.match(block.text.strip()) is not None)


def _inside(judged: _Judged, region: Region) -> list[int]:
    """Blocks of the container without what is not the article."""
    page = judged.page
    indices = [i for i in range(region.start, region.end) if i != page.title]
    prose = [index for index in indices if judged.weights[index] >= PROSE * _UNVOTED]
    if not prose:
        return [index for index in indices if not judged.refused[index]]
    homes = {_home(page, index) for index in prose}
    kept: list[int] = []
    for index in indices:
        block = page.blocks[index]
        if len(block.text) < 80 and index > prose[-1] and PAGES_LINE.search(block.text):
            keep = True
        elif judged.refused[index] or _stands_beside(judged, index, region):
            keep = False
        elif index < prose[0]:
            keep = _is_top_line(block) or (block.kind is Kind.HEADING and block.level > 1)
            keep = keep or _is_second_title(page, index)
            keep = keep or (_opens_text(block) and _home(page, index) in homes)
        elif _is_mere_link(block):
            keep = False
        elif index > prose[-1]:
            home = _home(page, index)  # of an item: its list
            beside = index in judged.voted or home in homes or home.getparent() in homes
            keep = _is_info(block) or (block.link_share < 0.3 and beside)
            keep = keep or (home in homes and _links_in_a_sentence(block))
            keep = keep or _names_who_is_quoted(block, page.blocks[index - 1])
        else:
            keep = True
        if keep:
            kept.append(index)
    return kept


def _stands_beside(judged: _Judged, index: int, region: Region) -> bool:
    """Whether a block that the second opinion refuses stands in a box about the author, or with
    something to see or hear, by the name of the box.
    """
    page, block = judged.page, judged.page.blocks[index]
    if index in judged.voted or not judged.voted or _is_info(block):
        return False
    if block.weight < PROSE and block.kind is not Kind.HEADING:
        return False  # a name, which is a value of the metadata
    most = _SMALL_PART * judged.total(region)
    element = block.element
    while element is not page.body and region != (inner := page.regions[element]):
        names = names_of(f"{element.get('class') or ''} {element.get('id') or ''}")
        if judged.total(inner) > most:
            return False
        if not names.isdisjoint(BESIDE_NAMES):
            return True
        element = element.getparent()
    return False


def _before(judged: _Judged, region: Region) -> list[int]:
    """Metadata lines and a lead that stand between the title and the container."""
    page = judged.page
    if page.title is None or page.title >= region.start:
        return []
    between = range(page.title + 1, region.start)
    front = front_lines(page, between, judged.refused)
    return [
        index
        for index in between
        if index in front
        or (
            not judged.refused[index]
            and (
                _is_top_line(page.blocks[index])
                or _is_second_title(page, index)
                or (
                    page.blocks[index].weight >= PROSE
                    and (index in judged.voted or _is_lead(page, index, region))
                )
            )
        )
    ]


def _opens_text(block: PageBlock) -> bool:
    """Whether a short line may be the first of the text: a salutation, a short sentence."""
    return (
        block.kind is Kind.PARAGRAPH
        and block.link_share == 0
        and block.text.strip()[-1:] in _TEXT_ENDS
    )


def _is_chinese(text: str) -> bool:
    """Whether a headline has more Chinese characters than Latin words, about."""
    return 6 * len(_HAN.findall(text)) > len(text)


def _is_second_title(page: Page, index: int) -> bool:
    """Whether a line below the headline says it in the other language: right below, or among what
    stands between headline and text.
    """
    block = page.blocks[index]
    if page.title is None or not page.title < index <= page.title + _BELOW_TITLE:
        return False
    if block.link_share >= 0.5:
        return False
    title = page.blocks[page.title].text
    if _is_chinese(title) == _is_chinese(block.text) or block.size > _SECOND_TITLE:
        return False
    heading = block.kind is Kind.HEADING and index == page.title + 1
    return heading or translates(title, block.text)


def _is_lead(page: Page, index: int, body: Region) -> bool:
    """Whether a block above the body is the article's lead: by the name of a box around it, or
    because it shares the box of the headline, which the body is outside of, or that of the article.
    """
    block = page.blocks[index]
    if page.title is not None and block.text.strip() == page.blocks[page.title].text.strip():
        return False  # the headline again, for a bar that follows the reader down the page
    element = block.element
    while element is not page.body:
        region = page.regions[element]
        names = names_of(f"{element.get('class') or ''} {element.get('id') or ''}")
        if region.start < body.end and region.end > body.start:
            return element.tag == "article" or names_the_article(names)
        if page.title is not None and region.start <= page.title < region.end:
            return True
        if names_a_lead(names):
            return True
        element = element.getparent()
    return False


def _after(judged: _Judged, region: Region) -> Sequence[int]:
    """Metadata lines that follow the container: editors, sources."""
    page = judged.page
    found: list[int] = []
    for index in range(region.end, min(region.end + _TAIL, len(page.blocks))):
        block = page.blocks[index]
        if block.link_share >= 0.5 or mass(block.text) > _SHORT / 2:
            continue
        near = index < region.end + 6 and not judged.refused[index]
        quoted = index == region.end and _names_who_is_quoted(block, page.blocks[index - 1])
        if EDITOR_LINE.match(block.text.strip()) or (near and _is_info(block)) or quoted:
            found.append(index)
    return found
