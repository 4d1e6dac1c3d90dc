import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tasks.emit.exports.text import guard_cell, one_line, storable, unguard_cell, xml_text

ANY_TEXT = st.text(st.characters())  # lone surrogates, controls, everything
MEAN_TEXT = st.text(
    st.sampled_from("ab =+-@'\"\t\n\r\x00\x0b\x1c\x7f\x85\u2028\u2029\ufffe\ud800＝＠\u3000<&>]")
)


@given(ANY_TEXT | MEAN_TEXT)
def test_one_line_is_one_line_for_every_reader(text: str) -> None:
    line = one_line(text)
    assert len(line) == len(text)
    assert "\t" not in line
    assert line.splitlines() == ([line] if line else [])
    assert list(io.StringIO(line, newline=None)) == ([line] if line else [])
    line.encode()


@given(ANY_TEXT | MEAN_TEXT)
def test_guarded_cells_come_back_and_are_no_formulas(text: str) -> None:
    cell = guard_cell(text)
    assert unguard_cell(cell) == text
    assert not cell.strip().startswith(tuple("=+-@＝＋－＠"))


@given(ANY_TEXT | MEAN_TEXT)
def test_xml_text_is_legal_and_loses_nothing_else(text: str) -> None:
    kept = xml_text(text)
    element = etree.Element("seg")
    element.text = kept  # lxml refuses what XML does not allow
    assert etree.fromstring(etree.tostring(element)).text == (kept or None)
    assert [c for c in storable(text) if c in kept] == list(kept)
    assert all(c in kept for c in storable(text) if c.isprintable())


@given(st.lists(MEAN_TEXT, min_size=1, max_size=4))
def test_cells_survive_a_csv_reader(texts: list[str]) -> None:
    file = io.StringIO()
    csv.writer(file, dialect="excel-tab", lineterminator="\n").writerow(
        [guard_cell(one_line(text)) for text in texts]
    )
    assert file.getvalue().count("\n") == 1
    (row,) = csv.reader(io.StringIO(file.getvalue()), dialect="excel-tab")
    assert [unguard_cell(cell) for cell in row] == [one_line(text) for text in texts]
