"""One line of furniture in both languages: a button, a menu, a link."""

import re
from collections.abc import Callable

from tasks.clean.coverage import Sure, worded
from tasks.clean.verdict import Verdict
from tasks.language.agreement import translates

VerdictOf = Callable[[str], Verdict | None]

#: Decoration around a line; full stops are not in it, they say that a line is a sentence.
DECORATION = (
    " \t\u3000\xa0()（）[]【】〔〕<>《》〈〉«»‹›{}|｜*#>→←↑↓▶▷►◀▼▲△▽●○•·◆◇■□★☆※✦✧"
    "👉👈👇👆📱🔗📢📣🔥❤✅☞☛➡⬇⬆⬅"
    "\"'“”‘’「」『』_~—–=+\\\ufe0f"
)
_LATIN_AND_HAN = re.compile(
    r"(?=.{0,160}[\u3400-\u9fff])(?:(?P<before>[^a-z:：]{2,60}?)(?P<english>[a-z][^\u3400-\u9fff:：]{3,80})"
    r"|(?P<first>[a-z][^\u3400-\u9fff:：]{3,80})(?P<after>[\u3400-\u9fff][^a-z:：]{0,60}))(?P<rest>[:：].{2,160})?"
)
_HAN_PART = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff，。！？、“”《》…]*")
_LATIN_PART = re.compile(r"[a-z][a-z'’&.,!?]*(?: [a-z&][a-z'’&.,!?]*)*")
#: How long a recording is, with the sign of a player.
_LENGTH = re.compile(r"[▶►🔊🎧▷(（\[]*\s?\d{1,2}:\d\d(?::\d\d)?[)）\]]?")
_SPACES = re.compile(r"\s+(?=[:：\s])|\s{2,}")
_LONGEST_BOTH = 200


def in_both_languages(bare: str, verdict_of: VerdictOf) -> Verdict | None:
    """What a line (in small letters) that holds both languages is, by what ``verdict_of`` says of
    the Chinese and the English in it.
    """
    if bare.isascii():
        return None
    found = _by_halves(bare, verdict_of) or _by_parts(bare, verdict_of)
    without = _LENGTH.sub(" ", bare).strip(DECORATION)
    return found if found or without in ("", bare) else _by_halves(without, verdict_of)


def _by_parts(bare: str, verdict_of: VerdictOf) -> Verdict | None:
    """Several words of furniture, each in two languages (``首页 Home | 新闻 News``): what is left
    in either language is furniture, or in one and the other translates it.
    """
    if len(bare) > _LONGEST_BOTH or bare[-1] in "。；;":
        return None
    if len(_HAN_PART.findall(bare)) < 2 or len(_LATIN_PART.findall(bare)) < 2:
        return None
    chinese = _SPACES.sub(" ", _LATIN_PART.sub(" ", bare)).strip(DECORATION)
    english = _SPACES.sub(" ", _HAN_PART.sub(" ", bare)).strip(DECORATION)
    one, other = verdict_of(chinese), verdict_of(english)
    known = one or other
    if known is None or (one and other) or translates(chinese, english):
        return known
    return None


def _by_halves(bare: str, verdict_of: VerdictOf) -> Verdict | None:
    """One button in two languages (``微信扫码分享 | Share on WeChat``): each half is furniture, or
    one is and the other translates it.

    A link to another story may follow the two halves.
    """
    if (found := _LATIN_AND_HAN.fullmatch(bare)) is None:
        return None
    chinese = found["before"] or found["after"] or ""
    english = found["english"] or found["first"] or ""
    rest = found["rest"] or ""
    halves = [half.strip(DECORATION) for half in (chinese, english)]
    verdicts = [verdict_of(half + rest) for half in halves if half]
    known = next((verdict for verdict in verdicts if verdict is not None), None)
    named = known is not None and known.rule == "language_switch"  # 中文 is Chinese
    if known is not None and not (rest or named) and translates(chinese, english):
        return known
    for half, verdict in zip(halves, verdicts, strict=False):
        if verdict is None and worded(half) is Sure.NO:
            return None
    return known
