"""The gold pages damaged in every way: never a crash, never a character in no place or in two."""

from random import Random

import pytest

from models.records import Document, SourceFile
from models.spans import apply_edits, join_pieces, undo_edits
from tasks.evaluate.page_gold import read_pages
from tasks.ingest import account, ingest
from tasks.read.decode import decode
from tasks.read.html import extract_page
from tasks.read.unusable import UnusableError
from tests.tasks.evaluate.test_page_files import FOLDER

PAGES = read_pages(FOLDER)
TEXTS = [page.text for page in PAGES if not page.html]
# One page is in GB18030: what it says does not matter here, only that it is long and marked up.
HTML = [page.path.read_text(encoding="utf-8", errors="replace") for page in PAGES if page.html]


def damaged(random: Random, texts: list[str]) -> bytes:
    """A page cut off, with lines shuffled or deleted, spliced with another, with wild bytes."""
    text = random.choice(texts)
    for _ in range(random.randrange(1, 5)):
        at, to = sorted(random.randrange(len(text) + 1) for _ in range(2))
        lines = text.split("\n")
        match random.randrange(7):
            case 0:
                text = text[:to]
            case 1:
                text = text[:at] + text[to:]
            case 2:
                random.shuffle(lines)
                text = "\n".join(lines)
            case 3:
                other = random.choice(texts)
                text = text[:at] + other[random.randrange(len(other)) :]
            case 4:
                other = random.choice(texts).split("\n")
                text = "\n".join(random.sample(lines + other, len(lines)))
            case 5:
                text = text.replace(
                    random.choice(text or " "), random.choice("\u200b\t \u3000&“\r")
                )
            case _:
                text += text[at:to] * 3
        text = text[:20_000]
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(random.choice((0, 0, 1, 30))):
        if data:
            data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def check(document: Document, seed: int) -> None:
    """Every character is accounted for, and the pieces and edits of every block are true."""
    ingested = ingest(document)
    ledger = account(document, ingested)  # raises when a character is in no place, or in two
    assert ledger.balanced, seed
    for article in ingested.articles:
        for block in article.blocks:
            raw = join_pieces(document.text, block.pieces)
            assert apply_edits(raw, block.edits) == block.text, seed
            assert undo_edits(block.text, block.edits) == raw, seed
        texts = {block.id: block.text for block in article.blocks}
        for sentence in article.sentences:
            assert texts[sentence.block][slice(*sentence.at)] == sentence.text, seed
    assert ingest(document) == ingested, seed


def check_texts(seeds: range) -> None:
    for seed in seeds:
        data = damaged(Random(seed), TEXTS)
        try:
            text = decode(data).text
        except UnusableError:
            continue
        check(Document(SourceFile("page.txt", "", len(data), "txt"), text), seed)


def check_html(seeds: range) -> None:
    for seed in seeds:
        page = damaged(Random(seed), HTML).decode("utf-8", "replace")
        try:
            found = extract_page(page)
        except UnusableError:
            continue
        source = SourceFile("page.html", "", len(page), "html")
        check(Document(source, found.text, found.hints, found.markdown, found.extracted), seed)


def test_damaged_pages() -> None:
    check_texts(range(150))
    check_html(range(20))


@pytest.mark.slow
def test_many_damaged_pages() -> None:
    check_texts(range(1_000, 4_000))
    check_html(range(1_000, 1_300))
