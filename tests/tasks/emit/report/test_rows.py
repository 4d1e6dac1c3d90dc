"""Rows are made without a template: they must be as safe as what a template escapes."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from models.records import Lang
from tasks.emit.report.rows import escaped, rows_markup
from tasks.emit.report.view import Cell, Gone, Row, SentenceView, Stretch

TEXT = st.text(st.sampled_from("a<>&\"' 中;#\x00"), max_size=12)


@given(TEXT)
def test_texts_are_escaped_as_in_templates(text: str) -> None:
    assert escaped(text) == str(escape(text))


def row_of(text: str) -> Row:
    """A row that shows a text wherever a row can."""
    gone = Gone(text, (text, text))
    whole = SentenceView("", 0, True, text, text, (), (gone,))
    cut = SentenceView("", 2, True, "", "", (Stretch(text), Stretch("", gone)), ())
    cells = (Cell(Lang.ZH, "zh-Hans", "source", (whole, cut)), Cell(Lang.EN, "en", "source", ()))
    return Row(text, cells, " opens", 50, text, ((text, text),))


@given(TEXT.filter(bool))
def test_no_text_of_a_row_becomes_markup(text: str) -> None:
    hostile, harmless = rows_markup([row_of(text)]), rows_markup([row_of("x")])
    for mark in '<>"':
        assert hostile.count(mark) == harmless.count(mark)
