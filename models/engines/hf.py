"""The reference engine: the model itself in transformers, on a CPU or GPU (extra ``zhen[torch]``).

It takes tokenizer and generation from transformers, so it checks the fast engine and does not
share its mistakes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models.engines.base import Decoding, EngineError, EngineIdentity, EngineNote, Translation
from models.engines.codes import Family, transformers_code
from models.engines.files import ModelFolder
from models.engines.quiet import quiet
from models.engines.sentences import Batch, SentenceEngine
from models.engines.settings import EngineSettings, threads
from models.records import Lang

_LANGUAGE_TOKEN = re.compile(r"__[a-z]{2,3}__")


class TransformersEngine(SentenceEngine[int]):
    """One sequence-to-sequence model in transformers; its tokens are ids.

    What it translates freely has no score: for that, transformers would keep a value for every
    word of the vocabulary, step and hypothesis, which is gigabytes for a batch. What it completes
    is scored afterwards, one translation at a time.
    """

    def __init__(self, model: ModelFolder, identity: EngineIdentity, settings: EngineSettings):
        super().__init__(model, identity, settings)
        self._device = "cpu"
        try:
            self._tokenizer = load_tokenizer(model)
            self._model = self._load()
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            line = str(error).strip().partition("\n")[0]
            raise EngineError(f"model {model.name} cannot be loaded: {line}") from error

    def _load(self) -> Any:
        import torch
        from transformers import AutoModelForSeq2SeqLM

        wanted = self._settings.device
        if wanted == "cuda" or (wanted == "auto" and torch.cuda.is_available()):
            self._device = "cuda"
        else:
            torch.set_num_threads(threads(self._settings.threads))
        with quiet():
            model = AutoModelForSeq2SeqLM.from_pretrained(
                self._folder.folder,
                local_files_only=True,
                dtype=getattr(torch, self._settings.torch_type),
            )
        return model.to(self._device).eval()

    def _encoder(self, source: Lang, target: Lang) -> Callable[[str], list[int]]:
        family, tag = self._folder.family, self._tag(target)
        if family is not Family.MARIAN:
            self._tokenizer.src_lang = transformers_code(family, source)
            self._tokenizer.tgt_lang = transformers_code(family, target)
        lead = f"{tag} " if tag else ""

        def encode(text: str) -> list[int]:
            return list(self._tokenizer(lead + " ".join(text.split()))["input_ids"])

        return encode

    def _prefix_encoder(self, target: Lang) -> Callable[[str], list[int]]:
        def encode(text: str) -> list[int]:
            words = " ".join(text.split())
            return list(self._tokenizer(text_target=words, add_special_tokens=False)["input_ids"])

        return encode

    def _search(
        self, batches: Iterable[Batch[int]], target: Lang, decoding: Decoding
    ) -> Iterator[tuple[Batch[int], list[Translation]]]:
        import torch

        options = self._options(target, decoding)
        # What starts every output and is no text: the start token, and the language's where forced.
        starts = ("decoder_start_token_id", "forced_bos_token_id")
        lead = [options[name] for name in starts if name in options]
        for batch in batches:
            tensor = torch.tensor(batch.sources, device=self._device)
            begin = _Begin(batch.prefixes or [], len(lead), decoding.beam)
            with torch.inference_mode():
                answers = self._model.generate(
                    input_ids=tensor,
                    attention_mask=torch.ones_like(tensor),
                    max_new_tokens=batch.limit,
                    logits_processor=[begin] if batch.prefixes else None,
                    **options,
                ).tolist()
            scores: list[float | None] = [None] * len(answers)
            if batch.prefixes is not None:
                both = zip(batch.sources, answers, strict=True)
                scores = [self._score(source, answer, len(lead)) for source, answer in both]
            made = zip(answers, scores, strict=True)
            yield batch, [self._read(answer[len(lead) :], score) for answer, score in made]

    def _score(self, source: list[int], output: list[int], lead: int) -> float:
        """The mean log-probability of the tokens of one output after ``lead``, with its end.

        One at a time: nothing else can change it, and no more is in memory than one needs.
        """
        import torch

        end = self._tokenizer.eos_token_id
        length = output.index(end, lead) + 1 if end in output[lead:] else len(output)
        tokens = torch.tensor([output[:length]], device=self._device)
        sources = torch.tensor([source], device=self._device)
        with torch.inference_mode():
            logits = self._model(
                input_ids=sources,
                attention_mask=torch.ones_like(sources),
                decoder_input_ids=tokens[:, :-1],
            ).logits
            steps = logits[0, lead - 1 :].float().log_softmax(-1)
            return float(steps.gather(-1, tokens[0, lead:, None]).mean())

    def _read(self, ids: list[int], score: float | None = None) -> Translation:
        ended = self._tokenizer.eos_token_id in ids
        text = self._tokenizer.decode(
            ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        if self._folder.family is Family.M2M100:
            # Its language tokens are no special tokens to transformers.
            text = _LANGUAGE_TOKEN.sub("", text)
        notes = () if ended else (EngineNote.TRUNCATED,)
        found = None if score is None else round(score, 4)
        return Translation(" ".join(text.split()), found, notes)

    def _options(self, target: Lang, decoding: Decoding) -> dict[str, Any]:
        """All generation settings, said outright: transformers 5 takes few from the model."""
        tokenizer, config = self._tokenizer, self._model.config
        options: dict[str, Any] = {
            "num_beams": decoding.beam,
            "length_penalty": decoding.length_penalty,
            "repetition_penalty": decoding.repetition_penalty,
            "no_repeat_ngram_size": decoding.no_repeat_ngram,
            "do_sample": False,
            "early_stopping": decoding.beam > 1,
            "eos_token_id": tokenizer.eos_token_id,
            "pad_token_id": tokenizer.pad_token_id,
            "forced_eos_token_id": None,
        }
        code = transformers_code(self._folder.family, target)
        if self._folder.family is Family.MARIAN:
            options["decoder_start_token_id"] = tokenizer.pad_token_id
            banned = {tokenizer.pad_token_id, tokenizer.unk_token_id}
            options["bad_words_ids"] = [[index] for index in sorted(banned)]
        elif self._folder.family is Family.M2M100:
            options["decoder_start_token_id"] = tokenizer.eos_token_id
            options["forced_bos_token_id"] = tokenizer.get_lang_id(code)
        elif self._folder.family is Family.MBART:
            options["decoder_start_token_id"] = tokenizer.convert_tokens_to_ids(code)
        else:
            options["decoder_start_token_id"] = config.eos_token_id
            options["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(code)
        return options


class _Begin:
    """Makes outputs begin with their prefixes, which may differ in length; for ``generate``."""

    def __init__(self, prefixes: list[list[int]], lead: int, beams: int):
        self._prefixes = prefixes
        self._lead = lead
        self._beams = beams

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """The scores of the next tokens, one row for each hypothesis, where they are free."""
        step = input_ids.shape[1] - self._lead
        for row in range(len(scores)):
            prefix = self._prefixes[row // self._beams]
            if 0 <= step < len(prefix):
                scores[row] = float("-inf")
                scores[row, prefix[step]] = 0.0
        return scores


def load_tokenizer(model: ModelFolder) -> Any:
    """The tokenizer of a transformers folder, from local files."""
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(model.folder, local_files_only=True)
