"""The language of a document and of each of its blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.records import BlockKind, DraftBlock, Lang, LanguageDecision, Script
from tasks.language.evidence import Evidence, evidence, together
from tasks.language.latin import MIN_WORDS, detect_latin, language_name
from tasks.language.script import Letters, has_han

# Kana or Hangul above this share of the East Asian letters is Japanese or Korean, not Chinese
# with a foreign name in it.
_FOREIGN_SHARE = 0.08
_FOREIGN_COUNT = 4
_FOREIGN_SHORT = 0.2  # in a text too short for that many
# A page is refused for its other letters (Cyrillic, Arabic …) above this share.
_OTHER_SHARE = 0.4
# langdetect's answer counts from this probability on, and below this share of function words.
_SURE = 0.9
_FEW_FUNCTION_WORDS = 0.15
# A block tells its language when it has so much of it; else it inherits.
_STRONG_HAN = 4
_STRONG_WORDS = 5
# So many Latin words without Chinese are a line of the English of a page in both languages.
_LATIN_LINE = 3
# Chinese has at least this share (in words) of a block that has both.
_CHINESE_SHARE = 0.35
_SHORT = 30  # characters of a line that a neighbour of the same size may translate
_CHINESE_MARKS = frozenset("。！？；，、：」』）】》")

_LATIN = re.compile("[A-Za-z]")
#: The end of a sentence, or of a salutation (``Dear readers,``).
_SENTENCE_END = re.compile("[.?!,:][\"'”’)]*\\s*\\Z")


@dataclass(frozen=True, slots=True)
class DocumentLanguage:
    """The language of each block, how it was decided, and why the document is refused, if so."""

    langs: tuple[Lang, ...]
    decision: LanguageDecision
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    """The language of a text: ``zh``, ``en``, ``ja``, ``ko``, another code, or ``und``."""

    lang: str
    script: Script | None
    decision: LanguageDecision


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The language of a whole text, and what langdetect said when it was asked."""

    lang: str
    detector: str | None = None
    probability: float | None = None


def decide(blocks: Sequence[DraftBlock]) -> DocumentLanguage:
    """The languages of a document from its blocks: by script, smoothed over neighbours.

    Names, numbers and other short lines inherit from the blocks around them. A document that is
    neither Chinese nor English is refused with a plain line that says why.
    """
    found = [_of_block(block) for block in blocks]
    total = together(found)
    verdict = _verdict(total, _english([block.text.text for block in blocks], found))
    decision = _decision(total.letters, verdict)
    main = Lang.EN if verdict.lang == "en" else Lang.ZH
    if verdict.lang not in ("zh", "en"):
        return DocumentLanguage(
            (main,) * len(blocks), decision, _reason(verdict.lang, total.letters, verdict)
        )
    own = [_own(block.text.text, e) for block, e in zip(blocks, found, strict=True)]
    english = together(e for e, lang in zip(found, own, strict=True) if lang is Lang.EN)
    if main is Lang.ZH and english.words and not (english.prose or total.prose):
        own = [None if lang is Lang.EN else lang for lang in own]  # Latin, but not English
    elif (english.prose or total.prose) and Lang.ZH in own:
        own = [
            lang or _of_fragment(block, e)
            for lang, block, e in zip(own, blocks, found, strict=True)
        ]
        own = [
            Lang.EN if lang is None and _says_a_neighbour(blocks, at) else lang
            for at, lang in enumerate(own)
        ]
    return DocumentLanguage(_smoothed(own, blocks, main), decision)


def detect(text: str) -> Detected:
    """The language and script of a text, for a person who asks.

    >>> detect("China GDP up 5%").lang, detect("東京は雨でした。").lang, detect("2024").lang
    ('en', 'ja', 'und')
    """
    from tasks.language.hans import script_of

    lines = [line for line in text.split("\n") if line.strip()]
    found = evidence(text)
    verdict = _verdict(found, _english(lines, [evidence(line) for line in lines]))
    script = script_of(text) if verdict.lang == "zh" else None
    return Detected(verdict.lang, script, _decision(found.letters, verdict))


def _of_block(block: DraftBlock) -> Evidence:
    found = evidence(block.text.text)
    return together((found, evidence(block.label.text))) if block.label else found


def _english(texts: list[str], found: list[Evidence]) -> str:
    """The texts that look English as one, for langdetect; all when none does."""
    english = [text for text, e in zip(texts, found, strict=True) if _own(text, e) is Lang.EN]
    return " ".join(english or texts)


def _own(text: str, found: Evidence) -> Lang | None:
    """The language that a block shows by itself; None when it shows too little."""
    han, words = found.letters.han, found.words
    if han and found.chinese >= _CHINESE_SHARE * (found.chinese + found.english):
        return Lang.ZH if han >= _STRONG_HAN or (han > 1 and not words) else None
    prose = found.small_words > 1 or _SENTENCE_END.search(text, max(0, len(text) - 4))
    if words >= _STRONG_WORDS or (words > 2 and found.function_words) or (words > 1 and prose):
        return Lang.EN
    return None


