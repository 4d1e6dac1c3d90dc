"""Which lines below the end of an article go: short ones all, sentences with proof only."""

import re
from collections.abc import Container, Sequence

from models.records import RemovalReason
from tasks.blocks.prose import mostly_chinese, weight
from tasks.clean.coverage import Sure
from tasks.clean.wording import furniture_odds
from tasks.language.agreement import translates
from tasks.zones.evidence import Body
from tasks.zones.items import Item
from tasks.zones.shapes import Shape
from tasks.zones.tail import Ended

_SENTENCE = 1.5  # margin from which on also a sentence goes
_PROOF = 2  # lines of furniture between the article and a sentence that goes
_PROVEN = 3  # so many that less of a margin is enough
_LATE, _LATE_SPEECH = 0.5, 1.0
_LONG = 150  # weight of a paragraph that needs such proof, whatever it says
_HEADING = 2  # lines above a sentence that may be its heading
_MARK = 2  # items at the end of the article among which its mark stands
_SOON = 2  # items
_STOPS = frozenset("。！？.!?")
_COMMENT = 400  # weight
_WORDED = 0.7  # log odds from which on the wording of a line is a site's
_BESIDE = 3.5  # and one right below the article, or whose words the article says
_TOLD = 0.25
_BELOW, _ABOUT = "below_article", "about_article"
_DAY = re.compile(
    r"(?:19|20)\d\d\s?(?:年|[./\-])\s?\d{1,2}\s?(?:月|[./\-])\s?\d{1,2}\s?日?"
    r"|[二〇零○一九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    r"|(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]{2,8}\.?,? (?:\d{1,2}(?:st|nd|rd|th)?,? )?20\d\d"
)
_NAME_JOINERS = frozenset(("of", "and", "the", "for", "&"))
_LONGEST_NAME = 60


def lines_below(items: Sequence[Item], ended: Ended, body: Body) -> dict[int, str]:
    """The places of the blocks below the article that go, and the names of the rules."""
    out: dict[int, str] = {}
    above: list[int] = []  # short lines right above a sentence: its heading
    proven = 0  # items between the article and the line that are furniture beyond doubt
    beside = True  # whether nothing but sentences stand between the line and the article
    signed = _signature(items, ended.at)
    ended_by_mark = any(item.ends for item in items[ended.at : ended.at + _MARK])
    for at in range(ended.at, len(items)):
        item = items[at]
        if item.block is None or item.front:
            proven += 1 + item.closes
            beside = False
            above = []
            continue
        if at < signed:
            continue
        shape = body.shape(item.place)
        if not shape.sentence:
            beside = False
            marks = shape.bare or shape.technical or shape.address or shape.words is not Sure.NO
            proven += marks
            if not marks or shape.end == "comma":  # a comma: the next line is of its sentence
                above.append(item.place)
            out[item.place] = _ABOUT if shape.about else _BELOW
            continue
        if _says_the_last(items, at, ended.at):
            above = []
            continue
        least = _least(shape, body.share(item.text), proven, beside=beside)
        asks = shape.about or (
            shape.size < _LONG
            and (shape.address or shape.technical or furniture_odds(item.text) >= _WORDED)
        )
        if not beside and (ended_by_mark or (asks and proven >= _PROOF and _alone(items, at, out))):
            least = min(least, _LATE)
        elif shape.address and shape.words is not Sure.NO and _is_above_furniture(items, at):
            least = _LATE
        elif not beside and _is_poll(items, at, body):
            least = min(least, _SENTENCE)
        goes = ended.margin[at] >= least and (asks or proven >= _PROOF)
        if goes or (proven >= _PROVEN and _between_comments(items, at, out)):
            out[item.place] = _ABOUT if shape.about else _BELOW
        elif len(above) <= _HEADING:
            out = {place: rule for place, rule in out.items() if place not in above}
        above = []
    return out


def _says_the_last(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether a sentence translates the last one of the article: the end of a page in both
    languages.
    """
    text = items[at].text
    last = next((item.text for item in reversed(items[:end]) if item.block is not None), "")
    if not last or at - end > _SOON or mostly_chinese(text) == mostly_chinese(last):
        return False
    return last[-1] in _STOPS and text[-1] in _STOPS and translates(last, text)


def _least(shape: Shape, share: float | None, proven: int, *, beside: bool) -> float:
    """The margin from which on a sentence below the article goes."""
    if shape.about or shape.dense:
        return _LATE
    if beside or (share is not None and share >= _TOLD):
        return _BESIDE
    if proven < _PROVEN or shape.size >= _LONG:
        return _SENTENCE
    return _LATE_SPEECH if shape.speech else _LATE


def _alone(items: Sequence[Item], at: int, gone: Container[int]) -> bool:
    """Whether furniture stands right above a line and soon below it, or the page ends there."""
    above = items[at - 1]
    if above.block is not None and above.place not in gone:
        return False
    below = items[at + 1 : at + 1 + _SOON]
    return not below or any(item.block is None for item in below)


def _is_above_furniture(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].block is None


def _is_poll(items: Sequence[Item], at: int, body: Body) -> bool:
    """Whether a line asks its reader something, and what stands below it is no sentence."""
    shape, below = body.shape(items[at].place), items[at + 1 : at + 2]
    if shape.end != "ask" or not shape.address or shape.size >= _LONG:
        return False
    return all(item.block is None or not body.shape(item.place).sentence for item in below)


def _between_comments(items: Sequence[Item], at: int, gone: Container[int]) -> bool:
    """Whether furniture stands around a line, one of it a comment's: then the line is another."""
    around = (*items[at - _SOON : at], *items[at + 1 : at + 1 + _SOON])
    if not _alone(items, at, gone) or weight(items[at].text) > _COMMENT:
        return False
    return any(item.reason is RemovalReason.COMMENT for item in around)


def _signature(items: Sequence[Item], at: int) -> int:
    """The first item below the signature of a notice: who gives it, and the day."""
    for size in (2, 3):
        lines = [item for item in items[at : at + size] if item.block is not None]
        if len(lines) < size:
            break
        *names, day = [line.text for line in lines]
        if _DAY.fullmatch(day) and all(map(_is_name, names)):
            return at + size
    return at


def _is_name(text: str) -> bool:
    """Whether a line may be the name of who gives a notice: no digits, no marks, few words."""
    if len(text) > _LONGEST_NAME or any(ch.isdigit() or ch in ",.:：，。、" for ch in text):
        return False
    return all(not "a" <= word[0] <= "z" or word in _NAME_JOINERS for word in text.split())
