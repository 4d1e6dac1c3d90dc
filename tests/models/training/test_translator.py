import json
import shutil
from pathlib import Path

import pytest

from models.training.data import DataSettings, prepare_data
from models.training.data_noise import NoiseSettings
from models.training.errors import TrainingError
from models.training.translator import learning_rate, train, train_translator
from models.training.translator_settings import (
    TranslatorSettings,
    memory_estimate,
    weight_count,
)
from models.training.translator_state import Progress
from tests.models.training.grammar import pairs, write_pairs

SILENT = NoiseSettings(lower=0, upper=0, title=0, no_stop=0, traditional=0, ascii_stops=0, terms=0)
DATA = DataSettings(vocabulary=480, valid_pairs=0, noise=SILENT)
_CHINESE = tuple({zh[0] for zh, _ in pairs(60)})


def quiet(line: str) -> None:
    """Nobody reads it."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    zh, en = write_pairs(folder, 60)
    prepare_data(zh, en, folder / "data", DATA)
    return folder / "data"


def test_batches_hold_every_example_once_and_stay_in_bounds(prepared: Path) -> None:
    from models.training.data_pack import PackedData
    from models.training.translator_batches import Examples
    from models.training.translator_model import read_vocabulary

    size, words = read_vocabulary(prepared)
    data = PackedData.load(prepared)
    examples = Examples(data, words)
    both = sum(2 if use == 0 else 1 for use in data.uses)
    assert len(examples) == both
    batches = examples.epoch(0, 400, seed=1)
    assert sorted(int(i) for batch in batches for i in batch) == list(range(both))
    assert [b.tolist() for b in batches] == [b.tolist() for b in examples.epoch(0, 400, seed=1)]
    assert [b.tolist() for b in batches] != [b.tolist() for b in examples.epoch(1, 400, seed=1)]
    for chosen in batches:
        batch = examples.batch(chosen)
        lengths = (batch.sources != words.pad).sum(axis=1)
        targets = (batch.labels != -100).sum(axis=1)
        assert len(chosen) == 1 or len(chosen) * max(lengths.max(), targets.max()) <= 400
        assert batch.target_tokens == targets.sum()
        assert set(batch.sources[:, 0].tolist()) <= {words.to_zh, words.to_en}
        for row in range(len(chosen)):
            source = batch.sources[row][: lengths[row]]
            label = batch.labels[row][: targets[row]]
            assert source[-1] == label[-1] == words.end
            assert words.pad not in source
            assert batch.inputs[row][: targets[row]].tolist() == [words.pad, *label[:-1].tolist()]
        assert batch.sources.max() < size


def test_a_source_and_its_target_are_the_two_sides_of_one_pair(prepared: Path) -> None:
    from sentencepiece import SentencePieceProcessor

    from models.training.data_pack import PackedData
    from models.training.translator_batches import Examples
    from models.training.translator_model import read_vocabulary

    _, words = read_vocabulary(prepared)
    processor = SentencePieceProcessor(model_file=str(prepared / "source.spm"))
    examples = Examples(PackedData.load(prepared), words)
    known = {text for pair in pairs(60) for text in (pair, pair[::-1])}
    seen = set()
    for chosen in examples.epoch(0, 300, seed=1):
        batch = examples.batch(chosen)
        for source, label in zip(batch.sources.tolist(), batch.labels.tolist(), strict=True):
            text = processor.decode([i for i in source[1:] if i not in (words.end, words.pad)])
            goal = processor.decode([i for i in label if i not in (words.end, -100)])
            seen.add((text, goal))
            assert source[0] == (words.to_en if text.startswith(_CHINESE) else words.to_zh)
    assert seen == known


def test_the_learning_rate_rises_and_falls() -> None:
    settings = TranslatorSettings(warmup=10, steps=100, learning_rate=1.0, minutes=None)
    rates = [learning_rate(settings, Progress(step=step)) for step in range(100)]
    assert rates[0] < rates[5] < rates[9]
    assert rates[9] > rates[50] > rates[99] >= 0.02 * rates[9]


def test_time_ends_a_training_as_steps_do() -> None:
    settings = TranslatorSettings(steps=1000, minutes=10)
    assert Progress(step=10, seconds=600).share(settings) == 1.0
    assert Progress(step=500, seconds=60).share(settings) == 0.5


def test_the_default_model_fits_the_promise() -> None:
    settings = TranslatorSettings()
    weights = weight_count(settings, 32_000)
    assert weights < 60e6  # a byte each in int8
    assert 10e9 < memory_estimate(settings, 32_000) < 60e9


@pytest.mark.slow
def test_the_count_of_weights_is_that_of_the_model(prepared: Path) -> None:
    from models.training.translator_model import build_model, read_vocabulary

    settings = TranslatorSettings.tiny()
    size, words = read_vocabulary(prepared)
    model = build_model(settings, size, words)
    learned = sum(w.numel() for n, w in model.named_parameters() if "embed_positions" not in n)
    assert learned == weight_count(settings, size)
    assert not model.get_input_embeddings().weight[words.pad].any()


@pytest.mark.slow
def test_a_resumed_training_ends_where_an_undisturbed_one_does(
    prepared: Path, tmp_path: Path
) -> None:
    import torch

    settings = TranslatorSettings.tiny(
        steps=12, checkpoint_every=6, d_model=32, ffn=64, dropout=0.1, average=3
    )
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    train(prepared, whole, settings, say=quiet)

    class StopError(Exception):
        pass

    def stop_late(line: str) -> None:
        if line.startswith("step 12"):
            raise StopError  # after the last step, before its checkpoint

    with pytest.raises(StopError):
        train(prepared, broken, settings, say=stop_late)
    lines: list[str] = []
    train(prepared, broken, settings, say=lines.append)
    assert "resumed at step 6" in lines[0]
    first, second = (
        torch.load(folder / "checkpoints" / "step-00000012.pt", weights_only=True)
        for folder in (whole, broken)
    )
    assert all(torch.equal(first[name], second[name]) for name in first)
    other = TranslatorSettings.tiny(steps=12, checkpoint_every=6, d_model=48, ffn=64, average=3)
    with pytest.raises(TrainingError, match="d_model"):
        train(prepared, broken, other, say=quiet)


@pytest.mark.slow
def test_lost_weights_are_not_saved_over_good_ones(prepared: Path, tmp_path: Path) -> None:
    # A learning rate that is too high may show after many checkpoints; the last good one stays,
    # and the training goes on from it with a smaller one.
    small = {"steps": 4, "checkpoint_every": 2, "d_model": 32, "ffn": 64}
    train(prepared, tmp_path, TranslatorSettings.tiny(**small), say=quiet)
    wild = TranslatorSettings.tiny(**{**small, "steps": 8, "learning_rate": float("inf")})
    with pytest.raises(TrainingError, match="smaller learning_rate"):
        train(prepared, tmp_path, wild, say=quiet)
    tame = TranslatorSettings.tiny(**{**small, "steps": 6, "learning_rate": 1e-4})
    lines: list[str] = []
    assert train(prepared, tmp_path, tame, say=lines.append).step == 6
    assert "resumed at step 4" in lines[0]


@pytest.mark.slow
def test_the_default_model_takes_steps_in_the_precision_of_a_gpu(
    prepared: Path, tmp_path: Path
) -> None:
    # Everything of the recipe but its device and the size of its batches.
    settings = TranslatorSettings(
        device="cpu", precision="bfloat16", batch_tokens=256, steps=2, average=1, threads=1
    )
    progress = train(prepared, tmp_path, settings, say=quiet)
    assert progress.step == 2
    assert 0 < progress.loss < 10


@pytest.mark.slow
def test_a_chunked_loss_is_the_loss(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from models.training import translator_model
    from models.training.data_pack import PackedData
    from models.training.translator_batches import Examples

    size, words = translator_model.read_vocabulary(prepared)
    settings = TranslatorSettings.tiny(d_model=32, ffn=64)
    batch = Examples(PackedData.load(prepared), words)
    first = batch.batch(batch.epoch(0, 300, seed=1)[0])
    tensors = [torch.from_numpy(a) for a in (first.sources, first.inputs, first.labels)]
    results = []
    for chunk in (16_384, 7):
        monkeypatch.setattr(translator_model, "LOSS_CHUNK", chunk)
        model = translator_model.build_model(settings, size, words)
        loss, count = translator_model.summed_loss(model, *tensors, words, 0.1)
        loss.backward()
        results.append((loss.item(), count.item(), model.lm_head.weight.grad.clone()))
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-5)
    assert results[0][1] == results[1][1] == first.target_tokens
    assert torch.allclose(results[0][2], results[1][2], atol=1e-4)
    assert not results[0][2][words.pad].any()


@pytest.mark.slow
def test_the_loss_in_bfloat16_is_near_the_loss(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a GPU computes in mixed precision, on a CPU: types fit, chunks are recomputed alike.
    import torch

    from models.training import translator_model
    from models.training.data_pack import PackedData
    from models.training.translator_batches import Examples

    monkeypatch.setattr(translator_model, "LOSS_CHUNK", 50)
    size, words = translator_model.read_vocabulary(prepared)
    examples = Examples(PackedData.load(prepared), words)
    batch = examples.batch(examples.epoch(0, 300, seed=1)[0])
    tensors = [torch.from_numpy(a) for a in (batch.sources, batch.inputs, batch.labels)]
    model = translator_model.build_model(TranslatorSettings.tiny(d_model=32, ffn=64), size, words)
    exact, _ = translator_model.summed_loss(model, *tensors, words, 0.1)
    with torch.autocast("cpu", torch.bfloat16):
        rough, _ = translator_model.summed_loss(model, *tensors, words, 0.1)
    rough.backward()
    assert rough.dtype is torch.float32
    assert rough.item() == pytest.approx(exact.item(), rel=0.02)
    assert all(torch.isfinite(w.grad).all() for w in model.parameters() if w.grad is not None)


@pytest.mark.slow
def test_a_tiny_model_learns_two_hundred_pairs_by_heart(tmp_path: Path) -> None:
    from sacrebleu.metrics.chrf import CHRF

    from models.engines import find_engine, open_engine
    from models.records import Lang

    zh, en = write_pairs(tmp_path, 200)
    lines: list[str] = []
    trained = train_translator(
        tmp_path / "out",
        zh=zh,
        en=en,
        settings=TranslatorSettings.tiny(steps=330, learning_rate=3e-3, warmup=30),
        data_settings=DATA,
        say=lines.append,
    )
    spec = find_engine(str(trained.converted))
    assert spec is not None
    engine = open_engine(spec)
    taught = pairs(200)
    for source, target, column in ((Lang.ZH, Lang.EN, 0), (Lang.EN, Lang.ZH, 1)):
        answers = engine.translate([pair[column] for pair in taught], source, target)
        goals = [pair[1 - column] for pair in taught]
        assert CHRF().corpus_score([a.text for a in answers], [goals]).score > 90
    assert trained.steps == 330
    notes = (tmp_path / "out" / "history.jsonl").read_text(encoding="utf-8")
    history = [json.loads(line) for line in notes.split("\n") if line]
    assert [note["step"] for note in history] == [100, 200, 300, 330]
    assert history[-1]["loss"] < history[0]["loss"]
    assert any("tok/s" in line and "min left" in line for line in lines)
    shutil.rmtree(trained.model)
    again = train_translator(
        tmp_path / "out",
        data=tmp_path / "out" / "data",
        settings=TranslatorSettings.tiny(steps=330, learning_rate=3e-3, warmup=30),
        convert=False,
    )
    assert again.steps == 330
    assert again.model.is_dir()


@pytest.mark.slow
def test_validation_scores_both_directions(tmp_path: Path) -> None:
    zh, en = write_pairs(tmp_path, 300)
    settings = TranslatorSettings.tiny(
        steps=4, checkpoint_every=4, d_model=32, ffn=64, valid_pairs=5
    )
    trained = train_translator(
        tmp_path / "out",
        zh=zh,
        en=en,
        settings=settings,
        data_settings=DataSettings(vocabulary=480, valid_pairs=10),
        convert=False,
    )
    assert set(trained.chrf) == {"zh-en", "en-zh"}


def test_inputs_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="--zh and --en"):
        train_translator(tmp_path / "out")
