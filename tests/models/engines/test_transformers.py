"""Engines that need torch: the reference engine, conversion, and both on a trained model."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from models.engines import (
    Decoding,
    EngineError,
    EngineSettings,
    PrefixEngine,
    find_engine,
    open_engine,
)
from models.engines.codes import Family
from models.engines.convert import convert_model
from models.engines.files import check_folder
from models.engines.places import converted_folder
from models.places import cache_folder
from models.records import Lang
from tests.models.engines.conftest import Tiny
from tests.models.engines.families import write_family
from tests.models.training.grammar import pairs

pytestmark = pytest.mark.slow


def opened(folder: Path, engine: str = "auto", **settings: object) -> PrefixEngine:
    spec = find_engine(
        str(folder),
        engine=engine,  # type: ignore[arg-type]
        settings=EngineSettings(threads=1, **settings),  # type: ignore[arg-type]
    )
    assert spec is not None
    return open_engine(spec)


def test_both_engines_translate_what_the_model_was_taught(tiny: Tiny) -> None:
    for engine in (opened(tiny.converted), opened(tiny.model, "transformers")):
        for source, target, column in ((Lang.ZH, Lang.EN, 0), (Lang.EN, Lang.ZH, 1)):
            texts = [pair[column] for pair in tiny.pairs]
            goals = [pair[1 - column] for pair in tiny.pairs]
            answers = engine.translate(texts, source, target)
            right = sum(a.text == goal for a, goal in zip(answers, goals, strict=True))
            assert right >= 0.8 * len(goals)


def test_float32_in_both_engines_is_the_same_text(tiny: Tiny) -> None:
    texts = [zh for zh, _ in tiny.pairs] + ["", "没见过的字：鑫淼焱🙂", "新工厂，" * 60]
    fast = opened(tiny.model, compute_type="float32").translate(texts, Lang.ZH, Lang.EN)
    reference = opened(tiny.model, "transformers").translate(texts, Lang.ZH, Lang.EN)
    known = len(tiny.pairs)
    assert [a.text for a in fast[:known]] == [a.text for a in reference[:known]]
    # Scores would make transformers keep the whole vocabulary for every step and hypothesis.
    assert {answer.score for answer in reference} == {None}
    assert all(-1 < (answer.score or -9) < 0 for answer in fast[:known])


def test_the_score_of_a_completion_is_that_of_the_whole_text(tiny: Tiny) -> None:
    # CTranslate2 itself leaves the prefix out, so that the less it does itself the better it looks.
    one = opened(tiny.converted)
    text, goal = tiny.pairs[0]
    (free,) = one.translate([text], Lang.ZH, Lang.EN)
    cut = free.text.split()
    begun = [" ".join(cut[:n]) for n in range(len(cut))]
    completed = one.complete([text] * len(begun), begun, Lang.ZH, Lang.EN)
    assert {answer.text for answer in completed} == {free.text} == {goal}
    assert all(answer.score == pytest.approx(free.score, abs=1e-3) for answer in completed)
    (wrong,) = one.complete([text], ["Researchers tested drones"], Lang.ZH, Lang.EN)
    assert (wrong.score or 0) < (free.score or 0) - 0.5


def test_completions_in_float32_are_the_same_in_both_engines(tiny: Tiny) -> None:
    texts = [zh for zh, _ in tiny.pairs[:8]] + ["新工厂，" * 60]
    begun = ["The", "", "Researchers showed", "The city government", "A", "The bank", "It", "", "x"]
    fast = opened(tiny.model, compute_type="float32").complete(texts, begun, Lang.ZH, Lang.EN)
    reference = opened(tiny.model, "transformers")
    slow = reference.complete(texts, begun, Lang.ZH, Lang.EN)
    assert [(a.text, a.flags) for a in fast] == [(a.text, a.flags) for a in slow]
    assert all(answer.text.startswith(p) for answer, p in zip(slow[:-1], begun, strict=False))
    pairs_of_scores = [(a.score, b.score) for a, b in zip(fast[:-1], slow[:-1], strict=True)]
    assert all(a == pytest.approx(b, abs=2e-3) for a, b in pairs_of_scores)
    alone = [
        reference.complete([text], [prefix], Lang.ZH, Lang.EN)[0]
        for text, prefix in zip(texts, begun, strict=True)
    ]
    assert alone == slow


def test_the_reference_engine_does_not_depend_on_the_batch_either(tiny: Tiny) -> None:
    engine = opened(tiny.model, "transformers")
    texts = [en for _, en in tiny.pairs[:16]]
    together = engine.translate(texts, Lang.EN, Lang.ZH)
    alone = [engine.translate([text], Lang.EN, Lang.ZH)[0] for text in texts]
    assert [a.text for a in together] == [a.text for a in alone]
    small = opened(tiny.model, "transformers", batch_tokens=1)
    assert [a.text for a in small.translate(texts, Lang.EN, Lang.ZH)] == [a.text for a in alone]


def test_a_trained_model_in_int8_does_not_depend_on_the_batch(tiny: Tiny) -> None:
    engine = opened(tiny.converted)
    texts = [en for _, en in pairs(120)]
    together = engine.translate(texts, Lang.EN, Lang.ZH)
    assert together == [engine.translate([text], Lang.EN, Lang.ZH)[0] for text in texts]


def test_conversion_happens_once_and_keeps_the_identity(tiny: Tiny) -> None:
    spec = find_engine(str(tiny.model))
    assert spec is not None
    identity = spec.identity(Lang.ZH, Lang.EN)
    assert identity.revision == check_folder(tiny.model).revision()
    assert open_engine(spec).identity(Lang.ZH, Lang.EN) == identity
    place = converted_folder(cache_folder(), "model", identity.revision, "int8")
    assert {"model.bin", "source.spm", "target.spm", "zhen.json"} <= {
        path.name for path in place.iterdir()
    }
    before = (place / "model.bin").stat().st_mtime_ns
    os.utime(place, (0, 0))
    assert open_engine(spec).placeholders == ("<t1>", "<t2>", "<t3>", "<t4>")
    assert (place / "model.bin").stat().st_mtime_ns == before
    assert place.stat().st_mtime > 0  # it is seen to be in use
    assert not list(place.parent.glob(".converting-*"))


def test_a_conversion_that_is_killed_leaves_nothing_that_passes_for_a_model(
    tiny: Tiny, tmp_path: Path
) -> None:
    program = (
        "import sys; from pathlib import Path; from models.engines.convert import convert_model;"
        "from models.engines.files import check_folder;"
        "convert_model(check_folder(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    out = tmp_path / "converted" / "model"
    work = subprocess.Popen([sys.executable, "-c", program, str(tiny.model), str(out)])
    while work.poll() is None and not list(tmp_path.glob("converted/.converting-*")):
        time.sleep(0.01)
    os.kill(work.pid, signal.SIGKILL)
    work.wait()
    assert not out.exists() or check_folder(out)
    convert_model(check_folder(tiny.model), out)
    assert check_folder(out).directions == check_folder(tiny.model).directions


def test_a_model_that_cannot_be_converted_is_one_line(tiny: Tiny, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny.model, folder)
    text = (
        (folder / "config.json").read_text().replace('"encoder_layers": 2', '"encoder_layers": 9')
    )
    (folder / "config.json").write_text(
        text.replace('"num_hidden_layers": 2', '"num_hidden_layers": 9')
    )
    (folder / "vocab.json").write_text("{}")
    with pytest.raises(EngineError) as error:
        convert_model(check_folder(folder), tmp_path / "out")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("family", [f for f in Family if f is not Family.MARIAN])
def test_language_codes_of_each_family_are_the_same_in_both_engines(
    tmp_path: Path, family: Family
) -> None:
    folder = write_family(tmp_path / "model", family)
    assert check_folder(folder).family is family
    texts = [zh for zh, _ in pairs(6)]
    search = Decoding(beam=2)
    for source, target in ((Lang.ZH, Lang.EN), (Lang.EN, Lang.ZH)):
        fast = opened(folder, compute_type="float32")
        reference = opened(folder, "transformers")
        ours = fast.translate(texts, source, target, decoding=search)
        theirs = reference.translate(texts, source, target, decoding=search)
        # A random M2M100 also makes its "made-up words", which only one engine has a name for.
        alike = [(a.text, b.text) for a, b in zip(ours, theirs, strict=True)]
        # The same goes for a mask, which is no text to the other.
        odd = ("madeupword", "<mask>")
        compared = [pair for pair in alike if not any(name in pair[0] for name in odd)]
        assert len(compared) >= 2
        assert all(first == second for first, second in compared)
        begun = ["The company" if target is Lang.EN else "这家公司"] * len(texts)
        ours = fast.complete(texts, begun, source, target, decoding=search)
        theirs = reference.complete(texts, begun, source, target, decoding=search)
        assert all(a.text.startswith(begun[0]) for a in (*ours, *theirs))
        # Where one text came out and both ended, it has one score: the lead is in neither.
        ended = [
            (a, b) for a, b in zip(ours, theirs, strict=True) if a == replace(b, score=a.score)
        ]
        for first, second in ended:
            if not first.flags:
                assert first.score == pytest.approx(second.score, abs=2e-3)


def test_a_model_that_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    # Only broken, not missing: what transformers does without tokenizer.json depends on whether
    # protobuf and tiktoken happen to be installed.
    folder = write_family(tmp_path / "model", Family.MBART)
    (folder / "tokenizer.json").write_text("{\n")
    with pytest.raises(EngineError, match="cannot be loaded") as error:
        opened(folder, "transformers")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("device", "there", "wanted"), [("auto", True, "cuda"), ("auto", False, "cpu")]
)
def test_a_gpu_is_used_where_there_is_one(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, device: str, there: bool, wanted: str
) -> None:
    import torch
    from transformers import PreTrainedModel

    moved: list[str] = []

    def to(model: PreTrainedModel, place: str) -> PreTrainedModel:
        moved.append(place)
        return model

    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    monkeypatch.setattr(PreTrainedModel, "to", to)
    opened(tiny.model, "transformers", device=device)
    assert moved == [wanted]
