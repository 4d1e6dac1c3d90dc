"""Settings of the translator's training, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from models.training.errors import TrainingError


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatorSettings:
    """One Marian-type model for both directions (Junczys-Dowmunt et al. 2018, arXiv:1804.00344).

    The defaults are for one GPU of the H200 class and the 1.2 million pairs of the project's
    bitext: about 48 million weights, 50 MB in int8.
    """

    encoder_layers: int = 6
    decoder_layers: int = 3
    d_model: int = 512
    ffn: int = 2048
    heads: int = 8
    dropout: float = 0.1
    label_smoothing: float = 0.1
    #: Padded tokens (the longer side) in one batch.
    batch_tokens: int = 65_536
    #: Batches at most; the learning rate falls to its end at this number or at ``minutes``.
    steps: int = 12_000
    #: Minutes of training at most, without preparation and export; None for no limit.
    minutes: float | None = 18.0
    warmup: int = 600
    learning_rate: float = 1.2e-3
    clip: float = 1.0
    #: Batches between two checkpoints, and how many of the last ones are averaged at the end.
    checkpoint_every: int = 300
    average: int = 5
    #: Held-out pairs a direction for the validation chrF; 0 turns it off.
    valid_pairs: int = 300
    seed: int = 1
    #: ``cpu``, ``cuda`` or ``auto``.
    device: Literal["auto", "cpu", "cuda"] = "auto"
    #: What products are computed in; ``auto``: bfloat16 on a GPU, float32 on a CPU. Weights and
    #: moments are float32 in any case.
    precision: Literal["auto", "bfloat16", "float32"] = "auto"
    #: Threads on a CPU; 0 leaves torch's choice.
    threads: int = 0

    @classmethod
    def tiny(cls, **changes: object) -> "TranslatorSettings":
        """A model of about a million weights that learns a few hundred pairs on a CPU."""
        small: dict[str, object] = {
            "encoder_layers": 2,
            "decoder_layers": 1,
            "d_model": 128,
            "ffn": 256,
            "heads": 4,
            "dropout": 0.0,
            "label_smoothing": 0.0,
            "batch_tokens": 1024,
            "steps": 500,
            "minutes": None,
            "warmup": 40,
            "learning_rate": 2e-3,
            "checkpoint_every": 100,
            "average": 2,
            "valid_pairs": 0,
            "device": "cpu",
            "threads": 1,
        }
        return cls(**{**small, **changes})  # type: ignore[arg-type]


_Settings = TypeVar("_Settings", bound=Any)


def with_values(settings: _Settings, given: Sequence[str]) -> _Settings:
    """``settings`` with values from ``NAME=VALUE`` texts; ``none`` stands for no limit.

    Raises :class:`TrainingError` for a name that is no setting and a value that does not fit.

    >>> with_values(TranslatorSettings(), ["d_model=256", "minutes=none"]).d_model
    256
    """
    kinds = get_type_hints(type(settings))
    settable = [field.name for field in fields(settings) if _kind(kinds[field.name]) is not None]
    changes: dict[str, object] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in settable:
            raise TrainingError(f"{text}: give NAME=VALUE with one of {', '.join(settable)}")
        kind = kinds[name]
        try:
            if value == "none" and type(None) in get_args(kind):
                changes[name] = None
            else:
                changes[name] = _kind(kind)(value)
        except (ValueError, KeyError):
            raise TrainingError(f"{text}: {value!r} is no value of {name}") from None
    return replace(settings, **changes)


def _kind(hint: Any) -> Any:
    """How a text becomes a value of this type; None when it cannot."""
    if hint in (int, float, str):
        return hint
    choices = get_args(hint)
    if choices and all(isinstance(choice, str) for choice in choices):
        return dict(zip(choices, choices, strict=True)).__getitem__
    return next((kind for kind in (int, float) if kind in choices), None)


def weight_count(settings: TranslatorSettings, vocabulary: int) -> int:
    """How many weights the model has; the embeddings are shared by both sides and the output.

    >>> round(weight_count(TranslatorSettings(), 32_000) / 1e6)
    48
    """
    d, ffn = settings.d_model, settings.ffn
    attention, feed, norm = 4 * (d * d + d), 2 * d * ffn + d + ffn, 2 * d
    encoder = settings.encoder_layers * (attention + feed + 2 * norm)
    decoder = settings.decoder_layers * (2 * attention + feed + 3 * norm)
    return vocabulary * d + encoder + decoder


#: Target tokens whose logits are in memory at one time.
LOSS_CHUNK = 16_384


def memory_estimate(settings: TranslatorSettings, vocabulary: int) -> int:
    """About how many bytes of GPU memory the training takes at its largest batch.

    Weights, gradients and two moments in float32; activations in bfloat16 (per token and layer
    some 17 vectors of ``d_model`` and 3 of ``ffn`` in the encoder, half as many again in the
    decoder; Korthikanti et al. 2022, arXiv:2205.05198, without the attention matrix, which
    scaled_dot_product_attention does not keep); one chunk of logits in float32, three times.

    >>> memory_estimate(TranslatorSettings(), 32_000) < 40e9
    True
    """
    states = 16 * weight_count(settings, vocabulary)
    layer = 2 * settings.batch_tokens * (17 * settings.d_model + 3 * settings.ffn)
    activations = layer * (settings.encoder_layers + 1.5 * settings.decoder_layers)
    logits = 3 * 4 * min(LOSS_CHUNK, settings.batch_tokens) * vocabulary
    return int(states + activations + logits)
