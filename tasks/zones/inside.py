"""Lines of the site that are set into the text: between two paragraphs, of another form than they.

Paragraphs of a text end like sentences. A line that does not, and is no heading, is odd there; it
goes when it speaks to the reader, has the marks of an advertisement, or is no more than a count.
"""

import re
from collections.abc import Container, Sequence

from models.records import BlockKind
from tasks.blocks.prose import BODY_WEIGHT, weight
from tasks.clean.coverage import Sure, density, is_speech, worded
from tasks.clean.wording import furniture_odds
from tasks.language.agreement import translates
from tasks.zones.evidence import Body
from tasks.zones.items import Item
from tasks.zones.sayings import saying, says
from tasks.zones.shapes import addresses, ending, is_bare, is_row, is_sentence

#: Headings of reports that are words of sites, too.
_SECTIONS = frozenset(
    (
        *("discussion", "prices", "recommendations", "results", "summary"),
        *("回应", "回應", "声音", "聲音", "数据", "數據", "观点", "觀點"),
    )
)
_HEADING = 60  # weight up to which a line may be a heading
_ODD = 2.0  # evidence that makes a line one of the site
_WELL_ENDED = 5  # of six paragraphs so many must end like sentences
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_AGAIN = re.compile(r"(\S.{2,30}?)(?:\s{1,4}\1){2,8}")
_IN_BRACKETS = re.compile(r"[\[【〔(（][^\[\]【】〔〕()（）]{8,}[\])）】〕]")
_BRACKETS = frozenset("[【〔(（")
_RUN = 2  # headlines that make a list
_SHORTEST, _LONGEST = 12, 120  # weights of a headline
_UNTOLD = 0.17
_HEADLINE_WORDS, _HEADLINE = 3, 15  # words; weight
_LABELLED = re.compile(r"(?P<label>[^:：|｜,，.。]{2,40}?)\s?[:：|｜]\s?(?P<headline>.{8,160})")
_STOP = re.compile(r"[.。!！?？]")
_DENSE = 0.3
_TOLD = 0.3
_LONGEST_REQUEST = 200  # weight
_SENTENCE = re.compile(r"[^.。!！?？]{15,400}(?:\.(?=\s)|。(?=.))")
_SENTENCE_WEIGHT = 30
#: Log odds from which on the wording of a line is a site's, and of one that may be a heading.
_WORDED, _SURELY_WORDED = 0.4, 1.2
_NUMBERED = 3  # lines of numbers or times that may be those of sections


def lines_inside(items: Sequence[Item], body: Body, end: int) -> list[int]:
    """The places of lines of the site between the first and the last paragraph above ``end``."""
    places = [at for at, item in enumerate(items[:end]) if _is_paragraph(item)]
    if len(places) < 2:
        return []
    well = [at for at in places if is_sentence(body.ending(items[at].place))]
    if not well or len(well) * 6 < len(places) * _WELL_ENDED:
        return []
    counts = sum(is_bare(item.text) for item in items[:end])
    out: list[int] = []
    for at in range(places[0] + 1, min(end, len(items))):
        item = items[at]
        if item.block is None or item.front or item.marked:
            continue
        if at < well[0] and items[at + 1].front:  # the headline, below a long menu
            continue
        if _goes(items, at, body, counts, out) and not _is_translated(items, at, body, counts, out):
            out.append(item.place)
    return [*out, *_lists(items, body, range(places[0], min(end, len(items))), out)]


def _lists(items: Sequence[Item], body: Body, where: range, gone: Container[int]) -> list[int]:
    """Runs of headlines right below furniture that the text says nothing of."""
    out: list[int] = []
    at, end = where.start, where.stop
    while at < end:
        run = at
        below_furniture = items[at - 1].block is None or items[at - 1].place in gone
        while below_furniture and run < end and _is_headline(items[run], body):
            run += 1
        if run - at >= _RUN:
            out += [item.place for item in items[at:run]]
        at = max(run, at + 1)
    return out


def _is_headline(item: Item, body: Body) -> bool:
    block = item.block
    if block is None or item.front or item.marked or block.label is not None:
        return False
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or is_row(item.text):
        return False
    if not _SHORTEST <= weight(item.text) <= _LONGEST or body.ending(item.place) not in (
        "open",
        "ask",
    ):
        return False
    return not body.shape(item.place).speech and (body.share(item.text) or 0.0) < _UNTOLD


def _is_paragraph(item: Item) -> bool:
    if item.block is None or item.front:
        return False
    return item.block.label is not None or weight(item.text[:BODY_WEIGHT]) >= BODY_WEIGHT


