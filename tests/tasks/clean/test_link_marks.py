"""Numbers that text browsers set before links."""

from models.records import Document, SourceFile
from tasks.ingest import account, ingest

A = "The wording was offered by [17]Commissioner Alma Jurgens, who farms beets east of the town."
B = "The clock was built in Boston in 1904 and cost the county $1,150, a sum that appears in the [18]minutes."
C = "About forty people had come to listen, twice as many as when the commission raised the levy."
MENU = ("[15]Front page", "[16]County")
LIST = (
    "References",
    "Visible links",
    "15. http://www.sentinel.example/",
    "18. http://www.sentinel.example/m.pdf",
)


def text_of(*lines: str) -> str:
    text = (
        "\n\n".join(("Courthouse clock strikes thirteen, and county decides to let it", *lines))
        + "\n"
    )
    page = Document(SourceFile("page.txt", "", len(text), "txt"), text)
    ingested = ingest(page)
    account(page, ingested)
    return "\n".join(block.text for article in ingested.articles for block in article.blocks)


def test_numbers_of_links_leave_their_sentences() -> None:
    found = text_of(*MENU, A, B, C, *LIST)
    assert "offered by Commissioner Alma" in found
    assert "in the minutes." in found
    assert "http" not in found


def test_without_a_list_of_references_they_stay() -> None:
    assert "by [17]Commissioner" in text_of(*MENU, A, B, C)


def test_notes_behind_words_stay() -> None:
    notes = [
        f"The well was dug in 18{n}0,[{n}] as the map has it, and nobody has used it since."
        for n in range(1, 7)
    ]
    found = text_of(*notes, C, "References", "[1] Journal of Wells, 2016.")
    assert "1860,[6] as" in found
