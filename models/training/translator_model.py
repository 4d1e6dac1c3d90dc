"""The Marian-type model in transformers: how it is made, its loss, and greedy translation."""

import json
from pathlib import Path
from typing import Any

from models.training.data import PAD, TAGS
from models.training.translator_batches import Vocabulary
from models.training.translator_settings import LOSS_CHUNK, TranslatorSettings


def read_vocabulary(folder: Path) -> tuple[int, Vocabulary]:
    """Size of the vocabulary and its special ids, from prepared data."""
    ids = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    zh, en = TAGS
    return len(ids), Vocabulary(ids["</s>"], ids[PAD], ids[zh], ids[en])


def build_model(settings: TranslatorSettings, size: int, vocabulary: Vocabulary) -> Any:
    """A fresh model; the weights follow from the seed."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(settings.seed)
    config = MarianConfig(
        vocab_size=size,
        decoder_vocab_size=size,
        max_position_embeddings=512,
        encoder_layers=settings.encoder_layers,
        decoder_layers=settings.decoder_layers,
        d_model=settings.d_model,
        encoder_ffn_dim=settings.ffn,
        decoder_ffn_dim=settings.ffn,
        encoder_attention_heads=settings.heads,
        decoder_attention_heads=settings.heads,
        activation_function="relu",
        dropout=settings.dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        pad_token_id=vocabulary.pad,
        eos_token_id=vocabulary.end,
        bos_token_id=None,
        decoder_start_token_id=vocabulary.pad,
        forced_eos_token_id=None,
        use_cache=True,
    )
    config._attn_implementation = "sdpa"
    model = MarianMTModel(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "embed_positions" in name:
                continue
            if "shared" in name or "embed_tokens" in name:
                torch.nn.init.normal_(weight, std=settings.d_model**-0.5)
                # Marian's decoder starts from a zero vector, which is the padding's embedding.
                weight[vocabulary.pad].zero_()
            elif weight.dim() > 1:
                # Deeper layers start smaller: norms stand behind the sums here, and gradients
                # fade without it (Zhang et al. 2019, https://aclanthology.org/D19-1083).
                depth = int(name.partition(".layers.")[2].partition(".")[0] or 0) + 1
                torch.nn.init.xavier_uniform_(weight, gain=depth**-0.5)
    return model


def summed_loss(
    model: Any, sources: Any, inputs: Any, labels: Any, vocabulary: Vocabulary, smoothing: float
) -> tuple[Any, Any]:
    """Smoothed cross entropy over all target tokens, and their number.

    The logits are made in chunks that are recomputed for the gradient, so that memory does not
    grow with batch × vocabulary. Padding is the last id and has no logit: it cannot be generated,
    and its embedding stays zero.
    """
    import torch
    from torch.nn.functional import cross_entropy
    from torch.utils.checkpoint import checkpoint

    hidden = model.model(
        input_ids=sources,
        attention_mask=(sources != vocabulary.pad).to(torch.long),
        decoder_input_ids=inputs,
        use_cache=False,
    ).last_hidden_state
    known = labels != -100
    hidden, wanted = hidden[known], labels[known]
    weight = model.lm_head.weight

    def chunk_loss(part: Any, goal: Any) -> Any:
        logits = (part @ weight[: vocabulary.pad].T.to(part.dtype)).float()
        return cross_entropy(logits, goal, label_smoothing=smoothing, reduction="sum")

    total = torch.zeros((), device=hidden.device)
    for start in range(0, len(wanted), LOSS_CHUNK):
        part, goal = hidden[start : start + LOSS_CHUNK], wanted[start : start + LOSS_CHUNK]
        if len(wanted) > LOSS_CHUNK and torch.is_grad_enabled():
            total = total + checkpoint(chunk_loss, part, goal, use_reentrant=False)
        else:
            total = total + chunk_loss(part, goal)
    return total, known.sum()


def translate_greedily(
    model: Any, sources: list[list[int]], vocabulary: Vocabulary, batch: int = 256
) -> list[list[int]]:
    """Greedy translations (ids without specials) of framed sources, for validation."""
    import torch

    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    results: list[list[int]] = [[] for _ in sources]
    device = next(model.parameters()).device
    model.eval()
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        width = max(len(sources[i]) for i in chosen)
        ids = torch.tensor(
            [sources[i] + [vocabulary.pad] * (width - len(sources[i])) for i in chosen],
            device=device,
        )
        with torch.inference_mode():
            answer = model.generate(
                input_ids=ids,
                attention_mask=(ids != vocabulary.pad).to(torch.long),
                num_beams=1,
                do_sample=False,
                max_new_tokens=min(500, 3 * width + 16),
                decoder_start_token_id=vocabulary.pad,
                eos_token_id=vocabulary.end,
                pad_token_id=vocabulary.pad,
                bad_words_ids=[[vocabulary.pad]],
            )
        for row, index in enumerate(chosen):
            found = answer[row].tolist()[1:]
            end = found.index(vocabulary.end) if vocabulary.end in found else len(found)
            results[index] = found[:end]
    model.train()
    return results