def _goes(items: Sequence[Item], at: int, body: Body, counts: int, gone: Container[int]) -> bool:
    item = items[at]
    block, text = item.block, item.text
    if block is None or block.label is not None or is_row(text):
        return False
    if block.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM, BlockKind.CAPTION):
        return False
    if is_bare(text):
        return counts < _NUMBERED and not _beside_bare(items, at)
    if saying("set_in").fullmatch(text) is not None:
        return True
    end = body.ending(item.place)
    if is_sentence(end) or end == "colon":
        in_brackets = text[0] in _BRACKETS and _IN_BRACKETS.fullmatch(text) is not None
        if end == "quote" and weight(text) <= _LONGEST and _STOP.search(text) is None:
            return _is_offer(text, body.share(text))  # it ends with a name
        if not addresses(text):
            return in_brackets and density(text) >= _DENSE
        shape = body.shape(item.place)
        if says("appeal", text) and not is_speech(text):
            return (body.share(text) or 0.0) < _TOLD
        if shape.dense and (body.share(text) or 0.0) < _UNTOLD:
            return shape.size <= _LONGEST_REQUEST and saying("request").match(text) is not None
        return in_brackets and (
            density(text) > 0.0
            or shape.about
            or shape.technical
            or saying("request").match(text) is not None
        )
    shape = body.shape(item.place)
    if _AGAIN.fullmatch(text) is not None:
        return True
    if _is_link(items, at) or _is_heading_of_furniture(items, at, gone):
        return True
    if text[-1] in "，、" and not says("appeal", text) and _text_follows(items, at):
        return False  # a sentence goes on in the next line
    score = 0.0
    if shape.size >= _HEADING or shape.end in ("comma", "cut"):
        score += 1.0
    score += 1.0 * shape.address + 1.0 * shape.technical + 1.0 * bool(_EMOJI.search(text))
    score += 1.5 * (shape.words is not Sure.NO or worded(text) is not Sure.NO)
    score += 1.5 * (says("appeal", text))
    may_be_heading = shape.size < _HEADING and _text_follows(items, at)
    if may_be_heading and text.lower() in _SECTIONS:
        return False
    score += 1.5 * (furniture_odds(text) >= (_SURELY_WORDED if may_be_heading else _WORDED))
    share = body.share(text)
    score += 0.5 * (share is not None and share < _UNTOLD) + 1.5 * _is_offer(text, share)
    score -= 2.0 * is_speech(text) + 1.0 * _states(text)
    return score >= _ODD


def _is_translated(
    items: Sequence[Item], at: int, body: Body, counts: int, gone: Container[int]
) -> bool:
    """Whether a line says in the other language what a line of the text beside it says."""
    text = items[at].text
    for beside in (at - 1, at + 1):
        other = items[beside] if 0 <= beside < len(items) else None
        if other is None or other.block is None or other.front or other.place in gone:
            continue
        if translates(text, other.text) and not _goes(items, beside, body, counts, gone):
            return True
    return False


def _states(text: str) -> bool:
    """Whether a whole sentence that speaks of things, not to the reader, stands in a line.

    It is a paragraph then that lost its last stop, or has a heading of the text at its end.
    """
    found = (match[0] for match in _SENTENCE.finditer(text))
    return any(weight(one) >= _SENTENCE_WEIGHT and not addresses(one) for one in found)


def _text_follows(items: Sequence[Item], at: int) -> bool:
    below = items[at + 1 : at + 2]
    return all(item.block is not None and not item.front for item in below) and bool(below)


def _is_offer(text: str, share: float | None) -> bool:
    """Whether a line sells something that the text says nothing of."""
    if share is not None and share >= _UNTOLD:
        return False
    return saying("offer", any_case=False).search(text) is not None and not is_speech(text)


def _is_link(items: Sequence[Item], at: int) -> bool:
    """Whether a line between paragraphs is a headline with a label of furniture's words before it.

    (``What to read next: How the valley was flooded``.) Lines with labels in turn are a list.
    """
    text = items[at].text
    found = _LABELLED.fullmatch(text)
    if found is None or not _may_be_headline(found["headline"]):
        return False
    beside = (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
    if any(map(_is_labelled, beside)):
        return False
    label = found["label"]
    return worded(label) is not Sure.NO or saying("pointer").fullmatch(label) is not None


def _is_heading_of_furniture(items: Sequence[Item], at: int, gone: Container[int]) -> bool:
    """Whether a line stands right between furniture: below a heading of the text stands text."""
    above, below = items[at - 1], items[at + 1 : at + 2]
    if (above.block is not None and above.place not in gone) or above.may_be_inside:
        return False
    return all(item.block is None and not item.may_be_inside for item in below)


def _is_labelled(item: Item) -> bool:
    return _LABELLED.fullmatch(item.text) is not None and not is_sentence(ending(item.text))


def _may_be_headline(text: str) -> bool:
    """Whether what stands behind a label is long enough for a headline, and begins like one."""
    if text.isascii():
        return len(text.split()) >= _HEADLINE_WORDS and not text[0].islower()
    return weight(text) >= _HEADLINE


def _beside_bare(items: Sequence[Item], at: int) -> bool:
    """Whether a line without words stands beside a row, an item, or another such line."""
    for other in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2]):
        if other.block is None:
            continue
        if other.block.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) or is_row(other.text):
            return True
        if is_bare(other.text):
            return True
    return False
