"""Many changes and cuts at once: the text is what one expects, and no source character is lost."""

from hypothesis import given
from hypothesis import strategies as st

from models.revise import Cut, partition, revise, trim
from models.spans import Change, Edit, TracedText, apply_edits, join_pieces, undo_edits

Steps = list[tuple[int, int, str, bool]]


def is_true(source: str, traced: TracedText) -> bool:
    raw = join_pieces(source, traced.pieces)
    return (
        apply_edits(raw, traced.edits) == traced.text
        and undo_edits(traced.text, traced.edits) == raw
    )


def places(spans: object) -> list[int]:
    return [at for start, end in spans for at in range(start, end)]  # type: ignore[attr-defined]


@st.composite
def steps_for(draw: st.DrawFn, length: int) -> list[Change | Cut]:
    out: list[Change | Cut] = []
    at = 0
    for gap, size, after, cut in draw(
        st.lists(
            st.tuples(
                st.integers(0, 4),
                st.integers(0, 3),
                st.sampled_from(["", "X", "YZ", " "]),
                st.booleans(),
            ),
            max_size=6,
        )
    ):
        start, end = at + gap, at + gap + size
        if end > length:
            break
        if size == 0 and (cut or not after or gap == 0):
            continue
        out.append(Cut(start, end, after[:1]) if cut else Change(start, end, after, "test"))
        at = end
    return out


@given(st.data())
def test_revised_text_is_expected_and_partitions_the_source(data: st.DataObject) -> None:
    source = "abcdefghijklmnop"
    traced = TracedText.of(source, 0, len(source))
    for _ in range(3):
        steps = data.draw(steps_for(len(traced.text)))
        expected, at = "", 0
        for step in steps:
            expected += traced.text[at : step.start] + (
                step.joint if isinstance(step, Cut) else step.after
            )
            at = step.end
        expected += traced.text[at:]
        revised = revise(traced, steps)
        assert revised.text.text == expected
        assert is_true(source, revised.text)
        assert len(revised.cuts) == sum(isinstance(step, Cut) for step in steps)
        gone = [at for cut in revised.cuts for at in places(cut)]
        assert sorted(places(traced.pieces)) == sorted(places(revised.text.pieces) + gone)
        traced = revised.text


@given(st.data())
def test_partition_gives_the_parts(data: st.DataObject) -> None:
    source = "abcdefghijkl"
    traced = revise(TracedText.of(source, 0, 12), data.draw(steps_for(12))).text
    points = sorted(data.draw(st.lists(st.integers(0, len(traced.text)), max_size=4)))
    try:
        parts = partition(traced, points)
    except ValueError:
        return  # a point inside an edit
    assert "".join(part.text for part in parts) == traced.text
    assert all(is_true(source, part) for part in parts)
    assert [at for part in parts for at in places(part.pieces)] == places(traced.pieces)


def test_trim_keeps_what_only_became_a_blank() -> None:
    source = "a &nbsp;"
    traced = revise(TracedText.of(source, 0, 8), [Change(2, 8, " ", "entity")]).text
    trimmed = trim(traced)
    assert trimmed.text == "a"
    assert "&nbsp;" in join_pieces(source, trimmed.pieces)


def test_a_cut_over_a_whole_edit_is_a_cut() -> None:
    source = "one &amp; two"
    traced = revise(TracedText.of(source, 0, 13), [Change(4, 9, "&", "entity")]).text
    revised = revise(traced, [Cut(3, 6, " ")])
    assert revised.text.text == "one two"
    assert revised.cuts == (((3, 10),),)


def test_insertions_beside_edits_become_one_edit() -> None:
    traced = TracedText("a b", ((0, 2),), (Edit(1, "", " ", "wrap"),))
    revised = revise(traced, [Change(2, 3, "c", "test")])
    assert revised.text.text == "a c"
    assert is_true("ab", revised.text)
