from collections.abc import Callable

import pytest

from models.records import Document, SourceFile
from models.spans import TracedText
from tasks.ingest import ingest


def test_a_long_line_with_many_edits_is_cut_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sentence once looked through all edits of its block: a page of 1 MB on one line with
    doubled blanks took half a minute.
    """
    looked = 0
    chunks: Callable[..., list[object]] = TracedText._chunks

    def counted(text: TracedText) -> list[object]:
        nonlocal looked
        looked += 1
        return chunks(text)

    monkeypatch.setattr(TracedText, "_chunks", counted)
    line = " ".join(f"The {n}th plant  opened  on the river in May." for n in range(400))
    article = ingest(Document(SourceFile("a.txt", "", 0, "txt"), line)).articles[0]
    assert len(article.sentences) == 400
    assert len(article.blocks[0].edits) == 800
    assert looked < 10
