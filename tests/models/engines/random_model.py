"""A whole CTranslate2 model of random weights, made without torch in a fraction of a second."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from tests.models.training.grammar import pairs

TAGS = (">>zh<<", ">>en<<")


def write_random_model(
    folder: Path,
    *,
    specials: tuple[str, ...] = TAGS,
    width: int = 32,
    spm_name: str | None = None,
    seed: int = 3,
) -> Path:
    """A model with ``specials`` in its vocabulary; with ``spm_name`` one shared SentencePiece file
    under that name, else source.spm and target.spm."""
    folder.mkdir(parents=True)
    spm = train_spm(folder)
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(spm))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    _write_weights(folder, [*pieces, *specials], width, seed)
    if spm_name:
        spm.rename(folder / spm_name)
    else:
        (folder / "target.spm").write_bytes(spm.read_bytes())
    return folder


def train_spm(folder: Path) -> Path:
    """A small SentencePiece model of the grammar's sentences."""
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs(100) for text in pair]),
        model_prefix=str(folder / "source"),
        vocab_size=440,
        hard_vocab_limit=False,
        byte_fallback=True,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    (folder / "source.vocab").unlink()
    return (folder / "source.model").rename(folder / "source.spm")


def _write_weights(folder: Path, vocabulary: list[str], width: int, seed: int) -> None:
    from ctranslate2.specs import common_spec, transformer_spec
    from ctranslate2.specs.model_spec import visit_spec

    spec = transformer_spec.TransformerSpec.from_config(
        (2, 1), 4, pre_norm=False, activation=common_spec.Activation.RELU
    )
    random = np.random.default_rng(seed)
    size = len(vocabulary)
    shapes = {
        "embeddings_0": (size, width),
        "embeddings": (size, width),
        "projection": (size, width),
        "self_attention/linear_0": (3 * width, width),
        "self_attention/linear_1": (width, width),
        "attention/linear_0": (width, width),
        "attention/linear_1": (2 * width, width),
        "attention/linear_2": (width, width),
        "ffn/linear_0": (2 * width, width),
        "ffn/linear_1": (width, 2 * width),
    }

    def fill(part: Any, name: str, value: Any) -> None:
        if value is not None:
            return
        attribute = name.rpartition("/")[2]
        if attribute in ("gamma", "beta"):
            weight = np.full(width, float(attribute == "gamma"))
        else:
            keys = [k for k in shapes if name.endswith(f"/{k}/weight")]
            shape = shapes[max(keys, key=len)]
            weight = random.normal(0, 1.5 if "projection" in name else 0.6, shape)
        setattr(part, attribute, weight.astype(np.float32))

    visit_spec(spec, fill)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.decoder_start_token = "</s>"
    spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    assert json.loads((folder / "config.json").read_text())
