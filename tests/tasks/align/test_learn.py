"""``zhen train lexicon``: from a bitext, and a new version from a corpus."""

import json
import lzma
from pathlib import Path

import pytest

from models.lexicon import Lexicon, load_lexicon, save_lexicon
from tasks.align.learn import adapt_lexicon, train_lexicon
from tests.tasks.align.texts import sentences


def write(path: Path, lines: list[str]) -> Path:
    data = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)
    return path


def ratio(lexicon: Lexicon, zh: str, en: str) -> int:
    """The level of a link, 0 for none."""
    if zh not in lexicon.zh_index or en not in lexicon.en_index:
        return 0
    z, e = lexicon.zh_index[zh], lexicon.en_index[en]
    links = range(lexicon.start[z], lexicon.start[z + 1])
    return next((int(lexicon.en_level[k]) for k in links if lexicon.en[k] == e), 0)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    zh, en = sentences(300)
    train_lexicon(write(tmp_path / "a.zh", zh), write(tmp_path / "a.en", en), tmp_path / "one")
    # Packed or not: only the name of the files in the source line may differ.
    (tmp_path / "again").mkdir()
    train_lexicon(
        write(tmp_path / "again" / "a.zh", zh), write(tmp_path / "again" / "a.en", en),
        tmp_path / "two",
    )  # fmt: skip
    packed = train_lexicon(
        write(tmp_path / "a.zh.xz", zh), write(tmp_path / "a.en.xz", en), tmp_path / "three"
    )
    first = (tmp_path / "one" / "lexicon.bin").read_bytes()
    assert first == (tmp_path / "two" / "lexicon.bin").read_bytes()
    assert (
        ratio(packed, "苹果", "appl")
        == ratio(load_lexicon(tmp_path / "one" / "lexicon.bin"), "苹果", "appl")
        > 0
    )


def test_sides_of_unequal_length(tmp_path: Path) -> None:
    zh, en = write(tmp_path / "zh", ["一。", "二。"]), write(tmp_path / "en", ["One."])
    with pytest.raises(ValueError, match="shorter"):
        train_lexicon(zh, en, tmp_path / "out")


def corpus(folder: Path, beads: list[dict[str, object]]) -> Path:
    """An output folder with nothing but alignments."""
    folder.mkdir()
    source, machine = {"kind": "source"}, {"kind": "machine"}
    with (folder / "alignments.jsonl").open("w", encoding="utf-8") as file:
        for bead in beads:
            line = {
                "zh": ["z"], "en": ["e"], "score": 0.99, "zh_origin": source,
                "en_origin": machine if bead.get("machine") else source, **bead,
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return folder


@pytest.fixture
def base(tmp_path: Path, lexicon: Lexicon) -> Path:
    path = tmp_path / "base.bin"
    save_lexicon(lexicon, path)
    return path


def test_adapting_learns_what_a_corpus_repeats(tmp_path: Path, base: Path) -> None:
    zh, en = sentences(40)
    beads: list[dict[str, object]] = [
        {"zh_text": f"{z}奥利瓦" * (k % 2) or z, "en_text": f"{e[:-1]} Oliva." * (k % 2) or e}
        for k, (z, e) in enumerate(zip(zh, en, strict=True))
    ]
    once = {"zh_text": "奇美拉。", "en_text": "Chimera."}  # met once: the discount takes it
    made = adapt_lexicon(corpus(tmp_path / "corpus", [*beads, once]), tmp_path / "new", base=base)
    old, new = load_lexicon(base), load_lexicon(tmp_path / "new" / "lexicon.bin")
    name = ("奥利瓦", "奥利", "奥", "利", "瓦")  # however jieba cuts it
    assert max(ratio(old, token, "oliva") for token in name) == 0
    assert max(ratio(new, token, "oliva") for token in name) > 0
    assert ratio(new, "奇美拉", "chimera") == ratio(new, "奇", "chimera") == 0
    assert ratio(new, "苹果", "appl") > 0  # what the corpus does not speak of is kept
    assert new.digest != old.digest
    assert "adapted to 41 beads" in made.source
    again = adapt_lexicon(tmp_path / "corpus", tmp_path / "again", base=base)
    assert (tmp_path / "again" / "lexicon.bin").read_bytes() == (
        tmp_path / "new" / "lexicon.bin"
    ).read_bytes()
    assert again.source == made.source


def test_adapting_takes_no_doubtful_or_machine_made_beads(tmp_path: Path, base: Path) -> None:
    zh, en = sentences(5)
    texts = [{"zh_text": z, "en_text": e} for z, e in zip(zh, en, strict=True)]
    for name, more in (("doubtful", {"score": 0.5}), ("machine", {"machine": True})):
        folder = corpus(tmp_path / name, [{**text, **more} for text in texts])
        with pytest.raises(ValueError, match="no bead to learn from"):
            adapt_lexicon(folder, tmp_path / "out", base=base)
