"""Speakers' labels, at line starts and inside paragraphs."""

from models.records import DraftBlock
from tasks.blocks import blocks
from tests.tasks.clean.ledger import assert_accounted, document


def said(text: str) -> list[tuple[str | None, str]]:
    draft = blocks(document(text))
    assert_accounted(draft, text)
    return [(_label(block), block.text.text) for block in draft.blocks]


def _label(block: DraftBlock) -> str | None:
    return block.label.text if block.label is not None else None


INTERVIEW = """Question: Why did you build it?

Anna Lindt: Because nobody else did.

Question: And what does it cost? Anna Lindt: About as much as a car

Anna Lindt: I asked Anna Lindt: why not? It was a joke. Once it is ready, the sale will be quick Question: When?

Anna Lindt: Soon.
"""


def test_labels_inside_a_paragraph_open_a_block() -> None:
    found = said(INTERVIEW)
    assert ("Anna Lindt", "About as much as a car") in found
    assert ("Question", "When?") in found
    assert (
        "Anna Lindt",
        "I asked Anna Lindt: why not? It was a joke. Once it is ready, the sale will be quick",
    ) in found


def test_a_name_before_a_verb_is_no_label() -> None:
    text = "Bo Ek: One.\nBo Ek: Two.\nBo Ek: Three.\nBo Ek said, “no” to all of it.\n"
    assert said(text)[-1] == (None, "Bo Ek said, “no” to all of it.")


def test_chinese_labels() -> None:
    text = "记者：成本能降多少？\n梁伯庸：七成左右。\n记者：何时？\n梁伯庸：明年。记者：还有呢？梁伯庸：没有了，他告诉记者：等着。\n梁伯庸：好。\n"
    assert said(text) == [
        ("记者", "成本能降多少？"),
        ("梁伯庸", "七成左右。"),
        ("记者", "何时？"),
        ("梁伯庸", "明年。"),
        ("记者", "还有呢？"),
        ("梁伯庸", "没有了，他告诉记者：等着。"),
        ("梁伯庸", "好。"),
    ]


def test_clauses_before_a_colon_are_no_labels() -> None:
    text = "他说：好。\n他说：不好。\n他说：再看。\n数据显示：增长。\n数据显示：下降。\n数据显示：持平。\n"
    assert all(label is None for label, _ in said(text))


def test_front_matter_words_are_no_labels() -> None:
    text = "Source: A\nSource: B\nSource: C\n来源：甲\n来源：乙\n来源：丙\n"
    assert all(label is None for label, _ in said(text))


def test_times_and_addresses_have_no_labels() -> None:
    text = "http://a.example\nhttp://b.example\nhttp://c.example\n10:20 a\n10:30 b\n"
    assert all(label is None for label, _ in said(text))


def test_transcript_marks_and_times() -> None:
    text = ">> ANCHOR: Good evening.\n>> GUEST: Hello.\n>> ANCHOR: Tell us more.\n"
    assert said(text)[0] == ("ANCHOR", "Good evening.")
    live = "15:02 主持人：开始了。\n14:51 点火！\n14:32 主持人：还有十九分钟。\n14:10 就位。\n"
    assert said(live) == [
        ("15:02 主持人", "开始了。"),
        ("14:51", "点火！"),
        ("14:32 主持人", "还有十九分钟。"),
        ("14:10", "就位。"),
    ]


def test_a_label_alone_in_its_line_belongs_to_the_next() -> None:
    text = "Question:\nWhy did you build it?\nAnswer:\nBecause nobody else did.\n"
    assert said(text) == [
        ("Question", "Why did you build it?"),
        ("Answer", "Because nobody else did."),
    ]


def test_bold_lead_ins() -> None:
    text = "* **Prices & costs:** they rose.\n- **成本**：上涨。\n**A bold sentence. It goes on:** text\n"
    found = said(text)
    assert found[0] == ("Prices & costs", "they rose.")
    assert found[1] == ("成本", "上涨。")
    assert found[2][0] is None
