from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Block, BlockKind, Lang, RemovalReason, RemovedLine, Sentence
from models.spans import Change, TracedText
from tasks.emit.jsonl import CorpusError, write_lines
from tasks.emit.report.places import RemovedByDocument, place, text_offset
from tests.tasks.emit.making import Page
from tests.tasks.emit.sample import make_sample


def page() -> Page:
    made = Page("p.txt")
    made.gone("before", RemovalReason.BOILERPLATE)
    made.block(Lang.ZH, "一二三。", "四五⟦垃圾⟧六。")
    made.gone("between", RemovalReason.ADVERTISEMENT)
    made.block(Lang.EN, "One two three.", "Four five⟦spam⟧six.")
    made.gone("after", RemovalReason.DISCLAIMER)
    return made


def test_each_stretch_is_at_its_place() -> None:
    made = page()
    zh, en = made.article(Lang.ZH), made.article(Lang.EN)
    places = place(made.removed, [zh, en])
    assert {key: [c.line.text for c in cuts] for key, cuts in places.before.items()} == {
        zh.id: ["before"]
    }
    at = {key: [(c.line.text, c.offset) for c in cuts] for key, cuts in places.at.items()}
    assert at == {
        zh.sentences[1].id: [("垃圾", 3), ("between", None)],
        en.sentences[1].id: [("spam", 10), ("after", None)],
    }
    assert zh.sentences[1].text == "四五 六。"


def test_a_stretch_of_one_article_is_not_put_into_the_other() -> None:
    made = page()
    zh, en = made.article(Lang.ZH), made.article(Lang.EN)
    lines = [replace(line, article=en.id) for line in made.removed]
    places = place(lines, [zh, en])
    assert set(places.before) == {en.id}
    assert set(places.at) <= {sentence.id for sentence in en.sentences}
    assert place(lines, [zh]).at == place(lines, [zh]).before == {}


def test_machine_text_has_no_places() -> None:
    sample = make_sample()
    line = RemovedLine("x", None, None, ((0, 3),), "abc", RemovalReason.MARKUP, "r")
    assert place([line], [sample.zh[2]]).at == {}


@given(
    st.text("abcdef ", min_size=12, max_size=30),
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 3), st.text("XYZ", max_size=4)), max_size=3
    ),
    st.tuples(st.integers(0, 11), st.integers(1, 4)),
)
def test_a_cut_is_found_where_the_text_was_cut(
    source: str, edits: list[tuple[int, int, str]], gone: tuple[int, int]
) -> None:
    """Against the traced text itself, with edits before, behind and around the cut."""
    traced = TracedText.of(source, 0, len(source))
    start, end = gone[0], min(gone[0] + gone[1], len(source))
    traced = traced.cut(start, end)
    changes, done = [], 0
    for at, size, after in sorted(edits):
        stop = min(at + size, len(traced.text))
        if at >= done and at < len(traced.text) and not at <= start <= stop:
            changes.append(Change(at, stop, after, "edit"))
            done = stop + 1
    edited = traced.edit(changes)
    shift = sum(len(c.after) - (c.end - c.start) for c in changes if c.end < start)
    block = Block(
        "b", BlockKind.PARAGRAPH, None, edited.text, edited.span, edited.pieces, edited.edits
    )
    sentence = Sentence("s", "b", edited.text, (0, len(edited.text)), edited.span, edited.pieces)
    assert text_offset(block, sentence, start) == start + shift


def test_lines_of_a_document_are_found_wherever_they_stand(tmp_path: Path) -> None:
    def line(source: str, record: int | None, text: str) -> RemovedLine:
        return RemovedLine(source, record, None, ((0, 1),), text, RemovalReason.SPAM, "r")

    lines = [
        line("a", 1, "one"),
        line("a", 1, "two"),
        line("b", None, "three"),
        line("a", 1, "four"),
    ]
    write_lines(tmp_path / "removed.jsonl", lines)
    a = replace(page().article(Lang.ZH).source, path="a", record=1)
    with RemovedByDocument(tmp_path / "removed.jsonl") as removed:
        assert [found.text for found in removed.of(a)] == ["one", "two", "four"]
        assert [found.text for found in removed.of(replace(a, path="b", record=None))] == ["three"]
        assert removed.of(replace(a, record=2)) == []


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "removed.jsonl").write_text("{}\n")
    with pytest.raises(CorpusError, match=r"removed\.jsonl, line 1"):
        RemovedByDocument(tmp_path / "removed.jsonl")
