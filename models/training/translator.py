"""Training the translator: ``zhen train translator --zh F --en F --out DIR``.

Three steps that can run on different machines: :func:`models.training.data.prepare_data` (no GPU,
its result is small), :func:`train` (GPU), :func:`models.training.translator_export.export`.
"""

import importlib.util
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.training.data import DataSettings, prepare_data
from models.training.data_pack import PackedData, require_packed
from models.training.errors import TrainingError
from models.training.translator_batches import Batch, Examples
from models.training.translator_model import build_model, read_vocabulary, summed_loss
from models.training.translator_settings import (
    TranslatorSettings,
    memory_estimate,
    weight_count,
)
from models.training.translator_state import Checkpoints, Progress
from models.training.translator_valid import Validation

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training made: the model folders and the last figures."""

    model: Path
    converted: Path | None
    steps: int
    loss: float
    tokens_per_second: float
    chrf: dict[str, float]


def train_translator(
    out: Path,
    *,
    zh: Path | None = None,
    en: Path | None = None,
    data: Path | None = None,
    settings: TranslatorSettings | None = None,
    data_settings: DataSettings | None = None,
    exclude: Sequence[Path] = (),
    terms: Sequence[tuple[str, str]] | None = None,
    convert: bool = True,
    say: Say = lambda line: None,
) -> Trained:
    """All of it: prepare the data (unless ``data`` names a prepared folder), train, export.

    In ``out``: ``data/`` (when prepared here), ``checkpoints/``, ``history.jsonl``, ``model/`` in
    the format of transformers and, with ``convert``, ``ctranslate2/`` in int8 (left out, with a
    line that says so, where ctranslate2 is not installed). Started again after
    a kill it goes on from the last checkpoint. Raises :class:`TrainingError` when the inputs do not
    fit.
    """
    from models.training.translator_export import export

    settings = settings or TranslatorSettings()
    _require_modules("torch", "transformers", "sentencepiece")
    if data is not None:
        require_packed(data)
    else:
        if zh is None or en is None:
            raise TrainingError("give both --zh and --en, or --data with prepared data")
        data = out / "data"
        if not (data / "meta.json").is_file():
            prepare_data(zh, en, data, data_settings, exclude=exclude, terms=terms, say=say)
    run = train(data, out, settings, say=say)
    model, converted = export(data, out, settings, convert=convert, say=say)
    return Trained(model, converted, run.step, run.loss, run.rate, run.chrf)


def learning_rate(settings: TranslatorSettings, progress: Progress) -> float:
    """Linear warm-up, then a linear fall to a fiftieth at the end."""
    warm = min(1.0, (progress.step + 1) / settings.warmup)
    return settings.learning_rate * warm * max(0.02, 1.0 - progress.share(settings))


def train(data: Path, out: Path, settings: TranslatorSettings, *, say: Say) -> Progress:
    """Train on prepared ``data`` and leave checkpoints and ``history.jsonl`` in ``out``.

    An undisturbed training and one that was killed and started again give the same weights when
    ``minutes`` is None (with it the clock decides how the learning rate falls).
    """
    import torch

    packed = PackedData.load(data)
    size, vocabulary = read_vocabulary(data)
    device = _device(settings)
    if settings.threads:
        torch.set_num_threads(settings.threads)
    model = build_model(settings, size, vocabulary).to(device)
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=settings.learning_rate,
        betas=(0.9, 0.98),
        eps=1e-8,
        weight_decay=0.0,
        fused=device == "cuda",
    )
    store = Checkpoints(out / "checkpoints", settings)
    progress = store.resume(model, optimizer, device)
    examples = Examples(packed, vocabulary)
    validation = Validation(data, vocabulary, settings.valid_pairs)
    say(
        f"{weight_count(settings, size) / 1e6:.1f} M weights, {len(examples):,} examples, "
        f"{device}, about {memory_estimate(settings, size) / 2**30:.1f} GiB at the largest batch"
        + (f", resumed at step {progress.step}" if progress.step else "")
    )
    model.train()
    clock = time.monotonic()
    rough = settings.precision == "bfloat16" or (settings.precision == "auto" and device == "cuda")
    mixed = torch.autocast(device, torch.bfloat16) if rough else nullcontext()
    meter = _Meter()
    for batch in _batches(examples, settings, progress):
        now = time.monotonic()
        progress.seconds, clock = progress.seconds + now - clock, now
        if progress.share(settings) >= 1.0:
            break
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(settings, progress)
        tensors = _to_device(batch, device)
        with mixed:
            loss, count = summed_loss(model, *tensors, vocabulary, settings.label_smoothing)
        (loss / count).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        progress.step += 1
        meter.add(loss.detach(), batch.target_tokens)
        report = progress.step % settings.checkpoint_every == 0 or progress.step == settings.steps
        if report or progress.step % 50 == 0:
            progress.loss = meter.loss()
            _require_finite(progress, out)
            progress.rate = meter.rate()
            say(_line(progress, settings))
        if report:
            progress.chrf = validation.chrf(model)
            store.save(model, optimizer, progress)
            _note(out / "history.jsonl", progress, settings)
    if not store.has(progress.step):
        progress.chrf = validation.chrf(model)
        store.save(model, optimizer, progress)
        _note(out / "history.jsonl", progress, settings)
    return progress


def _require_modules(*names: str) -> None:
    for name in names:
        if importlib.util.find_spec(name) is None:
            raise TrainingError(f"training needs {name}: install zhen[torch]")


def _require_finite(progress: Progress, out: Path) -> None:
    """Stop before weights that are lost are saved over good ones."""
    if not math.isfinite(progress.loss):
        raise TrainingError(
            f"the loss is {progress.loss} at step {progress.step}; started again with a smaller "
            f"learning_rate the training goes on from the last checkpoint in {out}"
        )


def _device(settings: TranslatorSettings) -> str:
    import torch

    if settings.device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return settings.device


def _batches(
    examples: Examples, settings: TranslatorSettings, progress: Progress
) -> Iterator[Batch]:
    """Batches from where ``progress`` stands, epoch after epoch; it is moved on."""
    while True:
        batches = examples.epoch(progress.epoch, settings.batch_tokens, settings.seed)
        while progress.batch < len(batches):
            batch = examples.batch(batches[progress.batch])
            progress.batch += 1
            yield batch
        progress.epoch, progress.batch = progress.epoch + 1, 0


def _to_device(batch: Batch, device: str) -> tuple[Any, Any, Any]:
    import torch

    tensors = [torch.from_numpy(a) for a in (batch.sources, batch.inputs, batch.labels)]
    if device == "cuda":
        tensors = [tensor.pin_memory().to(device, non_blocking=True) for tensor in tensors]
    return tensors[0], tensors[1], tensors[2]


class _Meter:
    """Loss per target token and target tokens per second since it was last asked."""

    def __init__(self) -> None:
        self._losses: list[Any] = []
        self._tokens = 0
        self._since = time.monotonic()
        self._asked = 0

    def add(self, loss: Any, tokens: int) -> None:
        self._losses.append(loss)
        self._tokens += tokens

    def loss(self) -> float:
        """Waits for the device; so it is asked now and then only."""
        total = sum(float(loss) for loss in self._losses)
        self._asked, self._losses = self._tokens, []
        return total / max(1, self._tokens)

    def rate(self) -> float:
        now = time.monotonic()
        rate = self._tokens / max(1e-9, now - self._since)
        self._tokens, self._since = 0, now
        return rate


def _line(progress: Progress, settings: TranslatorSettings) -> str:
    share = progress.share(settings)
    left = progress.seconds * (1 - share) / max(share, 1e-6) / 60
    scores = " ".join(f"{name} {value:.1f}" for name, value in sorted(progress.chrf.items()))
    return (
        f"step {progress.step}/{settings.steps} {share:4.0%} epoch {progress.epoch + 1} "
        f"loss {progress.loss:.3f} lr {learning_rate(settings, progress):.1e} "
        f"{progress.rate / 1000:.1f}k tok/s"
        + (f" chrF {scores}" if scores else "")
        + f" {left:.0f} min left"
    )


def _note(path: Path, progress: Progress, settings: TranslatorSettings) -> None:
    """One line of the training curve; written again after a resume, the later line counts."""
    line = {**asdict(progress), "lr": learning_rate(settings, progress)}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
