"""The form of a line: how it ends, how long it is, whom it speaks to.

Nothing here knows whole wordings; :mod:`tasks.clean` does.
"""

import re
from dataclasses import dataclass

from models.records import DraftBlock
from tasks.blocks.prose import weight
from tasks.blocks.signs import any_part
from tasks.clean.coverage import Sure, density, is_speech
from tasks.clean.forms import bare_line
from tasks.clean.requests import edge_form
from tasks.zones.quick import any_word
from tasks.zones.sayings import says

_CLOSERS = "\"'”’」』)）】》]"
_QUOTE_CLOSERS = frozenset('"”’」』')
_OPENERS = frozenset("“‘「『")
_STOPS = frozenset("。.…；")
_ENDS = {
    **dict.fromkeys(_STOPS, "stop"),
    **dict.fromkeys("!！?？", "ask"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(",，、;", "comma"),
}
_QUOTE = re.compile(r"[“”「」『』]|\"[^\"]{8,}\"|[:：,，]\s?[\"“「]")
_QUOTE_MARK = re.compile('[“”「」『』"]')  # without one there is no quotation
#: Whom a line speaks to, or who speaks: readers, and the people of the site.
_ADDRESS = any_word(
    (
        *("you", "your", "yours", "we", "us", "our", "ours", "please"),
        *("reader", "readers", "subscriber", "subscribers", "member", "members"),
    )
)
_CHINESE_ADDRESS = any_part(
    (
        *(
            "您",
            "你",
            "我们",
            "我們",
            "咱们",
            "本站",
            "本网",
            "本網",
            "本报",
            "本報",
            "本刊",
            "本社",
        ),
        *(
            "本台",
            "本文",
            "此文",
            "本篇",
            "敬请",
            "敬請",
            "欢迎",
            "歡迎",
            "请勿",
            "谢绝",
            "小编",
            "小編",
        ),
        "侵权",
    )
)
#: Of copies news tells, too: ``(?<!的)(?:转载|轉載|原创)``, begun by one set.
_COPIES = re.compile(r"[转轉原](?<!的.)(?:(?<=转)载|(?<=轉)載|(?<=原)创)(?!.{0,20}[了过過着])")
#: Addresses, handles, signs of rights: what a story seldom has. The first character is looked for,
#: then what stands around it.
_SIGNS = "©®™#＃→➜»›☕🔔🎧👉👇⬇📱"
_TECHNICAL = re.compile(
    rf"[{_SIGNS}@.:：](?:(?<=[{_SIGNS}])|(?<=https:)|(?<=http:)|(?<=www\.)|(?<=@)(?<![^\w\s]@)\w"
    r"|(?<=\.)(?:com|cn|net|org|example)\b|(?<=[:：])\s?\d[\d\- ]{6})",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"。|[a-z\d”\"][.!?]”? [“\"]?[A-Z]")
#: A name: ``Dana K.``
_INITIAL = re.compile(r"[A-Z]\w{1,20} [A-Z]\.")
_LONGEST_INITIAL = 24
#: A remark in brackets behind a sentence: ``(AP)``, ``（完）``.
_LONGEST_REMARK = 43
_LONGEST_NOTE = 6
_REMARK = re.compile(r"\s?[(（【\[][^()（）【】\[\]]{1,40}[)）】\]]\Z")
#: The number of a footnote right behind the end of a sentence: ``the town.2``.
_NOTE = re.compile(r"(?<=[^\W\d][.!?。！？])[\"”’]?\d{1,2}\Z")
#: A name and at least two numbers (with units of up to four letters) and nothing behind them.
_ROW = re.compile(
    r"(?!.*(?:19|20)\d\d\s?[年./\-])[^\d,.:：]{1,60}?"
    r"(?:\s{1,8}[+\-−$€£¥]?\d(?:[\d,.]{0,14}\d)?[%\w°]{0,4}){2,12}"
)
_LONGEST_ROW = 60 + 12 * 29  # characters of that
#: Whose words they are, behind the mark that closes them: ``…。”——某某``.
_WHOSE = re.compile(r"[”」』\"][。.！!？?]?\s?[—–]{1,2}\s?[^\s—–，。！？,!?]{2,16}\Z")
_LONGEST_WHOSE = 24
_ROW_ENDS = frozenset("%°_")  # how it may end, but for letters and digits
_LONGEST = 300  # weight of a sentence of the site
_DENSE = 0.2
_UNIT = "[kKwWxmsh万千时分秒]|小时|分钟|min(?:ute)?s?|secs?|hours?"
_NOT_WORDS = re.compile(
    rf"(?=.{{0,24}}\Z)(?:[\d\s.,:：/／+\-−–—%％×·|]|(?<=[\d\s])(?:{_UNIT})){{1,24}}"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a line."""

    size: int  # weight
    end: str  # see ``ending``
    speech: bool  # quotation marks, or a verb of saying
    address: bool  # it speaks to its reader, or of the site
    technical: bool  # an address, a handle, a sign
    bare: bool  # no words: a number, a time, a count
    words: Sure  # how much of it the vocabulary of furniture covers
    dense: bool  # much of it is of that vocabulary, and it speaks to its reader
    about: bool  # it speaks of the text itself: its origin, its rights, its mistakes

    @property
    def sentence(self) -> bool:
        """Whether the line ends like a sentence of a text."""
        return is_sentence(self.end)


def shape_of(block: DraftBlock) -> Shape:
    """The form of a block's line."""
    text = block.text.text
    bare = bare_line(text) or text
    size = weight(text)
    speech = is_speech(text)
    # A long paragraph is no line of the site, whatever stands in it.
    address = size <= _LONGEST and is_address(text)
    short = size <= _LONGEST and not speech
    return Shape(
        size=size,
        end=ending(text),
        speech=speech or _quotes(text),
        address=address,
        technical=size <= _LONGEST and _TECHNICAL.search(text) is not None,
        bare=is_bare(text),
        words=edge_form(bare.lower(), bare) if block.label is None else Sure.NO,
        dense=short and address and density(text) >= _DENSE,
        about=short and (says("about", text) or says("appeal", text)),
    )


def _quotes(text: str) -> bool:
    return _QUOTE_MARK.search(text) is not None and _QUOTE.search(text) is not None


def is_address(text: str) -> bool:
    """Whether a line speaks to its reader, or of the site.

    >>> is_address("Tell us what you think"), is_address("The US bus was late")
    (True, False)
    """
    if any(found[0] != "US" or text.isupper() for found in _ADDRESS.finditer(text)):
        return True
    return not text.isascii() and (
        _CHINESE_ADDRESS.search(text) is not None or _COPIES.search(text) is not None
    )


def ending(text: str) -> str:
    """How a line ends: "stop", "ask" (as a question or exclamation), "quote", "colon", "comma",
    "cut" (other sentences stand before a stretch without an end) or "open".

    >>> ending("The river rose. (AP)"), ending("Who owns a pier?"), ending("A living will")
    ('stop', 'ask', 'open')
    >>> ending("“我们回来了。”——老渡口的人"), ending("“我们回来了。“")
    ('quote', 'stop')
    """
    if len(text) > _LONGEST_INITIAL and text[-1] in _STOPS:
        return "stop"  # as nearly always
    if _INITIAL.fullmatch(text) is not None:
        return "open"
    remark = _REMARK.search(text, max(0, len(text) - _LONGEST_REMARK))
    text = text[: remark.start()] or text if remark is not None else text
    note = _NOTE.search(text, max(0, len(text) - _LONGEST_NOTE))
    text = text[: note.start()] if note is not None else text
    core = text.rstrip(_CLOSERS + " ")
    if core[-1:] in _OPENERS and core[-2:-1] in _ENDS:  # a quotation mark turned the wrong way
        core = core[:-1]
    end = _ENDS.get(core[-1:], "")
    if end == "ask" and _INNER_STOP.search(core) is not None:
        return "stop"
    if end:
        return end
    if len(core) < len(text.rstrip()) and text.rstrip()[-1] in _QUOTE_CLOSERS:
        return "quote"
    if _WHOSE.search(text, max(0, len(text) - _LONGEST_WHOSE)) is not None:
        return "quote"
    return "cut" if _INNER_STOP.search(core) is not None else "open"


def addresses(text: str) -> bool:
    """Whether a line is short enough for the site, and speaks to its reader or of the site."""
    return weight(text) <= _LONGEST and is_address(text)


def is_sentence(end: str) -> bool:
    """Whether an ending is one of a sentence."""
    return end in ("stop", "ask", "quote")


def is_bare(text: str) -> bool:
    """Whether a line has no words: a number, a time, a count.

    >>> is_bare("0:42"), is_bare("8 分 42 秒"), is_bare("42 men")
    (True, True, False)
    """
    return _NOT_WORDS.fullmatch(text) is not None


def is_row(text: str) -> bool:
    """Whether a line looks like the row of a table: words, and then two numbers or more.

    >>> is_row("Butter 12 4.10"), is_row("May 12, 2024")
    (True, False)
    """
    if len(text) > _LONGEST_ROW or not (text[-1:].isalnum() or text[-1:] in _ROW_ENDS):
        return False
    return _ROW.fullmatch(text) is not None
