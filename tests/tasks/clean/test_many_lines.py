"""A thousand lines of furniture each, in many wordings, and lines of text that use their words."""

from pathlib import Path

import pytest

from tests.tasks.clean.ledger import cleaned, texts

LINES = Path(__file__).parents[2] / "data" / "lines"
EN = (
    "The harbour was closed on Sunday after a ship had lost forty containers in the storm, the port said.",
    "Divers have found most of them; three are still missing, among them one with car batteries inside.",
)
ZH = (
    "周日的一场风暴让一艘货轮丢了四十个集装箱，港口随即关闭，所有进出的船只都要等待通知。",
    "潜水员已经找到其中的大部分，还有三个没有下落，其中一个装的是汽车电池，搜寻还在继续。",
)
TAIL = {"en": ("Share this article", "Privacy Policy"), "zh": ("分享到微信", "联系我们")}


def lines(name: str) -> list[tuple[str, str]]:
    """The lines of a file, each with its class."""
    out, kind = [], ""
    for line in (LINES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            out.append((kind, line))
    return out


@pytest.mark.parametrize(("language", "prose"), [("en", EN), ("zh", ZH)])
def test_nearly_all_furniture_below_an_article_goes(language: str, prose: tuple[str, str]) -> None:
    rows = lines(f"furniture_{language}.txt")
    above, below = TAIL[language]
    left = [
        line
        for _, line in rows
        if texts(cleaned("\n".join((*prose, above, line, below, "")))) != list(prose)
    ]
    assert len(rows) > 900
    assert len(left) * 100 <= len(rows) * 3, left


@pytest.mark.parametrize(("language", "prose"), [("en", EN), ("zh", ZH)])
def test_most_furniture_inside_an_article_goes(language: str, prose: tuple[str, str]) -> None:
    """By its words alone: what is less sure stays between two paragraphs."""
    rows = lines(f"furniture_{language}.txt")
    left = [
        line
        for _, line in rows
        if texts(cleaned("\n".join((prose[0], line, prose[1], "")))) != list(prose)
    ]
    assert len(left) * 100 <= len(rows) * 16


@pytest.mark.parametrize(("language", "prose"), [("en", EN), ("zh", ZH)])
def test_text_that_uses_the_words_of_furniture_stays(language: str, prose: tuple[str, str]) -> None:
    """A lost sentence is the worst of all errors."""
    lost = []
    for kind, line in lines(f"body_{language}.txt"):
        if kind == "list items":
            continue
        kept = cleaned("\n".join((prose[0], line, prose[1], "")))
        if line.strip("“”") not in "\n".join(texts(kept)):
            lost.append(line)
    assert lost == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_advice_in_a_list_stays(language: str) -> None:
    items = [line for kind, line in lines(f"body_{language}.txt") if kind == "list items"]
    prose = {"en": EN, "zh": ZH}[language]
    text = "\n".join((prose[0], *(f"• {item}" for item in items), prose[1], ""))
    kept = "\n".join(texts(cleaned(text)))
    assert [item for item in items if item not in kept] == []


def test_a_list_of_links_above_the_headline_leaves_the_headline() -> None:
    """The headline stood below ``Trending`` like the links of a list, and went with them."""
    text = "\n".join(("Trending", "Farmers build a mirror to light their village", *EN, ""))
    assert "Farmers build a mirror to light their village" in texts(cleaned(text))


def test_a_short_headline_between_furniture_stays() -> None:
    """Only below the body may the place of a line outweigh its words."""
    text = "\n".join(("Subscribe now", "Let the lawn die", "Share this article", *EN, ""))
    assert texts(cleaned(text)) == ["Let the lawn die", *EN]


def test_what_stands_in_the_end_of_a_page_goes_with_it() -> None:
    tail = (
        "Share this article",
        "Queueing Theory",
        "1.9K",
        "Privacy Policy",
        "Sign in",
        "Databases",
    )
    assert texts(cleaned("\n".join((*EN, *tail, "")))) == list(EN)
    last = ("Norland before Halden", "A quiet evening")
    assert texts(cleaned("\n".join((*EN, *last, "Share this article", "")))) == [*EN, *last]
