"""A first look for signs never hides what a line says."""

from pathlib import Path

import pytest

from tasks.zones.sayings import saying, says

LINES = sorted((Path(__file__).parents[2] / "data" / "lines").glob("*.txt"))


@pytest.mark.parametrize("what", ["about", "appeal"])
def test_the_first_look_hides_nothing(what: str) -> None:
    lines = [line for path in LINES for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [line for line in lines if says(what, line) != bool(saying(what).search(line))]
    assert (wrong, len(lines) > 3000) == ([], True)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("about", "An earlier version of this story misspelled the engineer's name."),
        ("about", "Note: Content may be edited for style and length."),
        ("about", "本文由船歌公司提供支持。"),
        ("about", "凡本网注明“来源：江州日报”的所有作品，版权均属于江州日报。"),
        ("appeal", "Support local journalism."),
        ("appeal", "Every contribution, big or small, keeps us going."),
        ("appeal", "每一份支持，都让独立报道走得更远"),
    ],
)
def test_what_sites_say(what: str, line: str) -> None:
    assert says(what, line)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("about", "本文开头提到的那位船工，去年秋天去世了。"),
        ("about", "截至本文撰写时，讨论还没有结论。"),
        ("about", "该文件记录了两家公司的约定。"),
        ("about", "In this post, we look at how ferries are built."),
        ("appeal", "The widow gave her house to the museum as a gift."),
    ],
)
def test_what_texts_say(what: str, line: str) -> None:
    assert not says(what, line)
