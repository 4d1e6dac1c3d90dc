import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import BODY, article, page
from tests.tasks.read.texts import SIMPLIFIED

SPAM = SIMPLIFIED[4]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:none"',
        'style="DISPLAY : NONE !important"',
        'style="visibility:hidden"',
        'style="position:absolute; left:-9999px"',
        'style="text-indent:-5000px"',
        'style="height:0; overflow:hidden"',
        'style="width: 1px; height: 1px; overflow: hidden"',
        'style="font-size:0px"',
        'style="opacity:0"',
        'style="clip:rect(0 0 0 0)"',
        "hidden",
        'class="sr-only"',
        'class="x1"',
        'id="y1"',
        'class="hidden"',
    ],
)
@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_hidden_text_is_not_taken(attributes: str, tag: str) -> None:
    css = "<style>.x1, .unused { color: red; display:none } @media print {.shown{display:none}} #y1{display:none}</style>"
    hidden = f"<{tag} {attributes}>{SPAM}</{tag}>"
    text = extract_page(page(article(BODY, inside=hidden), head=css)).text
    assert SPAM not in text
    assert BODY[-1] in text


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:block"',
        'style="opacity:0.9"',
        'style="left:-10px"',
        'style="border:none; font-size:10px"',
        'class="shown"',
        'class="hidden md:block"',
        'aria-hidden="false"',
    ],
)
def test_visible_text_is_taken(attributes: str) -> None:
    css = "<style>@media print {.shown{display:none}} .shown p span{display:none}</style>"
    shown = f"<p {attributes}>{SPAM}</p>"
    assert SPAM in extract_page(page(article(BODY, inside=shown), head=css)).text


def test_an_article_that_a_script_would_unfold_is_not_lost() -> None:
    css = "<style>.story{display:none}</style>"
    text = extract_page(page(article(BODY, name="story"), head=css)).text
    assert BODY[0] in text


def test_hidden_text_by_the_hundred_thousand_characters() -> None:
    farm = f'<div style="display:none">{SPAM * 5000}</div>'
    text = extract_page(page(farm + article(BODY))).text
    assert SPAM not in text
    assert BODY[0] in text


def test_text_after_a_hidden_element_stays() -> None:
    inline = f'<p>甲<span style="display:none">{SPAM}</span>乙，{BODY[0]}</p>'
    assert "甲乙，" + BODY[0] in extract_page(page(article(BODY, inside=inline))).text


@pytest.mark.parametrize(
    "css", ["{", "}", "a{", "/*", "@media{.x{", ".x{display:none", "}}}}.x{display:none}"]
)
def test_broken_style_sheets_do_no_harm(css: str) -> None:
    assert BODY[0] in extract_page(page(article(BODY), head=f"<style>{css}</style>")).text
