"""Where Chinese sentences end. ASCII marks are normal, and English may stand inside."""

import re
from collections.abc import Iterator

from tasks.language.script import HAN
from tasks.sentences import english
from tasks.sentences.marks import Marks

# ``\.(?: \.){2,}|[。！？｡!?…⋯.．]+``, begun by one set: such a search is fast.
_END = re.compile(r"[。！？｡!?…⋯.．](?:(?<=\.)(?: \.){2,}|[。！？｡!?…⋯.．]*)")
_AGAIN = re.compile(r"[。！？!?]+")
_HAN = re.compile(f"[{HAN}]")
#: What stands behind the full stop of a Chinese sentence: no address has it there.
_STARTS = re.compile(f"[{HAN}“‘「『（《]|\\d|[A-Z]+[{HAN}]")
_BEFORE_HAN = re.compile(f"[ \u3000]?[“‘「『（《]?[{HAN}]")
# After a closed quotation: what makes it a part of a longer sentence.
_GOES_ON = re.compile(r"[，、；：,;:)）]|的(?!确|士)")
_GOES_ON_AFTER_CALL = re.compile(
    "等|之[类称声名]|[和与及或](?=[“「『‘《])|这[一句样类]|一[词语句]|字样|为[题名主]|作为"
)
_SAID = re.compile(
    rf"[{HAN}A-Za-z·• ]{{0,14}}?"
    "(?:说|道|表示|称|指出|写道|问|答|喊|强调|认为|介绍|回应|坦言|补充|感叹|透露|解释|直言|感慨|笑"
    "|說|稱|寫道|問|強調|認為|介紹|回應|補充|感嘆|解釋)"
    r"(?:道|说|称|說|稱)?(?:(?P<stop>[。！!？?；…]|\Z|[，,](?=[“「『\"]))|[，,])"
)
_REACH = 24  # so far back is a token looked for
_QUOTES = "”’」』\"'"


def ends(text: str) -> Iterator[int]:
    """The ends of the sentences of ``text`` but the last, closing marks included."""
    marks = Marks(text)
    start = 0
    for match in _END.finditer(text):
        if match.start() < start:
            continue
        end = marks.after_closers(match.end())
        while end > match.end() and (again := _AGAIN.match(text, end)):
            end = marks.after_closers(again.end())  # “走吗？”。
        if _is_end(text, match, end, start):
            yield end
            start = end


def _is_end(text: str, match: re.Match[str], end: int, start: int) -> bool:
    if end == len(text):
        return True
    run = match[0]
    if run in (".", "．"):
        return _stop_ends(text, match, end, start)
    before = text[match.start() - 1 : match.start()]
    western = before.isascii() and before.isalnum() and run.isascii()
    if western and _HAN.match(text, end) is None:
        return english.is_end(text, match, end, start)
    if western and run == "!":  # Yahoo!公司
        return False
    closers = text[match.end() : end].strip()
    if not closers:
        return bool(run.strip("…⋯.")) or text[end] in "“「『‘\n"
    return _quote_ends(text, run, closers, end)


def _quote_ends(text: str, run: str, closers: str, end: int) -> bool:
    """Whether a sentence ends with ``closers`` after its end marks."""
    if text[end].isspace():
        said = _SAID.match(text, end + 1) if _quoted(closers) and "\n" not in text[end] else None
        return said is None or said["stop"] is None  # “…。” 他说。
    last = closers[-1]
    if last in "》〉":
        return False
    if last in "）)】］]" and "。" not in run:
        return False
    calls = "。" not in run  # a question or a cry may stand anywhere in a sentence
    if _GOES_ON.match(text, end) or (calls and _GOES_ON_AFTER_CALL.match(text, end)):
        return False
    if not _quoted(closers):
        return True
    said = _SAID.match(text, end)
    return said is None or not (calls or said["stop"] is not None)


def _quoted(closers: str) -> bool:
    return any(quote in closers for quote in _QUOTES)


def _stop_ends(text: str, match: re.Match[str], end: int, start: int) -> bool:
    """An ASCII full stop: after Han it is a 。, else English decides unless Han follows."""
    stop = match.start()
    before = text[stop - 1 : stop]
    if _HAN.match(before):
        if closers := text[match.end() : end].strip():
            return _quote_ends(text, "。", closers, end)
        return text[end].isspace() or _STARTS.match(text, end) is not None
    if _BEFORE_HAN.match(text, end) is None:
        return english.is_end(text, match, end, start)
    head = text[max(start, stop - _REACH) : stop].strip()
    if before.isdigit():
        return text[end].isspace() and not head.isdigit()
    token = head.rpartition(" ")[2]
    return len(token.rpartition(".")[2]) > 1 and not english.is_abbreviation(token)
