"""Reading a glossary, and finding its terms in Chinese and English text in linear time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from models.records import Lang
from models.spans import Span

#: The glossary that ships with zhen: automotive, AI and business news.
STARTER = Path(__file__).resolve().parent / "starter.tsv"


class GlossaryError(ValueError):
    """A glossary that cannot be read. The message is one plain line for the user."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: renderings in both languages, the preferred one first.

    ``only_out`` are those that are accepted where they come out but not looked for in a source,
    because they mean other things too (``range`` for 续航里程).

    >>> Term(("英伟达", "輝達"), ("Nvidia", "NVIDIA")).preferred(Lang.EN)
    'Nvidia'
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    note: str = ""
    only_out: frozenset[str] = frozenset()

    def renderings(self, lang: Lang) -> tuple[str, ...]:
        """All ways to write the term in a language."""
        return self.zh if lang is Lang.ZH else self.en

    def preferred(self, lang: Lang) -> str:
        """The way to write the term in a language."""
        return self.renderings(lang)[0]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term that stands in a text at ``span`` (code points)."""

    term: Term
    span: Span


#: English words: letters and digits with single marks inside (R&D, U.S, GPT-4o, Moody's).
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[.'’&+/-][A-Za-z0-9\u00c0-\u024f]+)*\+?")


class Glossary:
    """The terms of one or more files, ready for search.

    >>> battery = Term(("电池",), ("battery",))
    >>> glossary = Glossary([battery, Term(("动力电池",), ("power battery",))])
    >>> [found.span for found in glossary.find("新动力电池", Lang.ZH)]
    [(1, 5)]
    >>> [found.term.zh[0] for found in glossary.find("Power batteries and a battery.", Lang.EN)]
    ['动力电池', '电池']
    """

    def __init__(self, terms: Iterable[Term]):
        self.terms = tuple(terms)

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    def revision(self) -> str:
        """A digest of all terms: 16 hex digits."""
        lines = "\n".join("\t".join(("|".join(t.zh), "|".join(t.en))) for t in self.terms)
        return sha256(lines.encode()).hexdigest()[:16]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every Chinese rendering with every English one, for alignment and checks."""
        return tuple(
            dict.fromkeys((zh, en) for term in self.terms for zh in term.zh for en in term.en)
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Chinese renderings for a dictionary of words; those with a blank are no words."""
        chinese = (zh for term in self.terms for zh in term.zh if len(zh) > 1)
        return tuple(dict.fromkeys(zh for zh in chinese if not any(c.isspace() for c in zh)))

    @cached_property
    def _by_character(self) -> dict[str, list[tuple[str, Term]]]:
        index: dict[str, list[tuple[str, Term]]] = {}
        for term in self.terms:
            for zh in (text for text in term.zh if text not in term.only_out):
                index.setdefault(zh[0], []).append((zh, term))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return index

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[tuple[str, ...], str, Term]]]:
        index: dict[str, list[tuple[tuple[str, ...], str, Term]]] = {}
        for term in self.terms:
            for en in (text for text in term.en if text not in term.only_out):
                words = _words(en)
                if words:
                    index.setdefault(words[0], []).append((words, en, term))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return index

    def find(self, text: str, lang: Lang) -> list[Occurrence]:
        """The terms of ``text`` from left to right, longest first, not overlapping."""
        return list(self._find_zh(text) if lang is Lang.ZH else self._find_en(text))

    def _find_zh(self, text: str) -> Iterator[Occurrence]:
        at = 0
        while at < len(text):
            for zh, term in self._by_character.get(text[at], ()):
                if text.startswith(zh, at) and not _cuts_word(text, at, at + len(zh)):
                    yield Occurrence(term, (at, at + len(zh)))
                    at += len(zh) - 1
                    break
            at += 1

    def _find_en(self, text: str) -> Iterator[Occurrence]:
        matches = list(_WORD.finditer(text))
        words = [match[0] for match in matches]
        at = 0
        while at < len(words):
            for wanted, written, term in self._candidates(words[at]):
                here = words[at : at + len(wanted)]
                if _same_words(here, wanted, written):
                    yield Occurrence(term, (matches[at].start(), matches[at + len(here) - 1].end()))
                    at += len(wanted) - 1
                    break
            at += 1

    def _candidates(self, word: str) -> Sequence[tuple[tuple[str, ...], str, Term]]:
        found: list[tuple[tuple[str, ...], str, Term]] = []
        for form in _singulars(word.lower()):
            found += self._by_word.get(form, ())
        return sorted(found, key=lambda entry: -len(entry[0])) if len(found) > 1 else found


def contains(text: str, rendering: str, lang: Lang) -> bool:
    """Whether ``text`` holds a rendering of a term, as whole words in English.

    >>> contains("two electric vehicles", "electric vehicle", Lang.EN)
    True
    >>> contains("he said", "AI", Lang.EN)
    False
    """
    if lang is Lang.ZH:
        return rendering.lower() in text.lower()
    wanted = _words(rendering)
    words = _WORD.findall(text)
    return any(
        _same_words(words[at : at + len(wanted)], wanted, rendering) for at in range(len(words))
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_bare(word) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    """In lower case, without a possessive."""
    return word.lower().removesuffix("'s").removesuffix("’s")


def _same_words(here: Sequence[str], wanted: Sequence[str], written: str) -> bool:
    """Equal but for the last word's plural, and with capitals at least where the term has them.

    Short capitals (AI, IT, EV) are found only as they are written.
    """
    if len(here) != len(wanted) or not here:
        return False
    if any(_bare(word) != goal for word, goal in zip(here[:-1], wanted[:-1], strict=True)):
        return False
    if wanted[-1] not in _singulars(here[-1].lower()):
        return False
    found = " ".join(here)
    return all(
        first == second
        for first, second in zip(" ".join(_WORD.findall(written)), found, strict=False)
        if first.isupper()
    )


def _singulars(word: str) -> tuple[str, ...]:
    """A word and what it may be the plural or possessive of."""
    word = _bare(word)
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 4:
        forms.append(word[:-2])
    if word.endswith("s") and len(word) > 2:
        forms.append(word[:-1])
    return tuple(forms)


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch starts or ends inside a run of ASCII letters or digits."""
    return any(
        0 < at < len(text) and _is_ascii_word(text[at - 1]) and _is_ascii_word(text[at])
        for at in (start, end)
    )


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def load_glossary(path: Path | None = None) -> Glossary:
    """Read a glossary file; without a path, the one that ships.

    Raises :class:`GlossaryError` naming file and line.
    """
    path = path or STARTER
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GlossaryError(f"glossary {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise GlossaryError(f"glossary {path}: not UTF-8") from None
    terms = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise GlossaryError(f"glossary {path}, line {number}: needs two cells, zh and en")
        zh, en = (tuple(dict.fromkeys(_renderings(cell))) for cell in cells[:2])
        if not zh or not en:
            raise GlossaryError(f"glossary {path}, line {number}: needs two cells, zh and en")
        only_out = frozenset(text[1:] for text in (*zh, *en) if text.startswith("~"))
        plain = [tuple(text.removeprefix("~") for text in side) for side in (zh, en)]
        terms.append(Term(plain[0], plain[1], cells[2] if len(cells) > 2 else "", only_out))
    return Glossary(terms)


def _renderings(cell: str) -> Iterator[str]:
    for rendering in cell.split("|"):
        if rendering.strip(" \t~"):
            yield " ".join(rendering.split())
