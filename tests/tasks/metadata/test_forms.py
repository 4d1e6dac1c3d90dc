"""Front matter as news pages write it: ``forms_zh.tsv``, ``forms_en.tsv``, ``headers.tsv``.

Each line stands in a small page; its values must come out, and no other; the title and every
sentence of the body must stay.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records import BlockKind
from tasks.evaluate.pages import fact_lines
from tests.tasks.clean.ledger import assert_accounted, read_page

TITLES = {"zh": "江州港因风暴关闭两天", "en": "Harbour closed for two days after storm"}
BODIES = {
    "zh": (
        "江州港周日因一艘货船在风暴中丢失四十个集装箱而关闭，潜水员已找到其中的大部分，港务局说。",
        "港务局负责人表示，另有三个集装箱下落不明，其中一个装有汽车电池，搜寻工作还将继续三天。",
        "渔民们说，这样的风暴在这个季节并不多见，他们的渔船在港内停了整整两天才得以出海。",
    ),
    "en": (
        "The harbour was closed on Sunday after a ship had lost forty containers, the port said.",
        "Divers have found most of them; three are missing, among them one with car batteries.",
        "Fishermen said that such storms were rare, and that their boats had stayed in for two days.",
    ),
}


def forms() -> Iterator[object]:
    for lang in ("zh", "en"):
        path = Path(__file__).with_name(f"forms_{lang}.tsv")
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("#"):
                continue
            where, line, *values = row.split("\t")
            text = line.replace("⏎", "\n").replace("␣", " ")
            wanted = set(values[0].split("; ")) if values else set()
            yield pytest.param(lang, where, text, wanted, id=f"{lang} {where} {line}")


@pytest.mark.parametrize(("lang", "where", "line", "wanted"), list(forms()))
def test_form(lang: str, where: str, line: str, wanted: set[str]) -> None:
    title, body = TITLES[lang], list(BODIES[lang])
    lines = {
        "top": [title, line, *body],
        "tail": [title, *body, line],
        "lead": [title, line + body[0], *body[1:]],
        "body": [title, body[0], line, *body[1:]],
    }[where]
    text = "\n".join(lines) + "\n"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert set(fact_lines(metadata)) == wanted
    kept = "\n".join(block.text.text for block in draft.blocks)
    assert kept.startswith(title)
    for sentence in [*body, *([line] if where == "body" else [])]:
        assert sentence in kept
    if where in ("top", "tail"):
        assert not [part for part in line.split("\n") if part and part in kept]


def headers() -> Iterator[object]:
    path = Path(__file__).with_name("headers.tsv")
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            page, values = row.split("\t")
            yield pytest.param(page.replace("⏎", "\n"), set(values.split("; ")), id=page)


@pytest.mark.parametrize(("page", "wanted"), list(headers()))
def test_header(page: str, wanted: set[str]) -> None:
    """Fields in lines of their own, in any order, below lines of the site and above the body."""
    body = BODIES["zh" if "港" in page else "en"]
    text = page.replace("{b}", "\n".join(body) + "\n")
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    title = next(block.text.text for block in draft.blocks if block.kind is BlockKind.TITLE)
    assert {f"title {title}", *fact_lines(metadata)} == wanted
    kept = "\n".join(block.text.text for block in draft.blocks)
    assert all(sentence in kept for sentence in body)
