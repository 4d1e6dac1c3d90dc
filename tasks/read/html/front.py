"""Front matter between headline and body that its form alone does not show.

A date in several elements, the names in the box of the date, and a date in a box that is called
after something else (the buttons beside it).
"""

import re
from collections.abc import Sequence

from tasks.read.html.furniture import names_of
from tasks.read.html.page import Kind, PageBlock, mass
from tasks.read.html.regions import Page, Region

#: A day with its year at the start of a line, or the time behind a day.
_DAY = re.compile(r"\W{0,3}(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_MONTH_AND_DAY = re.compile(r"\d{1,2}\s?[-/.月]\s?\d{1,2}日?")
_DATED = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|(?<![\d:])\d{1,2}:\d{2}(?!\d)"
)
#: The form of a paper's or agency's name, and of a byline; of any other line nobody would know
#: whether it is a name.
_NAMED = re.compile(
    r"[\u3400-\u9fff](?:社|报|報|网|網|台|刊|新闻|新聞|杂志|雜誌|客户端|客戶端|传媒|傳媒|频道|頻道)\Z"
    r"|记者|記者|编辑|編輯|[\u3400-\u9fff]\s?[/／]\s?[\u3400-\u9fff]"
)
_AUTHOR_NAME = frozenset(("author", "name"))
_CHINESE_NAME = re.compile(r"(?=.*[\u3400-\u9fff])[\w·]{2,12}")
_SENTENCE_ENDS = tuple("。！？!?；;，,：:、…")
#: So many lines below the headline its date may stand in a box of another name.
_NEAR = 3
_LONGEST = 40.0  # mass of such a line
_NAME = 16.0  # mass of a name beside a date
_MOST_FIELDS = 4  # lines of a box of front matter


def front_lines(page: Page, between: Sequence[int], refused: Sequence[bool]) -> set[int]:
    """Lines between headline and body that are front matter by what stands beside them.

    ``between``: the places of the blocks below the headline and above the body. ``refused``: for
    each block of the page, whether it is the site's.
    """
    found: set[int] = set()
    for index in between:
        block = page.blocks[index]
        text = block.text.strip()
        near = page.title is not None and index <= page.title + _NEAR
        if refused[index]:
            if near and mass(text) <= _LONGEST and _DAY.match(text) and block.link_share < 0.5:
                found.add(index)
        elif _YEAR.fullmatch(text) and index + 1 in between:
            below = page.blocks[index + 1].text.strip()
            if _MONTH_AND_DAY.fullmatch(below) and not refused[index + 1]:
                found.update((index, index + 1))
        elif mass(text) <= _LONGEST and _DATED.search(text):
            found.update(_names_beside(page, index, between, refused))
    return found


def _names_beside(
    page: Page, dated: int, between: Sequence[int], refused: Sequence[bool]
) -> list[int]:
    """The names in the box of a line with a date, when front matter is all there is in it."""
    element = page.blocks[dated].element
    parent = element if element is page.body else element.getparent()
    box = page.regions.get(parent, Region(dated, dated + 1))
    if page.title is not None and box.start <= page.title < box.end:
        box = Region(page.title + 1, box.end)
    if box.end - box.start > _MOST_FIELDS or box.end > between[-1] + 1:
        return []
    if any(page.blocks[i].weight >= _LONGEST for i in range(box.start, box.end)):
        return []
    return [
        index
        for index in range(box.start, box.end)
        if index != dated and not refused[index] and _may_be_name(page.blocks[index])
    ]


def _may_be_name(block: PageBlock) -> bool:
    text = block.text.strip()
    return (
        block.kind in (Kind.PARAGRAPH, Kind.ITEM)
        and mass(text) <= _NAME
        and "\n" not in text
        and _NAMED.search(text) is not None
        and not text.endswith(_SENTENCE_ENDS)
    )


def author_above(page: Page, article: Sequence[PageBlock]) -> str | None:
    """The Chinese name between headline and text whose element is called the author's name."""
    if page.title is None or not article:
        return None
    inside = {id(block) for block in article if mass(block.text) > _LONGEST}
    for block in page.blocks[page.title + 1 :]:
        if id(block) in inside:
            break
        for element in block.element.iter():
            names = names_of(f"{element.get('class') or ''} {element.get('id') or ''}")
            text = "".join(element.itertext()).strip()
            if names >= _AUTHOR_NAME and _CHINESE_NAME.fullmatch(text):
                return text
    return None
