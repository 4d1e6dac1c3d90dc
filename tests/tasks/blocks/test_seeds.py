"""The blocks of the sample articles: examples of what the rules must give, not their measure."""

from pathlib import Path

import pytest

from models.records import BlockKind, DraftBlock
from tasks.blocks import blocks
from tests.tasks.clean.ledger import assert_accounted, document


def seed(seeds: Path, number: str) -> tuple[str, tuple[DraftBlock, ...]]:
    (path,) = seeds.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    draft = blocks(document(text))
    assert_accounted(draft, text)
    return text, draft.blocks


def of_kind(found: tuple[DraftBlock, ...], kind: BlockKind) -> list[str]:
    return [block.text.text for block in found if block.kind is kind]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_character_is_accounted_for(seeds: Path, number: str) -> None:
    assert seed(seeds, number)[1]


def test_bars_inside_a_line_make_it_a_heading(seeds: Path) -> None:
    found = seed(seeds, "000")[1]
    assert of_kind(found, BlockKind.HEADING) == [
        "What is the current level of FSD?",
        "What does FSD need to enter China?",
        "What is the impact of FSD's entry into China?",
    ]


def test_labels_open_blocks_also_inside_a_paragraph(seeds: Path) -> None:
    found = seed(seeds, "001")[1]
    labels = [block.label.text for block in found if block.label is not None]
    assert set(labels) == {"Question", "Tao Lin"}
    assert labels.count("Question") == 30
    assert labels.count("Tao Lin") == 32  # one question carries the wrong label, and keeps it
    by_label = [(b.label.text, b.text.text) for b in found if b.label is not None]
    assert (
        "Tao Lin",
        "So far, there is no such plan, and our focus is not on this for the time being.",
    ) in by_label
    # the sentences before these two questions lost their full stops
    endings = [
        b.text.text
        for b in found
        if b.text.text.endswith(("promotion will be quick", "conduct local training"))
    ]
    assert len(endings) == 2
    said = [b.text.text for b in found if "Tao Lin said, " in b.text.text]
    assert len(said) == 2


def test_numbered_list_items_leave_their_numbers(seeds: Path) -> None:
    items = of_kind(seed(seeds, "001")[1], BlockKind.LIST_ITEM)
    assert len(items) == 6
    assert items[3].startswith("Tesla expects Robotaxi")


def test_captions_and_unmarked_headings(seeds: Path) -> None:
    found = seed(seeds, "002")[1]
    assert (
        of_kind(found, BlockKind.CAPTION)[0]
        == "Xiaomi Cars Fully Joins the Intelligent Driving Battle"
    )
    assert len(of_kind(found, BlockKind.CAPTION)) == 4
    for heading in (
        "Xiaomi Cars Aims to Create Miracles",
        "Can Xiaomi Prevail in the End?",
        "Commentary",
    ):
        assert heading in of_kind(found, BlockKind.HEADING)


def test_bold_lead_ins_become_labels(seeds: Path) -> None:
    items = [block for block in seed(seeds, "003")[1] if block.kind is BlockKind.LIST_ITEM]
    assert len(items) == 36
    assert all(block.label is not None for block in items)
    assert items[0].label is not None
    assert items[0].label.text == "XAI与算力规模"
    assert not any("*" in block.text.text for block in items)


def test_a_paragraph_that_starts_with_a_year_is_no_item(seeds: Path) -> None:
    found = seed(seeds, "004")[1]
    assert of_kind(found, BlockKind.LIST_ITEM) == []
    assert of_kind(found, BlockKind.HEADING)[:2] == [
        "Part.1",
        'New forces are starting to "compete" in large models',
    ]
