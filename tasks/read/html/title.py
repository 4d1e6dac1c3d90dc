"""The headline of a page, and which block shows it.

The head's titles often carry the name of the site (``…_某网``, ``… - The Site``). A part is taken
off only when something proves it: the page shows the rest as a heading, the part is the site's
name, or the separator is one that headlines do not have.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.language.agreement import translates
from tasks.read.html.furniture import TITLE_NAMES, names_of
from tasks.read.html.metadata import PageHead
from tasks.read.html.page import Kind, PageBlock, mass

_SEPARATOR = re.compile(
    r"\s*(?:_|\||｜|»|--|——)\s*|\s+[-–—·•:]\s+|(?<=[^\W\d_a-zA-Z])-(?=[^\W\d_a-zA-Z])"
)
_HARD = re.compile(r"[_|｜»]")
_LONGEST = 200
_SHORTEST, _LONGEST_MASS = 8.0, 60.0  # of a headline above a date, and of that line
_ABOVE_DATE = 0.6  # the score of such a headline
_DAY = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
#: What papers and stations are called.
_PAPER = re.compile(
    r"(?:The )?(?:[A-Z][\w'’&\-]{1,20} ){1,4}(?:News|Times|Post|Herald|Tribune|Gazette|Journal"
    r"|Observer|Chronicle|Courier|Echo|Review|Magazine|Mail|Bulletin|Express|Dispatch|Standard"
    r"|Messenger|Press|Telegraph|Guardian|Examiner|Sentinel|Ledger|Argus|Radio|TV|Star|Mirror"
    r"|Record)(?: Online| Live)?"
    r"|[\u3400-\u9fff]{2,8}(?:日报|晚报|早报|晨报|商报|时报|都市报|新闻网|在线|日報|晚報|新聞網|电视台|广播电台)"
)
_SECTION = re.compile(
    r"(?:(?:[A-Z][a-z]+ )?(?:News|Sports?|Home|Front Page|Opinion|Business|Features?|Archives?)"
    r"|Home ?page|Articles?|Stories|首页|新闻(?:中心|频道)?|要闻|资讯|正文|详情|频道)"
)
_BOTH = 4  # letters of a headline in another language
_SAID = 12  # bytes: what a part of a title says at the least, two or three words


def bare(text: str) -> str:
    """Letters and digits only, width and case folded: what two writings of a title share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def headline(head: PageHead, blocks: Sequence[PageBlock]) -> tuple[str | None, int | None]:
    """The title of the article, and the index of the block that shows it (or None)."""
    claims = [*head.headlines, *([head.page_title] if head.page_title else [])]
    said = [_Claim(bare(claim), _segments(claim)) for claim in claims]
    best: tuple[float, int] | None = None
    for index, block in enumerate(blocks):
        score = _score(block, said)
        if score > 0 and (best is None or score > best[0]):
            best = (score, index)
    above = _above_date(blocks)
    if above is not None and (best is None or best[0] < _ABOVE_DATE):
        best = (_ABOVE_DATE, above)
    if best is not None:
        place = _first_of_two(blocks, best[1], said)
        return " ".join(blocks[place].text.split()), place
    for claim in claims:
        return (None if _is_site(claim) else _without_site(claim, head, blocks)), None
    return None, None


def _is_site(title: str) -> bool:
    """Whether a title of the head is nothing but the names of a paper and its section."""
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    papers = [_PAPER.fullmatch(part) is not None for part in parts]
    return any(papers) and all(
        paper or _SECTION.fullmatch(part) is not None
        for paper, part in zip(papers, parts, strict=True)
    )


def _first_of_two(blocks: Sequence[PageBlock], place: int, claims: Sequence["_Claim"]) -> int:
    """The headline, or the line right above it that says it in the other language, where a title of
    the head holds both.
    """
    if not place or blocks[place - 1].link_share > 0.5:
        return place
    one, other = bare(blocks[place - 1].text), bare(blocks[place].text)
    for claim in claims:
        if len(one) >= _BOTH and one in claim.text and other in claim.text and one not in other:
            return place - 1 if translates(blocks[place - 1].text, blocks[place].text) else place
    return place


