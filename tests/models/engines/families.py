"""Tiny models of random weights of the multilingual families, in transformers format."""

import json
from pathlib import Path

from models.engines.codes import Family
from tests.models.training.grammar import pairs


def write_family(folder: Path, family: Family) -> Path:
    """A whole model folder as the hub has it: weights, tokenizer and SentencePiece file."""
    import torch
    import transformers as t
    from sentencepiece import SentencePieceProcessor

    folder.mkdir(parents=True)
    spm = folder / "sentencepiece.bpe.model"
    _train(spm, "char" if family is Family.NLLB else "unigram")
    processor = SentencePieceProcessor(model_file=str(spm))
    pieces = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    scores = [processor.get_score(i) for i in range(3, processor.get_piece_size())]
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    ids = {piece: index for index, piece in enumerate([*specials, *pieces])}
    scored = [*((piece, 0.0) for piece in specials), *zip(pieces, scores, strict=True)]
    if family is Family.M2M100:
        (folder / "vocab.json").write_text(json.dumps(ids), encoding="utf-8")
        tokenizer = t.M2M100Tokenizer(vocab_file=str(folder / "vocab.json"), spm_file=str(spm))
        size = len(tokenizer) + len(tokenizer.lang_code_to_id) + 8
    else:
        if family is Family.NLLB:
            tokenizer = t.NllbTokenizer(vocab=ids, merges=[])
        elif family is Family.MBART50:
            tokenizer = t.MBart50Tokenizer(vocab=scored[1:])  # as in SentencePiece: three specials
        else:
            tokenizer = t.MBartTokenizer(vocab=scored)
        size = len(tokenizer.get_vocab())
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    sizes = {
        "vocab_size": size,
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 4,
        "decoder_attention_heads": 4,
        "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64,
        "init_std": 0.5,
        "max_position_embeddings": 512,
    }
    if family in (Family.MBART, Family.MBART50):
        model = t.MBartForConditionalGeneration(t.MBartConfig(**sizes))
    else:
        model = t.M2M100ForConditionalGeneration(t.M2M100Config(**sizes))
    model.save_pretrained(folder)
    return folder


def _train(path: Path, kind: str) -> None:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs(100) for text in pair]),
        model_prefix=str(path.with_suffix("")),
        vocab_size=300,
        hard_vocab_limit=False,
        model_type=kind,
        num_threads=1,
        minloglevel=2,
    )
    path.with_suffix(".vocab").unlink()
