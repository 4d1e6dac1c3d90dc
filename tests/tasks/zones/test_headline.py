"""Which line of a page with much of its site around it is the headline, and what that leaves."""

import pytest

from models.records import Document, SourceFile
from tasks.ingest import account, ingest

TITLE = "Divers find the bell of the lost ferry"
STANDFIRST = (
    "The bell of the ferry lay for ninety years under a bank of sand that a storm took away"
)
A = "Divers have found the bell of the ferry Corrie, which sank off the lighthouse ninety years ago."
B = "A storm in March took the sand away, and the bell lay open on the bottom, the harbour said."
C = "The bell will be shown in the museum of the harbour from June, next to the wheel of the ferry."
D = "Nobody was lost when the ferry sank: a trawler took the passengers and the crew on board."
TEXT = (A, B, C, D)
MENU = tuple(f"{one} {other}" for one in ("Local", "Sea", "Farm") for other in ("news", "radio"))


def title_and_text(*lines: str) -> tuple[str | None, str]:
    text = "\n\n".join(lines) + "\n"
    page = Document(SourceFile("page.txt", "", len(text), "txt"), text)
    ingested = ingest(page)
    account(page, ingested)
    (article,) = ingested.articles
    found = None if article.title_derived else article.title
    return found, "\n".join(block.text for block in article.blocks)


def test_a_headline_below_a_long_menu_is_the_title() -> None:
    # Titles used to be looked for among the first lines only.
    menu = tuple(f"{line} {number}" for line in MENU for number in range(2, 12))
    found, text = title_and_text(*menu, TITLE, "By Ada Marsh", *TEXT)
    assert found == TITLE
    assert "radio" not in text


def test_a_standfirst_that_the_text_says_more_of_is_no_title() -> None:
    found, text = title_and_text(*MENU, TITLE, STANDFIRST, "Ada Marsh, 4 March 2024", *TEXT)
    assert found == TITLE
    assert STANDFIRST in text


def test_the_name_of_a_site_whose_words_the_text_says_is_no_title() -> None:
    # All words of a short name are told easily; it was taken for the headline.
    found, _ = title_and_text("The Harbour Lighthouse", TITLE, *TEXT)
    assert found == TITLE


def test_teasers_in_a_menu_do_not_begin_the_text() -> None:
    # Two sentences one below the other, but a menu around them.
    teasers = ("The lamp is lit again. Read how.", "A goat was elected. It has no plans yet.")
    found, _ = title_and_text(
        *MENU, *teasers, *(f"{line} live" for line in MENU * 2), TITLE, "By Ada Marsh", *TEXT
    )
    assert found == TITLE


def test_short_lines_between_two_stretches_of_text_stay() -> None:
    # The line below them was taken for the headline, they for lines of the site.
    short = ("The bell", "The wheel", "The lamp of the ferry", "Two cups", "A shoe")
    _, text = title_and_text(A, B, *short, TITLE, *TEXT, *TEXT)
    assert all(line in text for line in short)


@pytest.mark.parametrize(
    "line",
    [
        "In a way it is odd that so many museums of the US must lend a bell from abroad.2",
        "(You would think that a bell of ninety years is green, but this one is not, said nobody.)",
    ],
)
def test_paragraphs_that_seem_to_speak_to_the_reader_stay(line: str) -> None:
    # US is no pronoun, the number is a note's, and brackets alone say nothing.
    _, text = title_and_text(TITLE, A, B, line, C, D)
    assert line in text
