"""Two files aligned without a corpus: the same beads, ids and lines in every format."""

import json
import re

import pytest

from tasks.driver.aligning import AlignedTexts, align_texts, format_file, format_jsonl, format_tsv
from tasks.driver.settings import Settings

ZH = "\n大桥周一正式通车。\r\n\r\n  它全长3.2公里。\n当地商户希望带来更多游客。\n"
EN = (
    "The bridge opened on Monday.\nIt is 3.2 kilometers long.\n\n\n"
    "Local shop owners hope to see more tourists.\n"
)


@pytest.fixture(scope="module")
def aligned() -> AlignedTexts:
    return align_texts(("b.txt", EN), ("a.txt", ZH), Settings())


def test_rows_name_the_lines_of_the_files(aligned: AlignedTexts) -> None:
    # Sentences were counted once, without the blank lines between paragraphs.
    header, *rows = [row.split("\t") for row in format_tsv(aligned, Settings())]
    assert header[:2] == ["zh_lines", "en_lines"]
    assert [(row[0], row[1]) for row in rows] == [("2", "1"), ("4", "2"), ("5", "5")]
    for row in rows:
        assert ZH.split("\n")[int(row[0]) - 1].strip() == row[4]
        assert EN.split("\n")[int(row[1]) - 1] == row[5]


def test_a_bead_has_the_same_id_in_every_format(aligned: AlignedTexts) -> None:
    records = [json.loads(line) for line in format_jsonl(aligned, Settings()).splitlines()]
    assert {record["pair"] for record in records} == {aligned.pair}
    tmx = format_file(aligned, Settings(), "tmx").decode()
    assert re.findall(r'<tu tuid="(\w+)">', tmx) == [record["id"] for record in records]
