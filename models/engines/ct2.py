"""The fast engine: CTranslate2 (https://opennmt.net/CTranslate2), int8 on a CPU, without torch."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from models.engines.base import (
    Decoding,
    Direction,
    EngineError,
    EngineIdentity,
    EngineNote,
    Translation,
)
from models.engines.batches import equal_length_batches, output_limit
from models.engines.codes import (
    Family,
    frame_source,
    is_language_token,
    require,
    target_prefix,
    target_tag,
)
from models.engines.files import ModelFolder, read_card, read_vocabulary
from models.engines.pieces import Pieces
from models.engines.settings import EngineSettings, threads
from models.engines.windows import joined, split_window
from models.records import Lang


class CTranslate2Engine:
    """One CTranslate2 model, loaded; see :class:`models.engines.base.Engine`.

    A batch holds sentences of one length only (:mod:`models.engines.batches`), so the output
    limit and the padding (none) follow from the sentence alone.
    """

    def __init__(self, model: ModelFolder, identity: EngineIdentity, settings: EngineSettings):
        self._model = model
        self._identity = identity
        self._settings = settings
        self._pieces = Pieces.load(model.folder, model.name)
        self._vocabulary = read_vocabulary(model.folder, model.name)
        self._workers = threads(settings.threads)
        self._translator = _load(model, settings, self._workers)
        self.placeholders: tuple[str, ...] = tuple(read_card(model.folder).get("placeholders", ()))

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions of the model."""
        return self._model.directions

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """The same for every direction of the model."""
        require(self.directions, source, target, self._model.name)
        return self._identity

    def translate(
        self,
        texts: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translate ``texts``; sentences that are longer than the window go in parts."""
        self.identity(source, target)
        parts = [self._parts(text) for text in texts]
        flat = [part for of_text in parts for part in of_text]
        done = iter(
            self._translate_parts(flat, source, target, decoding or self._settings.decoding)
        )
        return [joined([next(done) for _ in of_text], target) for of_text in parts]

    def _parts(self, text: str) -> list[str]:
        """Texts that fit the window; pieces are counted as the model will see them."""
        room = self._settings.window - 2
        return split_window(text, lambda part: len(self._pieces.encode(part)) <= room) or [""]

    def _translate_parts(
        self, texts: list[str], source: Lang, target: Lang, decoding: Decoding
    ) -> list[Translation]:
        family = self._model.family
        tag = target_tag(self._vocabulary, target)
        framed = [
            frame_source(family, self._pieces.encode(text), (source, target), tag) for text in texts
        ]
        prefix = target_prefix(family, target)
        results: list[Translation] = [Translation("")] * len(texts)
        for batch, answers in self._run(framed, prefix, decoding):
            limit = output_limit(len(framed[batch[0]]))
            for index, answer in zip(batch, answers, strict=True):
                results[index] = self._read(answer, limit)
        return results

    def _run(
        self, framed: list[list[str]], prefix: list[str] | None, decoding: Decoding
    ) -> Iterator[tuple[list[int], list[Any]]]:
        """Batches with their answers; a few batches are on their way at any time."""
        waiting: deque[tuple[list[int], list[Any]]] = deque()
        lengths = [len(tokens) for tokens in framed]
        for batch in equal_length_batches(lengths, self._settings.batch_tokens):
            answers = self._translator.translate_batch(
                [framed[index] for index in batch],
                target_prefix=[prefix] * len(batch) if prefix else None,
                beam_size=decoding.beam,
                length_penalty=decoding.length_penalty,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                max_input_length=0,
                max_decoding_length=output_limit(lengths[batch[0]]),
                return_scores=True,
                disable_unk=True,
                asynchronous=True,
            )
            waiting.append((batch, answers))
            if len(waiting) > 2 * self._workers:
                first, pending = waiting.popleft()
                yield first, _results(pending, self._model.name)
        while waiting:
            first, pending = waiting.popleft()
            yield first, _results(pending, self._model.name)

    def _read(self, answer: Any, limit: int) -> Translation:
        pieces = list(answer.hypotheses[0])
        cut = len(pieces) >= limit
        if self._model.family is not Family.MARIAN:
            pieces = [piece for piece in pieces if not is_language_token(piece)]
        notes = (EngineNote.TRUNCATED,) if cut else ()
        return Translation(self._pieces.decode(pieces), round(float(answer.scores[0]), 4), notes)


def _results(pending: list[Any], name: str) -> list[Any]:
    try:
        return [answer.result() for answer in pending]
    except RuntimeError as error:
        raise EngineError(f"model {name}: {_line(error)}") from error


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
