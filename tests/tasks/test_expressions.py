"""No regular expression of the first stages takes more than a bounded number of steps.

Steps are counted (see :mod:`tests.steps`), never seconds.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tasks
from tasks.blocks.wordlists import read_table
from tests.steps import Matcher, TooManyStepsError, hard_inputs

ROOMS = (
    "blocks",
    "clean",
    "metadata",
    "language",
    "split",
    "sentences",
    "read",
    "numbers",
    "zones",
)
CLEAN = Path(tasks.__file__).parent / "clean"
#: Steps of one attempt at one place, on a run of LENGTH characters. What is quadratic in the
#: length of a run takes more; what is quadratic in a bound of its own may take so many.
MOST = 60_000
LENGTH = 400


def expressions() -> list[tuple[str, re.Pattern[str]]]:
    """Every expression that a module of the first stages holds, or makes of its data files."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for name, pattern in _held():
        found.setdefault((pattern.pattern, pattern.flags), (name, pattern))
    return list(found.values())


def _held() -> Iterator[tuple[str, re.Pattern[str]]]:
    for room in ROOMS:
        package = importlib.import_module(f"tasks.{room}")
        names = [m.name for m in pkgutil.walk_packages(package.__path__, f"tasks.{room}.")]
        for name in [package.__name__, *names]:
            for key, value in vars(importlib.import_module(name)).items():
                yield from _expressions(f"{name}.{key}", value, name)


def _expressions(place: str, value: object, module: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield place, value
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _expressions(f"{place}[{index}]", item, module)
    elif getattr(value, "__module__", "") == module and hasattr(value, "cache_info"):
        signature = inspect.signature(value)  # type: ignore[arg-type]
        if not signature.parameters and "Pattern" in str(signature.return_annotation):
            yield from _expressions(place, value(), module)  # type: ignore[operator]


def rows() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The forms of ``lines.tsv``, each by itself."""
    sets = dict(read_table(CLEAN / "words.tsv"))
    for number, (_, rule, form) in enumerate(read_table(CLEAN / "lines.tsv")):
        for name, words in sets.items():
            form = form.replace("{" + name + "}", f"(?:{words})")
        yield f"lines.tsv {number} {rule}", re.compile(form)


def costs(pattern: re.Pattern[str], length: int) -> dict[str, int]:
    """The steps of hard inputs that are too many."""
    out = {}
    for text in hard_inputs(pattern, length):
        try:
            Matcher(pattern, text, MOST).run()
        except TooManyStepsError:
            out[f"{text[:40]!r} ({len(text)})"] = MOST
    return out


@pytest.mark.parametrize(
    ("pattern", "steps"),
    [(r"(?:a|a)*b", None), (r"(a+)+b", None), (r"a*a*a*b", None), (r"a{0,50}b", 60), (r"x+y", 5)],
)
def test_steps_are_counted(pattern: str, steps: int | None) -> None:
    compiled = re.compile(pattern)
    if steps is None:
        assert costs(compiled, LENGTH)
    else:
        assert not costs(compiled, LENGTH)
        assert Matcher(compiled, "a" * 50 + "b", MOST).run() <= steps * 3


def test_there_are_expressions_to_test() -> None:
    assert len(expressions()) > 200
    assert len(list(rows())) > 80


@pytest.mark.parametrize("pattern", [pytest.param(p, id=name) for name, p in rows()])
def test_forms_of_lines(pattern: re.Pattern[str]) -> None:
    assert costs(pattern, LENGTH) == {}


@pytest.mark.parametrize("pattern", [pytest.param(p, id=name) for name, p in expressions()])
def test_expressions_of_the_modules(pattern: re.Pattern[str]) -> None:
    assert costs(pattern, LENGTH) == {}
