"""Requests, tools and notices of a site, in the forms that sites put together from few words.

The forms are data: ``lines_en.tsv`` for lines without Chinese, ``lines_zh.tsv`` for the others
(Traditional ones are folded first); ``edges_en.tsv`` and ``edges_zh.tsv`` hold those that count
only together with the place of a line (:mod:`tasks.clean.edges`).
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from models.records import RemovalReason
from tasks.blocks.prose import weight
from tasks.blocks.wordlists import read_table
from tasks.clean.coverage import Sure, is_speech, worded
from tasks.clean.verdict import Verdict
from tasks.language.hans import to_simplified

_HERE = Path(__file__).parent
_SENTENCE = 50  # weight of a line that needs a sign when it ends like a sentence
_LONGEST = 240  # weight
_STOPS = ".。!！"
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: What a sentence of furniture has: it speaks of the reader, of the site, or of rights.
_SIGN = re.compile(
    r"\b(?:you|your|we|us|our|please|this|copyright|permission|licen[cs]e|commissions?|affiliate|javascript|browser"
    r"|comment(?:s|ing)?|subscribers|newsletter|responsible|endorsed|performance|delayed|provided|reproduction"
    r"|opinions?|views|website|websites|cookies|share|subscriber|supporters?|donations?|members|readers|newsroom|reporters?|editors?"
    r"|i agree|i consent)\b"
    r"|转载|版权|授权|侵|评论|留言|发言|关注|订阅|微信|公众号|app|客户端|扫码|点击|声明|本文|本站|以上|平台|仅供"
    r"|cookie|风险|举报|下载|欢迎|报道|赞|此文|会员|所有"
)


def request_verdict(bare: str, text: str) -> Verdict | None:
    """Which request, tool or notice a line is; ``bare`` is ``text`` in small letters without marks.

    >>> request_verdict("sign up for our weekly round-up", "Sign up for our weekly round-up").rule
    'newsletter'
    """
    if not _may_be(bare, text):
        return None
    chinese = _HAN.search(bare) is not None
    if chinese:
        bare = to_simplified(bare)
    pattern, verdicts = _forms("lines_zh.tsv" if chinese else "lines_en.tsv")
    found = pattern.fullmatch(bare)
    if found is not None and found.lastgroup is not None:
        return verdicts[int(found.lastgroup[1:])]
    if _DIGIT.search(bare) is None and worded(text) is Sure.YES:  # with digits: counters
        return Verdict(RemovalReason.BOILERPLATE, "worded")
    return None


def edge_form(bare: str, text: str) -> Sure:
    """How sure the words and the form of a line make it that it is furniture, at its place.

    >>> edge_form("got it", "Got it").name, edge_form("powered by tide", "Powered by Tide").name
    ('WORDED', 'WORDED')
    """
    if weight(text) > _LONGEST or not _may_be(bare, text) or is_speech(text):
        return Sure.NO
    return _edge_form(bare, text)


@lru_cache(maxsize=4096)  # pages of a site have the same lines
def _edge_form(bare: str, text: str) -> Sure:
    chinese = _HAN.search(bare) is not None
    if chinese:
        bare, text = to_simplified(bare), to_simplified(text)
    pattern, _ = _forms("edges_zh.tsv" if chinese else "edges_en.tsv")
    if pattern.fullmatch(bare.rstrip(_STOPS)) is not None:
        return Sure.WORDED
    if _DIGIT.search(bare) is not None:  # a counter or a date: the metadata's
        return Sure.NO
    return worded(text)


def _may_be(bare: str, text: str) -> bool:
    """A fast first look at what ends like a sentence."""
    if text[-1] not in _STOPS or weight(text) < _SENTENCE:
        return bool(bare)
    return _SIGN.search(bare) is not None


@cache
def _forms(name: str) -> tuple[re.Pattern[str], tuple[Verdict, ...]]:
    """The forms of a file in one expression; the group ``gN`` belongs to verdict N."""
    sets = {word: f"(?:{words})" for word, words in read_table(_HERE / "words.tsv")}
    verdicts: list[Verdict] = []
    branches: list[str] = []
    for reason, rule, pattern in read_table(_HERE / name):
        for word, words in sets.items():
            pattern = pattern.replace("{" + word + "}", words)
        branches.append(f"(?P<g{len(verdicts)}>{pattern})")
        verdicts.append(Verdict(RemovalReason(reason), rule))
    return re.compile("|".join(branches)), tuple(verdicts)
