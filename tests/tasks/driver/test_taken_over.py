"""What has not changed is taken over from the published corpus, and the bytes are those of a full
run from nothing.
"""

import json
import logging
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import SerialExecutor, make_plan, material, run
from tasks.driver.finish import emission_basis
from tasks.driver.former import find_former, taken_over
from tasks.driver.parts import ArticlePart, PartResult, make_part
from tests.pages import ALONE_EN, ALONE_ZH, EN, crowd, inbox, tree

#: Small pages, so that the report of a small corpus has several.
CONFIG = load_config(flags=["emit.page_size=3"], environment={})


class Counting:
    """Stands for ``make_part`` and counts what it makes."""

    def __init__(self) -> None:
        self.items = self.documents = 0

    def __call__(self, part: object) -> PartResult:
        result = make_part(part)  # type: ignore[arg-type]
        if isinstance(part, ArticlePart):
            self.items += len(result.notes)
        else:
            self.documents += len(result.removed)
        return result


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(material, "make_part", counting)
    return counting


def build(folder: Path, out: Path, *flags: str) -> None:
    settings = CONFIG.settings
    if flags:
        settings = load_config(flags=["emit.page_size=3", *flags], environment={}).settings
    run(make_plan([folder], out, settings), SerialExecutor())


def page(text: str) -> str:
    return f"<html><head><title>Frogs</title></head><body><article><p>{text}</p></article></body></html>"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published corpus of thirteen items: pairs, articles alone, a copy, extracted text."""
    top = tmp_path_factory.mktemp("published")
    folder = inbox(top / "in")
    crowd(folder / "crowd", 6)
    (folder / "copy.txt").write_bytes((folder / "frog.txt").read_bytes())
    (folder / "page.html").write_text(page(ALONE_EN.replace("frog", "newt")), encoding="utf-8")
    lines = [{"text": ALONE_ZH.replace("88", str(n))} for n in range(80, 82)]
    (folder / "records.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8"
    )
    build(folder, top / "out")
    return top


@pytest.fixture
def top(published: Path, tmp_path: Path) -> Path:
    """A copy of that, of one's own."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return tmp_path


def same_as_from_nothing(top: Path, *flags: str) -> bool:
    fresh = top / f"fresh-{len(list(top.iterdir()))}"
    build(top / "in", fresh, *flags)
    return tree(top / "out") == tree(fresh)


def test_a_changed_document_costs_its_own_items(top: Path, made: Counting) -> None:
    (top / "in" / "bridge.en.txt").write_text(f"{EN} Some do not.", encoding="utf-8")
    build(top / "in", top / "out")
    assert (made.items, made.documents) == (1, 1)
    assert same_as_from_nothing(top)


def test_an_added_document_moves_the_others_and_they_are_not_made_again(
    top: Path, made: Counting
) -> None:
    (top / "in" / "aardvark.txt").write_text(ALONE_EN.replace("frog", "bat"), encoding="utf-8")
    build(top / "in", top / "out")
    assert (made.items, made.documents) == (1, 1)
    assert same_as_from_nothing(top)


def test_a_removed_document_costs_nothing_but_its_former_partner(top: Path, made: Counting) -> None:
    (top / "in" / "football.txt").unlink()
    build(top / "in", top / "out")
    assert (made.items, made.documents) == (0, 0)
    (top / "in" / "crowd" / "0002.en.txt").unlink()  # the Chinese side stands alone now
    build(top / "in", top / "out")
    assert (made.items, made.documents) == (1, 0)
    assert same_as_from_nothing(top)


def test_text_that_was_extracted_is_the_same_file(top: Path, made: Counting) -> None:
    (before,) = (top / "out" / "extracted").iterdir()
    inode = before.stat().st_ino
    (top / "in" / "football.txt").unlink()
    build(top / "in", top / "out")
    (after,) = (top / "out" / "extracted").iterdir()
    assert after.stat().st_ino == inode
    assert made.documents == 0


