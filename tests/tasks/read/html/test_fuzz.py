"""Pages cut, spliced and littered with odd markup: a text or a reason, and the same one again."""

from contextlib import suppress
from random import Random

import pytest

from tasks.read.html import extract_page
from tasks.read.unusable import UnusableError
from tests.tasks.read.html.pages import BODY, ENGLISH_BODY, article, links, page

PAGES = (
    page(article(BODY, inside=f"<div><h4>相关阅读</h4><ul>{links('甲', '乙', '丙')}</ul></div>")),
    page(article(ENGLISH_BODY, inside="<table><tr><th>a</th><td>1</td></tr></table>")),
    page("<table><tr><td>" + "<br>".join(BODY) + "</td></tr></table>"),
)
ODD = (
    "<!--", "-->", "<svg>", "<title>", "<textarea>", "<select>", "<math>", "<template>", "<body>",
    "<html hidden>", "<frameset>", "<plaintext>", "</html>", "<table>", "</div>", "<p", '"', "&#0;",
    "&#xd800;", "\0", "\x0b", "\ufffe", "<li>", "<a href=x>", "<![CDATA[", "<?xml?>", "😀", "\u202e",
)  # fmt: skip


def mutated(random: Random) -> str:
    text = random.choice(PAGES)
    for _ in range(random.randrange(1, 8)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.randrange(1, 300))
        match random.randrange(5):
            case 0:
                text = text[:start]
            case 1:
                text = text[:start] + text[end:]
            case 2:
                text = text[end:] + text[:start]
            case 3:
                text = text[:start] + text[start:end] * 3 + text[end:]
            case _:
                text = text[:start] + random.choice(ODD) + text[start:]
    return text


def check(seeds: range) -> None:
    for seed in seeds:
        text = mutated(Random(seed))
        try:
            extracted = extract_page(text)
        except UnusableError:
            continue
        extracted.text.encode()
        assert extract_page(text) == extracted, seed


def test_mutated_pages() -> None:
    check(range(40))


@pytest.mark.slow
def test_many_mutated_pages() -> None:
    check(range(1000, 2000))


@pytest.mark.parametrize("length", [100, 1000])
@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        "<table><tr><td>",
        "<ul><li>",
        "<b>",
        "<a href=x>",
        "<div class='hidden'>",
        "@media x{",
    ],
)
def test_nesting_without_end(part: str, length: int) -> None:
    # The extractor that is asked for a second opinion needs the cube of the depth.
    with suppress(UnusableError):
        extract_page(part * length + BODY[0])