def _of_fragment(block: DraftBlock, found: Evidence) -> Lang | None:
    """The language of a short line where there is English prose beside Chinese.

    Some words, all of them Latin (``My Grandmother's Sewing Box``), are English, and so is the rest
    of a sentence; what begins with a mark of Chinese text, or has nothing but Han, is Chinese.
    """
    heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
    text = block.text.text
    if not found.letters.han and (
        found.words >= (2 if heading else _LATIN_LINE) or (found.words and text[0].islower())
    ):
        return Lang.EN
    if not found.words and (found.letters.han or text[:1] in _CHINESE_MARKS):
        return Lang.ZH
    return None


def _says_a_neighbour(blocks: Sequence[DraftBlock], at: int) -> bool:
    """Whether a line of a Latin word or two translates a short Chinese one above or below it
    (``背景`` / ``Background``), or both are headings.
    """
    text = blocks[at].text.text
    if len(text) > _SHORT or not text.isascii() or not text[:1].isalpha():
        return False
    around = (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
    beside = [b for b in around if len(b.text.text) <= _SHORT and has_han(b.text.text)]
    heading = blocks[at].kind is BlockKind.HEADING
    if heading and any(
        b.kind is BlockKind.HEADING and not _LATIN.search(b.text.text) for b in beside
    ):
        return True
    texts = [block.text.text for block in beside]
    if not texts:
        return False
    from tasks.language.agreement import translates  # loads the weights of words

    return any(translates(other, text) for other in texts)


def _smoothed(own: list[Lang | None], blocks: Sequence[DraftBlock], main: Lang) -> tuple[Lang, ...]:
    """Blocks that show no language take that of the nearest one that does.

    Between two languages a title or heading goes with what follows, anything else with what
    stands before it.
    """
    before: list[Lang | None] = []
    last: Lang | None = None
    for lang in own:
        last = lang or last
        before.append(last)
    after: list[Lang | None] = []
    last = None
    for lang in reversed(own):
        last = lang or last
        after.append(last)
    after.reverse()
    heads = (BlockKind.TITLE, BlockKind.HEADING)
    return tuple(
        lang or ((b or a) if block.kind not in heads else (a or b)) or main
        for lang, b, a, block in zip(own, before, after, blocks, strict=True)
    )


def _verdict(total: Evidence, latin_sample: str) -> _Verdict:
    """The main language: the script first, langdetect for Latin text that is long enough."""
    letters = total.letters
    if not letters.total:
        return _Verdict("und")
    asian = letters.han + letters.kana + letters.hangul
    if asian >= letters.total / 4 or total.chinese >= total.english:
        for lang, count in (("ja", letters.kana), ("ko", letters.hangul)):
            enough = count >= _FOREIGN_COUNT or count > _FOREIGN_SHORT * asian
            if enough and count > _FOREIGN_SHARE * asian:
                return _Verdict(lang)
    if letters.other > _OTHER_SHARE * letters.total:
        return _Verdict("und")
    if letters.han and total.chinese >= total.english:
        return _Verdict("zh")
    return _latin_verdict(total, latin_sample)


def _latin_verdict(total: Evidence, sample: str) -> _Verdict:
    if total.words < MIN_WORDS:
        return _Verdict("en")
    english = total.function_words >= _FEW_FUNCTION_WORDS * total.words
    answer = detect_latin(sample, glance=english)
    if answer is None:
        return _Verdict("en")
    code, probability = answer
    if code != "en" and probability >= _SURE and not english:
        return _Verdict(code, code, probability)
    return _Verdict("en", code, probability)


def _decision(letters: Letters, verdict: _Verdict) -> LanguageDecision:
    shares = letters.shares()
    return LanguageDecision(
        han=round(shares.han, 4),
        latin=round(shares.latin, 4),
        kana=round(shares.kana, 4),
        hangul=round(shares.hangul, 4),
        detector=verdict.detector,
        detector_probability=verdict.probability,
    )


def _reason(lang: str, letters: Letters, verdict: _Verdict) -> str:
    """One plain line that says why a document is refused."""
    shares = letters.shares()
    if lang == "ja":
        return f"Japanese: {shares.kana:.0%} of the letters are kana"
    if lang == "ko":
        return f"Korean: {shares.hangul:.0%} of the letters are hangul"
    if lang != "und":
        return f"{language_name(lang)}: langdetect is {verdict.probability:.0%} sure"
    if not letters.total:
        return "no letters"
    return f"neither Chinese nor English: {shares.other:.0%} of the letters are of another script"
