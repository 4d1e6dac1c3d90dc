"""The fast engine: CTranslate2 (https://opennmt.net/CTranslate2), int8 on a CPU, without torch."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models.engines.base import Decoding, EngineError, EngineIdentity, EngineNote, Translation
from models.engines.batches import equal_length_batches
from models.engines.codes import Family, frame_source, is_language_token, target_prefix
from models.engines.files import ModelFolder
from models.engines.pieces import Pieces
from models.engines.sentences import Batch, SentenceEngine
from models.engines.settings import EngineSettings, threads
from models.records import Lang

#: Target tokens that are scored at one time: there is a value for every word of the vocabulary.
_SCORED_TOKENS = 512


class CTranslate2Engine(SentenceEngine[str]):
    """One CTranslate2 model, loaded; its tokens are pieces."""

    def __init__(self, model: ModelFolder, identity: EngineIdentity, settings: EngineSettings):
        super().__init__(model, identity, settings)
        self._pieces = Pieces.load(model.folder, model.name)
        self._workers = threads(settings.threads)
        self._translator = _load(model, settings, self._workers)

    def _encoder(self, source: Lang, target: Lang) -> Callable[[str], list[str]]:
        family, tag = self._folder.family, self._tag(target)

        def encode(text: str) -> list[str]:
            return frame_source(family, self._pieces.encode(text), (source, target), tag)

        return encode

    def _prefix_encoder(self, target: Lang) -> Callable[[str], list[str]]:
        return self._pieces.encode_target

    def _search(
        self, batches: Iterable[Batch[str]], target: Lang, decoding: Decoding
    ) -> Iterator[tuple[Batch[str], list[Translation]]]:
        """A few batches are on their way at any time."""
        lead = target_prefix(self._folder.family, target) or []
        waiting: deque[tuple[Batch[str], list[Any]]] = deque()
        for batch in batches:
            starts = [[*lead, *prefix] for prefix in batch.prefixes or [[]] * len(batch.sources)]
            answers = self._translator.translate_batch(
                batch.sources,
                target_prefix=starts if any(starts) else None,
                beam_size=decoding.beam,
                length_penalty=decoding.length_penalty,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                max_input_length=0,
                max_decoding_length=batch.limit,
                return_scores=True,
                disable_unk=True,
                asynchronous=True,
            )
            waiting.append((batch, answers))
            if len(waiting) > 2 * self._workers:
                yield self._finished(*waiting.popleft(), lead)
        while waiting:
            yield self._finished(*waiting.popleft(), lead)

    def _finished(
        self, batch: Batch[str], pending: list[Any], lead: list[str]
    ) -> tuple[Batch[str], list[Translation]]:
        """Wait for the answers to a batch; ``lead`` before the text of each is none."""
        try:
            answers = [answer.result() for answer in pending]
            outputs = [list(answer.hypotheses[0]) for answer in answers]
            if batch.prefixes is None:
                scores = [float(answer.scores[0]) for answer in answers]
            else:  # CTranslate2 leaves what it was given out of its scores
                scores = self._scores(batch.sources, outputs, lead)
        except RuntimeError as error:
            raise EngineError(f"model {self._folder.name}: {_line(error)}") from error
        both = zip(outputs, scores, strict=True)
        return batch, [self._read(pieces, score, batch.limit) for pieces, score in both]

    def _scores(
        self, sources: list[list[str]], outputs: list[list[str]], lead: list[str]
    ) -> list[float]:
        """Mean log-probabilities of the tokens of outputs, without ``lead`` and with their ends.

        Outputs of one length are scored together, so there is no padding here either.
        """
        # mBART starts from its lead, which then neither comes back nor has a probability.
        first = len(lead)
        whole = [o if o[:first] == lead else [*lead, *o] for o in outputs]
        scores = [0.0] * len(outputs)
        for members in equal_length_batches([len(pieces) for pieces in whole], _SCORED_TOKENS):
            results = self._translator.score_batch(
                [sources[index] for index in members],
                [whole[index] for index in members],
                max_input_length=0,
            )
            for index, result in zip(members, results, strict=True):
                skip = first if result.tokens[:first] == lead else 0
                scores[index] = sum(result.log_probs[skip:]) / (len(result.log_probs) - skip)
        return scores

    def _read(self, pieces: list[str], score: float, limit: int) -> Translation:
        cut = len(pieces) >= limit
        if self._folder.family is not Family.MARIAN:
            pieces = [piece for piece in pieces if not is_language_token(piece)]
        notes = (EngineNote.TRUNCATED,) if cut else ()
        return Translation(self._pieces.decode(pieces), round(score, 4), notes)


def _load(model: ModelFolder, settings: EngineSettings, workers: int) -> Any:
    import ctranslate2

    ctranslate2.set_log_level(40)
    gpu = settings.device == "cuda" or (
        settings.device == "auto" and ctranslate2.get_cuda_device_count() > 0
    )
    try:
        return ctranslate2.Translator(
            str(model.folder),
            device="cuda" if gpu else "cpu",
            compute_type=settings.compute_type,
            inter_threads=1 if gpu else workers,
            intra_threads=1,
        )
    except (RuntimeError, ValueError) as error:
        raise EngineError(f"model {model.name}: {_line(error)}") from error


def _line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
