"""Hundreds of lines of furniture at their places on a page, and sentences about such things."""

from pathlib import Path

import pytest

from models.records import Document, SourceFile
from tasks.ingest import ingest

LINES = Path(__file__).parents[2] / "data" / "lines"
STORIES = {
    "en": (
        "The harbour of Old Quay opens after the storm",
        "The harbour of Old Quay was closed on Sunday after a ship had lost forty containers there.",
        "Divers have found most of the containers; three are still missing, the harbour master said.",
        "“We will not open the north channel before every one is on shore,” said Rosa Veld.",
        "Ships may enter the harbour again from Tuesday, but only by day, and with a pilot on board.",
        "The owner of the ship has agreed to pay for the divers. Insurers expect a large bill.",
    ),
    "zh": (
        "老码头风暴之后重新开放，三个集装箱仍下落不明",
        "老码头周日因一艘货船在风暴中丢失四十个集装箱而关闭，潜水员已找到其中的大部分集装箱。",
        "港务局局长白云帆说：“集装箱没有全部上岸之前，北航道不会开放。”他自2011年起主管这座港口。",
        "船只从周二起可以在白天进港，但必须有引水员在船上，直到搜寻结束为止，港务局在通知中写道。",
        "船东已同意支付潜水员的费用，保险公司估计，这笔账单将达到两百万元左右。",
        "码头上的搬运工说，他们等了整整三天，没有工钱，只有盒饭。",
    ),
}
AT = {"h": 0, "m": 3, "e": 6}
#: Of a hundred lines so many may stay: between paragraphs a line has little but its form.
MAY_STAY = {"h": 4, "m": 12, "e": 7}


def read(language: str, place: str, line: str) -> list[str]:
    lines = [*STORIES[language]]
    lines.insert(AT[place], line)
    text = "\n\n".join(lines) + "\n"
    found = ingest(Document(SourceFile("page.txt", "", 0, "txt"), text))
    return [bare(block.text) for article in found.articles for block in article.blocks]


def bare(text: str) -> str:
    return "".join(text.split()).strip("【】（）()[]—-|#.。:：▶▼↓>→")


def rows(name: str) -> list[str]:
    return (LINES / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ["h", "m", "e"])
def test_nearly_all_furniture_goes_and_no_sentence_with_it(language: str, place: str) -> None:
    lines = [
        row.split("\t")[2] for row in rows(f"placed_{language}.tsv") if place in row.split("\t")[1]
    ]
    left = []
    for line in lines:
        kept = read(language, place, line)
        assert [bare(text) for text in STORIES[language] if bare(text) not in kept] == [], line
        if any(bare(line) in text for text in kept):
            left.append(line)
    assert len(lines) > 100
    assert len(left) * 100 <= MAY_STAY[place] * len(lines), left


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_about_such_things_stay(language: str) -> None:
    lines = rows(f"placed_body_{language}.txt")
    assert len(lines) > 40
    lost = [
        line for line in lines for place in "me" if bare(line) not in read(language, place, line)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        # A paragraph that lost its last stop, or has a heading at its end, went as an inset when it
        # had a word to the reader.
        (
            "en",
            "The pilots of the port have worked without a contract since spring. You can see their"
            " boats at the north pier, and the two that were lent by the navy",
        ),
        ("en", "The crane on the east quay was built in 1958. How it will be repaired, and by you"),
        (
            "zh",
            "港口的引水员从春天起就没有合同，一直在无偿工作。你可以在北码头看到他们的船，还有两艘是海军借来的",
        ),
        # Its last quotation mark is turned the wrong way.
        ("zh", "“我们不能再等了，请你们把船交给我们，关注我们的人都明白。“"),
    ],
)
def test_a_paragraph_with_a_whole_sentence_stays(language: str, line: str) -> None:
    assert bare(line) in read(language, "m", line)
