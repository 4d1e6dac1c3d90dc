"""The parts of a page that are the site's: menus, lists of stories, comments, notices.

Signs: what an element is called, how much of it is links, what heading stands over it, and that
it repeats one pattern (a linked heading and a few words; a name, a time and a remark).
"""

from lxml import html

from tasks.read.html.furniture import (
    AGO,
    RELATED_HEADING,
    is_furniture,
    may_be_furniture,
    names_of,
)
from tasks.read.html.page import Kind, PageBlock, mass
from tasks.read.html.regions import Page, Region

#: Elements with more than this share of the page's prose are never the site's by name or links.
_TOO_MUCH = 0.4
#: When records hold more than this share, and there is no article with a title beside them, the
#: page is a list and they are its content.
_A_LIST_PAGE = 0.9
#: A block is prose from this weight on.
PROSE = 8.0
_RELATED_LENGTH = 60
#: Mass of the shortest headline of another story: three English words and more, or six characters.
_HEADLINE = 6.0
#: A story of a list or a comment has no more blocks.
_LONGEST_RECORD = 12


def refused_blocks(page: Page) -> list[bool]:
    """For each block, whether it is the site's: by its element, its words, its heading."""
    elements = _named(page) | _records(page) | _headed(page)
    inside: set[html.HtmlElement] = set()
    for element in page.elements:
        if element in elements or element.getparent() in inside:
            inside.add(element)
    refused: list[bool] = []
    listing = False  # below a heading such as "related stories", beside it and not in a box
    for block in page.blocks:
        heading = _heads_a_list(block)
        if heading:
            # In a box of its own the list ends with the box: what stands below is judged alone.
            listing = listing or block.element not in inside
        elif block.weight >= 3 * PROSE and block.link_share < 0.3:
            listing = False
        refused.append(
            block.element in inside
            or heading
            or (listing and (block.link_share > 0.3 or block.weight < PROSE))
            or block.notice
        )
    return refused


def _heads_a_list(block: PageBlock) -> bool:
    text = block.text.strip()
    return (
        len(text) < _RELATED_LENGTH
        and block.kind is not Kind.ROW
        and RELATED_HEADING.fullmatch(text) is not None
    )


def _named(page: Page) -> set[html.HtmlElement]:
    """Elements that are the site's by tag, role or name, and lists of links."""
    most = _TOO_MUCH * page.weight(page.regions.get(page.body, Region(0, 0)))
    found: set[html.HtmlElement] = set()
    for element, region in page.regions.items():
        weight = page.weight(region)
        if element is page.body or weight > most:
            continue
        names = names_of(f"{element.get('class') or ''} {element.get('id') or ''}")
        links = page.link_share(region)
        if (
            is_furniture(element.tag, element.get("role") or "", names)
            or (may_be_furniture(names) and (links > 0.3 or weight < PROSE))
            or (links > 0.6 and region.end - region.start >= 3 and weight < 2 * PROSE)
        ):
            found.add(element)
    return found


def _records(page: Page) -> set[html.HtmlElement]:
    """Elements that repeat one pattern of a list of stories or of comments."""
    found: set[html.HtmlElement] = set()
    for parent in page.regions:
        # Alike by name, or by what is in them where every one has a name of its own.
        alike: dict[tuple[object, ...], list[html.HtmlElement]] = {}
        for child in parent:
            if child in page.regions:
                parts = tuple(part.tag for part in child[:8])
                alike.setdefault((child.tag, child.get("class") or ""), []).append(child)
                alike.setdefault((child.tag, *parts), []).append(child)
        for children in alike.values():
            if len(children) < 2:
                continue
            records = [child for child in children if _is_record(page, child)]
            if len(records) >= max(2, 0.6 * len(children)):
                found.update(records)
    covered = {
        index
        for element in found
        for index in range(page.regions[element].start, page.regions[element].end)
    }
    whole = sum(block.weight for block in page.blocks)
    left = sum(block.weight for i, block in enumerate(page.blocks) if i not in covered)
    an_article = page.title is not None and page.title not in covered and left > 2 * PROSE
    return found if an_article or left > (1 - _A_LIST_PAGE) * whole else set()


def _is_record(page: Page, element: html.HtmlElement) -> bool:
    """Whether an element is one story of a list (its heading a link), or one comment."""
    region = page.regions[element]
    if page.title is not None and region.start <= page.title < region.end:
        return False
    if region.end - region.start > _LONGEST_RECORD:
        return False
    if element in page.buttons:
        return True
    blocks = page.blocks[region.start : region.end]
    if len(blocks) < 2:
        return False
    first = blocks[0]
    if first.link_share > 0.7 and first.weight < PROSE:
        return True
    return any(mass(block.text) < 20 and AGO.search(block.text) for block in blocks)


def _headed(page: Page) -> set[html.HtmlElement]:
    """Boxes that begin with a heading such as "related stories" or "comments"."""
    found: set[html.HtmlElement] = set()
    most = _TOO_MUCH * page.weight(page.regions.get(page.body, Region(0, 0)))
    for index, block in enumerate(page.blocks):
        if not _heads_a_list(block):
            continue
        # Prose after the title and before the heading: the article is there, not in the box.
        after_article = page.title is not None and (
            page.title < index and page.weight(Region(page.title + 1, index)) >= PROSE
        )
        box = block.element
        while box is not page.body and (parent := box.getparent()) is not page.body:
            region = page.regions[parent]
            holds_title = page.title is not None and region.start <= page.title < region.end
            too_much = not after_article and page.weight(region) > most
            whole = _lists_stories(page, page.regions[box])
            more = Region(page.regions[box].end, region.end)
            if region.start != index or holds_title or too_much:
                break
            if whole and page.weight(more) >= 3 * PROSE and page.link_share(more) < 0.3:
                break  # the list was complete, and the text goes on beside it
            box = parent
        region = page.regions[box]
        if box is not page.body and region.start == index and region.end > index + 1:
            found.add(box)
    return found


def _lists_stories(page: Page, region: Region) -> bool:
    """Whether headlines that are links stand in a region, two or more, and no prose."""
    blocks = page.blocks[region.start : region.end]
    headlines = sum(block.link_share > 0.7 and mass(block.text) >= _HEADLINE for block in blocks)
    return headlines >= 2 and page.weight(region) < 3 * PROSE
