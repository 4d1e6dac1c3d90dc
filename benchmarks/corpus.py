"""Generated input of any size: articles made of consecutive bitext lines."""

import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

SENTENCES = 20  # of an article
_CHROME = (
    "来源：今日财经网\n发布时间：2025-03-0{d} 09:1{d}\n",
    "By Staff Reporter\nMarch {d}, 2025\n",
)
_TAIL = (
    "\n责任编辑：王小明\n扫描二维码关注公众号\n",
    "\nShare Tweet Pin\nRead more: related stories\n",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was generated: how many articles (a bilingual page holds two) and bytes of text."""

    articles: int
    files: int
    bytes: int


def bitext_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """The sentence pairs of a folder with ``train.zh.xz`` and ``train.en.xz``, over and over."""
    while True:
        with (
            lzma.open(folder / "train.zh.xz", "rt", encoding="utf-8", newline="\n") as zh,
            lzma.open(folder / "train.en.xz", "rt", encoding="utf-8", newline="\n") as en,
        ):
            for one, other in zip(zh, en, strict=True):
                one, other = one.strip(), other.strip()
                # Lines as a newspaper has them; UI strings and code are left out.
                if len(one) >= 12 and len(other) >= 40 and other[0].isupper():
                    yield one, other


def make_corpus(out: Path, articles: int, bitext: Path, seed: int = 1) -> Made:
    """Write ``articles`` articles: three in five pairs of files with meaningless names, one in
    five a bilingual page, the rest without counterpart; a third of the files with page furniture.
    """
    chance = random.Random(seed)
    lines = bitext_lines(bitext)
    out.mkdir(parents=True, exist_ok=True)
    made = files = size = 0

    def write(text: str) -> None:
        nonlocal files, size
        folder = out / f"{files // 1000:04d}"
        folder.mkdir(exist_ok=True)
        data = text.encode()
        (folder / f"{chance.getrandbits(48):012x}.txt").write_bytes(data)
        files += 1
        size += len(data)

    while made < articles:
        part = list(islice(lines, SENTENCES))
        zh = _article([one for one, _ in part], 0, chance)
        en = _article([other for _, other in part], 1, chance)
        match chance.randrange(10):
            case 0 | 1:  # a page counts as the two articles it holds
                write(f"{zh}\n\n{en}")
                made += 2
            case 2:
                write(zh)
                made += 1
            case 3:
                write(en)
                made += 1
            case _:
                write(zh)
                write(en)
                made += 2
    return Made(made, files, size)


def _article(sentences: list[str], side: int, chance: random.Random) -> str:
    """Sentences in paragraphs of four."""
    joint = " " if side else ""
    body = "\n\n".join(
        joint.join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)
    )
    if chance.randrange(3):
        return body
    return _CHROME[side].format(d=chance.randrange(1, 9)) + "\n" + body + "\n" + _TAIL[side]
