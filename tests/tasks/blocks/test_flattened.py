"""Lines of two flattened columns, told from paragraphs in turn."""

from models.records import BlockKind, DraftBlock
from models.spans import TracedText
from tasks.blocks.flattened import cut_lines, in_columns
from tasks.blocks.lines import split_lines
from tasks.blocks.wrap import join_lines

COLUMNS = [
    "往返于两岸之间的渡轮",
    "The ferry between the two banks was",
    "周四恢复航行，此前它",
    "back in service on Thursday, after a",
    "因为一只海豹停了七天",
    "seal had put it out of action for",
    "。没有人愿意叫醒它。",
    "seven days. Nobody was willing to",
    "公司不会索赔。",
    "wake it, and nobody has to pay.",
]
TURN = [
    "渡轮周四恢复航行。",
    "The ferry was back on Thursday.",
    "没有人愿意叫醒它。",
    "Nobody was willing to wake it.",
    "公司不会索赔。",
    "The company wants no money.",
    "船长很高兴。",
    "The captain is glad.",
]


def blocks(lines: list[str]) -> list[DraftBlock]:
    text = "\n".join(lines)
    out, at = [], 0
    for line in lines:
        out.append(DraftBlock(BlockKind.PARAGRAPH, TracedText.of(text, at, at + len(line))))
        at += len(line) + 1
    return out


def test_columns_are_told_from_paragraphs_in_turn() -> None:
    assert in_columns(blocks(COLUMNS))
    assert not in_columns(blocks(TURN))
    assert not in_columns(blocks(COLUMNS[::2]))


def test_lines_that_go_on_are_cut_lines() -> None:
    assert {1, 3, 5, 7, 9} <= cut_lines(blocks(COLUMNS))
    assert cut_lines(blocks(TURN)) == frozenset()


def test_lines_of_the_other_language_are_not_joined() -> None:
    # Each English line stops in mid-sentence and is as wide as the next: it was joined with the
    # Chinese one below it.
    text = "\n".join(COLUMNS)
    lines = split_lines(text).lines
    joined = join_lines(text, lines, [False] * len(lines))
    assert [paragraph.text.text for paragraph in joined] == COLUMNS
