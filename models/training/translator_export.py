"""From checkpoints to model folders: averaged weights, tokenizer files, and CTranslate2 int8."""

import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from models.training.errors import TrainingError
from models.training.translator_model import build_model, read_vocabulary
from models.training.translator_settings import TranslatorSettings

#: The licence of the weights when they come from the project's bitext, some of which asks for it.
LICENCE = "CC-BY-SA-4.0"


def average_weights(paths: Sequence[Path]) -> dict[str, Any]:
    """The mean of several checkpoints (Popel and Bojar 2018, arXiv:1804.00247)."""
    import torch

    if not paths:
        raise TrainingError("there is no checkpoint to average")
    total: dict[str, Any] = {}
    for path in paths:
        for name, weight in torch.load(path, map_location="cpu", weights_only=True).items():
            if name in total and weight.is_floating_point():
                total[name] += weight.double()
            else:
                total[name] = weight.double() if weight.is_floating_point() else weight
    return {
        name: (weight / len(paths)).float() if weight.is_floating_point() else weight
        for name, weight in total.items()
    }


def export(
    data: Path,
    out: Path,
    settings: TranslatorSettings,
    *,
    convert: bool = True,
    say: Callable[[str], None] = lambda line: None,
) -> tuple[Path, Path | None]:
    """Write ``out/model`` (transformers) and, with ``convert``, ``out/ctranslate2`` (int8).

    Needs the prepared data (vocabulary) and the checkpoints in ``out``; no GPU. Raises
    :class:`TrainingError` when there is no checkpoint.
    """
    from models.engines.quiet import quiet

    size, vocabulary = read_vocabulary(data)
    checkpoints = sorted((out / "checkpoints").glob("step-*.pt"))[-settings.average :]
    model = build_model(settings, size, vocabulary)
    model.load_state_dict(average_weights(checkpoints))
    target = out / "model"
    with tempfile.TemporaryDirectory(dir=out, prefix=".exporting-") as work:
        made = Path(work) / "model"
        with quiet():
            model.eval().save_pretrained(made)
        write_tokenizer(data, made)
        _replace(made, target)
    say(f"model written: {target} (mean of {len(checkpoints)} checkpoints)")
    if not convert:
        return target, None
    if importlib.util.find_spec("ctranslate2") is None:
        say(f"ctranslate2 is not installed: where it is, zhen models convert {target} --out FOLDER")
        return target, None
    from models.engines.convert import convert_model
    from models.engines.files import check_folder

    converted = out / "ctranslate2"
    if converted.exists():
        shutil.rmtree(converted)
    convert_model(check_folder(target, "zhen"), converted, "int8")
    megabytes = sum(path.stat().st_size for path in converted.iterdir()) / 1e6
    say(f"model written: {converted} ({megabytes:.1f} MB)")
    return target, converted


def write_tokenizer(data: Path, folder: Path) -> None:
    """The files of Marian's tokenizer and zhen's card, beside the weights."""
    meta = json.loads((data / "meta.json").read_text(encoding="utf-8"))
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(data / "source.spm", folder / name)
    shutil.copyfile(data / "vocab.json", folder / "vocab.json")
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "mul",
        "target_lang": "mul",
        "separate_vocabs": False,
        "model_max_length": 512,
    }
    card = {
        "directions": ["en-zh", "zh-en"],
        "placeholders": meta["placeholders"],
        "licence": LICENCE,
    }
    for name, value in (("tokenizer_config.json", tokenizer), ("zhen.json", card)):
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


def _replace(made: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    os.replace(made, target)
