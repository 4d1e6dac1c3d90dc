"""TracedText: after any sequence of edits, cuts and slices, pieces and edits tell the truth."""

from hypothesis import given
from hypothesis import strategies as st

from models.spans import (
    Change,
    TracedText,
    apply_edits,
    concat,
    iter_gaps,
    join_pieces,
    undo_edits,
)

TEXT = st.text(alphabet="ab 中，\n\u200b", min_size=0, max_size=30)


def holds(source: str, traced: TracedText) -> None:
    raw = join_pieces(source, traced.pieces)
    assert apply_edits(raw, traced.edits) == traced.text
    assert undo_edits(traced.text, traced.edits) == raw


@given(TEXT, st.data())
def test_any_history_stays_true(source: str, data: st.DataObject) -> None:
    traced = TracedText.of(source, 0, len(source))
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(traced.text)))
        end = data.draw(st.integers(start, len(traced.text)))
        expected = traced.text
        match data.draw(st.sampled_from(["edit", "cut", "slice", "strip", "concat"])):
            case "edit":
                after = data.draw(st.text("xy ", max_size=3))
                expected = traced.text[:start] + after + traced.text[end:]
                traced = traced.edit([Change(start, end, after, "test")])
            case "cut":
                joint = data.draw(st.sampled_from(["", " "])) if start < end else ""
                expected = traced.text[:start] + joint + traced.text[end:]
                try:
                    traced = traced.cut(start, end, joint)
                except ValueError:
                    expected = traced.text
            case "slice":
                expected = traced.text[start:end]
                try:
                    traced = traced.slice(start, end)
                except ValueError:
                    expected = traced.text
            case "strip":
                expected = traced.text.strip()
                traced = traced.strip()
            case _:
                joint = data.draw(st.sampled_from(["", " "]))
                try:
                    parts = [traced.slice(0, start), traced.slice(start, len(traced.text))]
                    expected = joint.join(part.text for part in parts)
                    traced = concat(parts, joint)
                except ValueError:
                    pass
        assert traced.text == expected
        holds(source, traced)
    size = len(traced.text)
    spans = [(start, end) for start in range(size) for end in range(start + 1, size + 1)]
    assert traced.all_pieces(spans) == [traced.slice_pieces(*span) for span in spans]


def test_cut_leaves_two_pieces_and_a_joint() -> None:
    source = "directly.SPAMThe fee"
    cut = TracedText.of(source, 0, len(source)).cut(9, 13, " ")
    assert cut.text == "directly. The fee"
    assert cut.pieces == ((0, 9), (13, 20))
    holds(source, cut)


def test_slice_pieces_of_a_sentence_over_a_hard_wrap() -> None:
    source = "one\ntwo. three"
    joined = TracedText.of(source, 0, len(source)).edit([Change(3, 4, " ", "wrap")])
    assert joined.text == "one two. three"
    assert joined.slice_pieces(0, 8) == ((0, 8),)
    assert joined.slice_pieces(9, 14) == ((9, 14),)


def test_gaps_are_what_no_piece_covers() -> None:
    assert list(iter_gaps([], 3)) == [(0, 3)]
    assert list(iter_gaps([(0, 3)], 3)) == []
    assert list(iter_gaps([(1, 2), (0, 1)], 3)) == [(2, 3)]