def test_other_settings_of_the_emission_make_all_anew(top: Path, made: Counting) -> None:
    build(top / "in", top / "out", "emit.removed_length=3")
    assert made.items == 13
    assert same_as_from_nothing(top, "emit.removed_length=3")


def act(folder: Path, chance: random.Random, number: int) -> None:
    """One change of an inbox."""
    files = sorted(path for path in folder.rglob("*.txt"))
    file = chance.choice(files)
    text = chance.choice([ALONE_EN, ALONE_ZH, EN]).replace("2", str(number))
    match chance.randrange(6):
        case 0:
            file.unlink()
        case 1:
            file.rename(file.with_name(f"{chance.choice('amz')}{number}.txt"))
        case 2:
            file.write_text(f"{file.read_text('utf-8')} It is {number}.", encoding="utf-8")
        case 3:
            file.with_name(f"{chance.choice('amz')}{number}.txt").write_bytes(file.read_bytes())
        case 4:
            (folder / f"{chance.choice('amz')}{number}.html").write_text(page(text), "utf-8")
        case _:
            (folder / f"{chance.choice('amz')}{number}.txt").write_text(text, encoding="utf-8")


def test_any_changes_one_after_the_other(top: Path) -> None:
    seed = int(os.environ.get("ZHEN_TEST_SEED") or int.from_bytes(os.urandom(4), "big"))
    print("ZHEN_TEST_SEED", seed)  # noqa: T201 - to repeat a failure
    chance = random.Random(seed)
    for number in range(1, 9):
        for _ in range(chance.randrange(1, 4)):
            act(top / "in", chance, number + chance.randrange(1000))
        build(top / "in", top / "out")
        assert same_as_from_nothing(top), number


@pytest.mark.parametrize(
    "name",
    ["zh.jsonl", "removed.jsonl", "exports/bitext.tsv", "exports/bitext.parquet", "report/pairs-0002.html",
     "extracted"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_damage_of_the_published_corpus_is_healed_not_carried_on(
    top: Path, name: str, how: str, made: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    """A person's hand, or a broken disk: the next run that publishes makes the file anew."""
    damaged = top / "out" / name
    if damaged.is_dir():
        (damaged,) = damaged.iterdir()
    data = bytearray(damaged.read_bytes())
    damaged.unlink()
    if how == "changed":
        data[len(data) // 2] ^= 1
        damaged.write_bytes(data)
    (top / "in" / "football.txt").unlink()
    with caplog.at_level(logging.WARNING, "zhen"):
        build(top / "in", top / "out")
    assert "made anew" in caplog.text
    assert made.items == 12
    assert same_as_from_nothing(top)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [Path.unlink, _cut], ids=["gone", "cut"])
def test_without_the_list_of_contents_all_is_made_anew(
    top: Path, harm: Callable[[Path], None], made: Counting
) -> None:
    (found,) = (top / "out.zhen").glob("contents-*")
    harm(found)
    (top / "in" / "football.txt").unlink()
    build(top / "in", top / "out")
    assert made.items == 12
    assert same_as_from_nothing(top)


def test_a_list_belongs_to_one_publication(top: Path) -> None:
    plan = make_plan([top / "in"], top / "out", CONFIG.settings)
    basis = emission_basis(plan)
    assert find_former(plan.work, plan.out, basis) is not None
    assert find_former(plan.work, plan.out, bytes(20)) is None
    manifest = plan.out / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert find_former(plan.work, plan.out, basis) is None


def test_only_the_list_of_the_published_corpus_is_kept(top: Path) -> None:
    (before,) = (top / "out.zhen").glob("contents-*")
    (top / "in" / "football.txt").unlink()
    build(top / "in", top / "out")
    (after,) = (top / "out.zhen").glob("contents-*")
    assert after != before


def test_what_changed_its_place_against_others_is_made_anew() -> None:
    """Files are read from beginning to end only, so order is kept or nothing is taken."""
    assert taken_over([b"b", b"a", b"c"], [b"a", b"b", b"c"]) == [1, -1, 2]
    assert taken_over([b"a", b"a"], [b"a"]) == [0, -1]
    assert taken_over([b"a"], []) == [-1]
