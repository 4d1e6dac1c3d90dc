"""Validation of a training: chrF of greedy translations of held-out pairs, both directions."""

from pathlib import Path
from typing import Any

from models.training.translator_batches import Vocabulary
from models.training.translator_model import translate_greedily


class Validation:
    """Held-out pairs of prepared data, encoded once."""

    def __init__(self, data: Path, vocabulary: Vocabulary, pairs: int):
        self._vocabulary = vocabulary
        self._pairs: list[tuple[str, str]] = []
        if pairs:
            lines = (data / "valid.tsv").read_text(encoding="utf-8").split("\n")
            self._pairs = [(a, b) for a, _, b in (line.partition("\t") for line in lines) if b]
            self._pairs = self._pairs[:pairs]
        self._spm = data / "source.spm"

    def chrf(self, model: Any) -> dict[str, float]:
        """ChrF (0 to 100) of each direction; empty without held-out pairs or without sacrebleu."""
        if not self._pairs:
            return {}
        try:
            from sacrebleu.metrics.chrf import CHRF
        except ImportError:
            return {}
        from sentencepiece import SentencePieceProcessor

        processor = SentencePieceProcessor(model_file=str(self._spm))
        words = self._vocabulary
        scores: dict[str, float] = {}
        for name, tag, source, target in (
            ("zh-en", words.to_en, 0, 1),
            ("en-zh", words.to_zh, 1, 0),
        ):
            texts = [pair[source] for pair in self._pairs]
            framed = [[tag, *ids, words.end] for ids in processor.encode(texts)]
            pieces = processor.get_piece_size()
            found = [
                processor.decode([i for i in ids if i < pieces])
                for ids in translate_greedily(model, framed, words)
            ]
            goals = [pair[target] for pair in self._pairs]
            scores[name] = round(float(CHRF().corpus_score(found, [goals]).score), 2)
        return scores
