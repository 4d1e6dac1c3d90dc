"""The metadata of an article as rows of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models import records
from models.records import Article
from tasks.emit.report.text import shown
from tasks.emit.summary import word

_SINGLE = ("original_title", "published", "updated", "outlet", "url", "summary")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: its name, the text it was read from if that differs, and remarks; ``doubtful``
    when it is one of several readings.
    """

    name: str
    value: str
    raw: str = ""
    marks: tuple[str, ...] = ()
    doubtful: bool = False


def facts(article: Article) -> tuple[Fact, ...]:
    """Everything an article's page says about itself, then how the document was read."""
    return (*_stated(article), *_found(article))


def _stated(article: Article) -> Iterator[Fact]:
    metadata = article.metadata
    for name in _SINGLE:
        fact = getattr(metadata, name)
        if fact is not None:
            yield _fact(word(name), fact.value, fact)
    for author in metadata.authors:
        yield _fact(word(author.value.role), author.value.name, author)
    for counter in metadata.counters:
        yield _fact(word(counter.value.name), f"{counter.value.count:,}", counter)
    for note in metadata.notes:
        yield _fact("note", note.value, note)


def _fact(name: str, value: str, fact: records.Fact[Any]) -> Fact:
    marks = []
    if fact.ambiguous:
        marks.append("ambiguous")
    if fact.alternatives:
        marks.append(f"or {', '.join(map(shown, fact.alternatives))}")
    if fact.precision not in (None, "day", "minute", "second"):
        marks.append(word(str(fact.precision)))
    if fact.in_body:
        marks.append("in the text")
    raw = shown(fact.raw) if fact.raw != value else ""
    return Fact(shown(name), shown(value), raw, tuple(marks), fact.ambiguous)


def _found(article: Article) -> Iterator[Fact]:
    source, language = article.source, article.language
    place = source.path if source.record is None else f"{source.path}, line {source.record}"
    yield Fact("source", shown(place), "", (shown(source.format),))
    if source.encoding is not None:
        marks = []
        if source.encoding_confidence is not None and source.encoding_confidence < 1:
            marks.append(f"{source.encoding_confidence:.0%} sure")
        if source.encoding_alternatives:
            marks.append(f"or {', '.join(map(shown, source.encoding_alternatives))}")
        yield Fact("encoding", shown(source.encoding), "", tuple(marks))
    if article.script is not None:
        yield Fact("script", article.script)
    if language is not None:
        shares = {"Han": language.han, "Latin": language.latin}
        shares |= {"kana": language.kana, "hangul": language.hangul}
        seen = [f"{name} {share:.0%}" for name, share in shares.items() if share]
        if language.detector is not None:
            probability = language.detector_probability or 0.0
            seen.append(f"langdetect {shown(language.detector)} {probability:.2f}")
        yield Fact("letters", ", ".join(seen))
    yield Fact("article", article.id)
