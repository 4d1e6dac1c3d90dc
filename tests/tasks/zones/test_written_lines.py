"""The lines that were written to learn wording from, set into a text one by one."""

from pathlib import Path

import pytest

from models.records import Document, SourceFile
from tasks.ingest import ingest

LINES = Path(__file__).parents[3] / "models" / "training" / "wording_lines"
TEXT = {
    "en": (
        "Ferry landing at Harrow Flats to close for the winter after cracks are found",
        "2023-11-14 08:30",
        "The council of Harrow Flats voted on Tuesday night to close the old ferry landing for the "
        "winter, after engineers found cracks in eleven of its forty timber piles.",
        "The landing, which was built in 1931 and last repaired in 1988, carries about 600 "
        "passengers a day between the town and the island of Lesser Orrin.",
        "“We looked at every pile twice,” said Martha Quill, the harbour engineer, “and what we "
        "saw the second time was worse than what we saw the first time.”",
        "Until spring the boats will leave from the coal wharf, half a mile upstream, where a "
        "shelter and a ticket window are to be set up by the end of the month.",
        "Farmers on the island had asked for the work to be put off until the potatoes were in, "
        "and eight of them came to the meeting with their children.",
    ),
    "zh": (
        "青石湾老渡口入冬后关闭 木桩发现裂缝",
        "2023-11-14 08:30",
        "周二晚上，青石湾镇人大表决通过，入冬后关闭老渡口，此前工程人员在四十根木桩中发现十一根有裂缝。",
        "老渡口建于1931年，上一次大修是在1988年，每天约有六百名乘客从这里往返于镇上和小奥林岛之间。",
        "“每一根桩我们都看了两遍，”港务工程师曲明兰说，“第二遍看到的比第一遍更糟。”",
        "开春之前，渡船改在上游半里外的煤码头停靠，候船棚和售票窗口将在月底前搭好。",
        "岛上的农户曾要求等土豆收完再动工，其中八户带着孩子来到会场。",
    ),
}
SENTENCE_ENDS = tuple('.。!！?？”"')


def leaves(language: str, line: str) -> bool:
    """Whether a line that stands in the middle of a text leaves it."""
    lines = list(TEXT[language])
    lines.insert(4, line)
    text = "\n\n".join(lines) + "\n"
    page = ingest(Document(SourceFile("page.txt", "", len(text.encode()), "txt"), text))
    start = text.index(f"\n\n{line}\n") + 2
    own = range(start, start + len(line))
    gone = sum(
        len(removal.text)
        for removal in page.removals
        if any(first in own for first, _ in removal.pieces)
    )
    return gone * 2 > len(line)


def written(language: str, what: str) -> list[str]:
    text = (LINES / f"{what}_{language}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hardly_a_line_of_articles_leaves_and_no_sentence(language: str) -> None:
    # They were written to be mistaken for furniture. What leaves are headings of furniture's words
    # (``Behind the paywall``), credits of pictures, and one sentence.
    lines = written(language, "article")
    gone = [line for line in lines if leaves(language, line)]
    sentences = [line for line in gone if line.endswith(SENTENCE_ENDS) and len(line) > 12]
    assert len(gone) <= 0.03 * len(lines), gone
    assert len(sentences) <= 0.005 * len(lines), sentences


@pytest.mark.slow
@pytest.mark.parametrize(("language", "share"), [("en", 0.3), ("zh", 0.4)])
def test_lines_of_sites_leave_though_nothing_stands_beside_them(
    language: str, share: float
) -> None:
    # Every third line; most that stay are whole sentences, which need a neighbour as a second sign.
    lines = written(language, "furniture")[::3]
    assert sum(leaves(language, line) for line in lines) >= share * len(lines)