def _above_date(blocks: Sequence[PageBlock]) -> int | None:
    """The one heading that stands right above a line with a date; None where several do.

    The title in the head of a page may be no more than its section and site.
    """
    found: list[int] = []
    for index, block in enumerate(blocks[:-1]):
        if block.link_share > 0.5 or not _SHORTEST <= mass(block.text) <= _LONGEST_MASS:
            continue
        names = names_of(f"{block.element.get('class') or ''} {block.element.get('id') or ''}")
        if block.kind is not Kind.HEADING and names.isdisjoint(TITLE_NAMES):
            continue
        below = blocks[index + 1]
        if below.link_share < 0.5 and mass(below.text) < _LONGEST_MASS and _DAY.search(below.text):
            found.append(index)
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A title of the head, bare, and its parts between separators."""

    text: str
    segments: frozenset[str]

    @property
    def openings(self) -> list[str]:
        """The title, and what of it stands before each separator."""
        return [self.text, *(part for part in self.segments if self.text.startswith(part))]


def _segments(title: str) -> frozenset[str]:
    """``title`` cut at each separator in turn: everything before it, and everything after."""
    cuts = list(_SEPARATOR.finditer(title))[:20]
    return frozenset(
        bare(part) for cut in cuts for part in (title[: cut.start()], title[cut.end() :])
    )


def _score(block: PageBlock, claims: Sequence[_Claim]) -> float:
    """How surely a block is the headline: how much it repeats of what the head says, its form."""
    text = bare(block.text) if block.size <= 2 * _LONGEST else ""
    if not 2 <= len(text) <= _LONGEST or block.kind in (Kind.ROW, Kind.CAPTION):
        return 0.0
    shared = 0.0
    for claim in claims:
        if text == claim.text:
            shared = max(shared, 1.0)
        elif text in claim.segments and claim.text.startswith(text):
            shared = max(shared, 0.9)
        elif len(text) >= 4 and text in claim.text:
            # A site's name behind the title is no part of what the heading should say.
            whole = min((part for part in claim.openings if text in part), key=len)
            share = _said(text) / _said(whole)
            shared = max(shared, share * (1.0 if claim.text.startswith(text) else 0.8))
        elif cut := max(
            (_said(part) for part in claim.openings if text.startswith(part)), default=0
        ):
            # For search engines a headline is often cut short, with the site's name behind it.
            if cut >= _SAID:
                shared = max(shared, cut / _said(text))
        elif len(claim.text) >= 8 and claim.text in text:
            shared = max(shared, 0.7 * _said(claim.text) / _said(text))
    names = names_of(f"{block.element.get('class') or ''} {block.element.get('id') or ''}")
    form = 0.0
    if block.kind is Kind.HEADING:
        form = {1: 0.4, 2: 0.25}.get(block.level, 0.1)
    if not names.isdisjoint(TITLE_NAMES):
        form += 0.15
    if block.link_share > 0.5:
        form -= 0.5
    if shared >= 0.35:
        return shared + form
    return 0.0 if claims else max(form - 0.2, 0.0)


def _said(text: str) -> int:
    """How much a text says, whatever its script: its bytes in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def _without_site(title: str, head: PageHead, blocks: Sequence[PageBlock]) -> str:
    """``title`` without the parts at its end that are proven to be the site's.

    A part is the site's when the head says so, when the page shows it alone (a logo, a crumb),
    or when a separator stands before it that headlines do not contain.
    """
    sites = {bare(name) for name in head.site_names}
    shown = {bare(block.text) for block in blocks if len(block.text) < 30}
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or cuts[-1].start() < 4:
            return title
        last = bare(title[cuts[-1].end() :])
        hard = _HARD.search(cuts[-1][0]) is not None
        if not (hard or last in sites or (last and last in shown)):
            return title
        title = title[: cuts[-1].start()].rstrip()
