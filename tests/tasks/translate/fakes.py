"""Engines that translate by rule, and engines that fail in every way engines fail."""

from collections.abc import Callable, Mapping, Sequence

from models.engines import (
    EN_ZH,
    ZH_EN,
    Decoding,
    EngineIdentity,
    EngineNote,
    Translation,
)
from models.glossary import Glossary
from models.records import Lang
from tasks.translate import (
    Outcome,
    TranslateCounts,
    TranslateSettings,
    TranslationCache,
    translate_texts,
)

#: What a rule gets: the text, the direction's target, the search (None: the engine's own).
Rule = Callable[[str, Lang, Decoding | None], str | Translation]


def spelled(text: str, target: Lang, decoding: Decoding | None = None) -> str:
    """A stand-in translation that depends on the text alone and passes all guards.

    Digits stay; everything else becomes words or characters chosen by the text's letters.
    """
    if target is Lang.EN:
        words = [r if r.isdigit() else " ".join(_en_word(c) for c in r) for r in _runs(text)]
        return " ".join(words) + "."
    return "".join(run if run.isdigit() else _zh_run(run) for run in _runs(text)) + "。"


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for character in text:
        if not character.isalnum():
            runs.append("")
        elif runs and runs[-1] and runs[-1][-1].isdigit() == character.isdigit():
            runs[-1] += character
        else:
            runs.append(character)
    return [run for run in runs if run]


def _en_word(character: str) -> str:
    code = ord(character)
    return "".join(chr(97 + (code // 17**k) % 17) for k in range(4))


def _zh_run(run: str) -> str:
    return "".join(chr(0x4E00 + (ord(c) * 31 + i * 7) % 3000) for i, c in enumerate(run[:3]))


class FakeEngine:
    """Follows a rule, and counts what it was asked."""

    directions = frozenset((ZH_EN, EN_ZH))

    def __init__(
        self,
        rule: Rule = spelled,
        *,
        revision: str = "r1",
        placeholders: tuple[str, ...] = (),
        settings: Mapping[str, int] | None = None,
    ):
        self._rule = rule
        self._revision = revision
        self._settings = dict(settings or {"beam": 4})
        self.placeholders = placeholders
        self.asked: list[str] = []
        self.calls = 0

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        return EngineIdentity("fake", "rules", self._revision, self._settings)

    def translate(
        self, texts: list[str], source: Lang, target: Lang, *, decoding: Decoding | None = None
    ) -> list[Translation]:
        self.calls += 1
        self.asked += texts
        answers = [self._rule(text, target, decoding) for text in texts]
        return [a if isinstance(a, Translation) else Translation(a, -0.5) for a in answers]


class DyingEngine(FakeEngine):
    """Answers so many calls, then raises for ever."""

    def __init__(self, calls: int, error: Exception | None = None):
        super().__init__()
        self._left = calls
        self._error = error or RuntimeError("the engine is gone")

    def translate(
        self, texts: list[str], source: Lang, target: Lang, *, decoding: Decoding | None = None
    ) -> list[Translation]:
        self._left -= 1
        if self._left < 0:
            self.calls += 1
            raise self._error
        return super().translate(texts, source, target, decoding=decoding)


def looping(text: str, target: Lang, decoding: Decoding | None) -> str:
    return "and so on " * 20


def empty(text: str, target: Lang, decoding: Decoding | None) -> str:
    return ""


def copying(text: str, target: Lang, decoding: Decoding | None) -> str:
    return text


def endless(text: str, target: Lang, decoding: Decoding | None) -> Translation:
    return Translation(spelled(text, target), -1.0, (EngineNote.TRUNCATED,))


def run(
    texts: Sequence[str],
    engine: FakeEngine,
    cache: TranslationCache | None = None,
    glossary: Glossary | None = None,
    **changes: int | bool,
) -> tuple[list[Outcome], TranslateCounts]:
    """Translate Chinese texts with an engine; ``changes`` are of the settings."""
    return translate_texts(
        texts,
        Lang.ZH,
        Lang.EN,
        engine=engine,
        cache=cache or TranslationCache(),
        settings=TranslateSettings(**changes),  # type: ignore[arg-type]
        glossary=glossary,
    )
