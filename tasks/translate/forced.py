"""Glossary terms that every other attempt missed, forced into a translation.

Lexically constrained decoding (Hokamp and Liu 2017, https://aclanthology.org/P17-1141; Post and
Vilar 2018, https://aclanthology.org/N18-1119) by prefixes (Wuebker et al. 2016,
https://aclanthology.org/P16-1007). The translation is cut at up to 24 places; the term is put
there, and the engine finishes the sentence. The place is not looked for in an alignment: of the
finished sentences that pass the guards the one that the model finds likeliest is taken, so the
model itself says where the term belongs. Several missing terms come one after the other, in the
order of the source. Where the engine finishes no sentence well, the term is put into the
translation and the rest of it is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.engines import Decoding
from models.records import Lang
from tasks.translate.attempts import Answer, Job
from tasks.translate.terms import missing_terms

#: Places that are tried for one term.
_PLACES = 24

#: Many places searched greedily are as good as a few searched with a beam, and cost less.
SEARCH = Decoding(beam=1)

_WORD = re.compile(r"\S+")
#: Chinese may be cut between any characters, but not inside a Latin word or a number.
_CHARACTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f.,%&'’+-]+|\S")
_END = re.compile(r"[\s.!?。！？…\"”’」』）)]+$")


def openings(job: Job, answer: Answer, *, whole: bool = False) -> list[str]:
    """Beginnings of a translation that hold the first missing term of ``answer``, each once.

    They run up to the term, or with ``whole`` to the end of the answer, its last stop included:
    after that even a model that is lost elsewhere comes to an end.
    """
    missing = missing_terms(job.found, answer.text, job.target)
    if not missing:
        return []
    term = missing[0].preferred(job.target)
    end = _END.search(answer.text)
    text, stop = (answer.text[: end.start()], end[0]) if end else (answer.text, "")
    made: dict[str, None] = {}
    for place in _spread([*_starts(text, job.target), len(text)]):
        opening = _joined(text[:place], term, job.target)
        made[_joined(opening, text[place:], job.target) + stop if whole else opening] = None
    return list(made)


def best_forced(answer: Answer, forced: Sequence[Answer]) -> Answer:
    """The best of the ``forced`` answers if it has more of the terms than ``answer``, else that.

    Best is what has the fewest faults, then the highest score, then the earliest place.
    """
    best = min(forced, key=lambda found: (found.badness(), -_score(found)), default=answer)
    settled = answer.settled and all(found.settled for found in forced)
    better = not best.fatal and len(best.missing) < len(answer.missing)
    return replace(best if better else answer, settled=settled)


def _score(answer: Answer) -> float:
    return answer.score if answer.score is not None else float("-inf")


def _starts(text: str, target: Lang) -> list[int]:
    """Where words start; in Chinese, characters."""
    pattern = _CHARACTER if target is Lang.ZH else _WORD
    return [match.start() for match in pattern.finditer(text)]


def _spread(places: Sequence[int]) -> list[int]:
    """At most so many of the places, evenly, with the first and the last.

    >>> _spread(range(30))[:5], _spread(range(3))
    ([0, 1, 3, 4, 5], [0, 1, 2])
    """
    if len(places) <= _PLACES:
        return list(places)
    last = len(places) - 1
    return [places[round(k * last / (_PLACES - 1))] for k in range(_PLACES)]


def _joined(first: str, second: str, target: Lang) -> str:
    """Two stretches of a sentence, with a blank where the language or two Latin words need one.

    >>> _joined("", "power battery", Lang.EN), _joined("他买了", "电池", Lang.ZH)
    ('Power battery', '他买了电池')
    """
    first, second = first.rstrip(), second.lstrip()
    if not first:
        return second[:1].upper() + second[1:] if target is Lang.EN else second
    latin = first[-1].isascii() and second[:1].isascii() and second[:1].isalnum()
    blank = second and (latin or target is Lang.EN)
    return f"{first} {second}" if blank else first + second
