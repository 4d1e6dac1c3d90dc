"""The reference engine: the model itself in transformers, on a CPU or GPU (extra ``zhen[torch]``).

It takes tokenizer and generation from transformers, so it checks the fast engine and does not
share its mistakes.
"""

import re
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
from models.engines.codes import Family, require, target_tag, transformers_code
from models.engines.files import ModelFolder, read_card, read_vocabulary
from models.engines.quiet import quiet
from models.engines.settings import EngineSettings, threads
from models.engines.windows import joined, split_window
from models.records import Lang

_LANGUAGE_TOKEN = re.compile(r"__[a-z]{2,3}__")


class TransformersEngine:
    """One sequence-to-sequence model in transformers; see :class:`models.engines.base.Engine`."""

    def __init__(self, model: ModelFolder, identity: EngineIdentity, settings: EngineSettings):
        self._folder = model
        self._identity = identity
        self._settings = settings
        self._vocabulary = read_vocabulary(model.folder, model.name)
        self.placeholders: tuple[str, ...] = tuple(read_card(model.folder).get("placeholders", ()))
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

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions of the model."""
        return self._folder.directions

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """The same for every direction of the model."""
        require(self.directions, source, target, self._folder.name)
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
        if self._folder.family is not Family.MARIAN:
            self._tokenizer.src_lang = transformers_code(self._folder.family, source)
            self._tokenizer.tgt_lang = transformers_code(self._folder.family, target)
        tag = target_tag(self._vocabulary, target) if self._folder.family is Family.MARIAN else None
        lead = f"{tag} " if tag else ""
        window = self._settings.window

        def ids(text: str) -> list[int]:
            return list(self._tokenizer(lead + " ".join(text.split()))["input_ids"])

        parts = [split_window(text, lambda p: len(ids(p)) <= window) or [""] for text in texts]
        flat = [ids(part) for of_text in parts for part in of_text]
        done = iter(self._generate(flat, target, decoding or self._settings.decoding))
        return [joined([next(done) for _ in of_text], target) for of_text in parts]

    def _generate(
        self, inputs: list[list[int]], target: Lang, decoding: Decoding
    ) -> list[Translation]:
        import torch

        results: list[Translation] = [Translation("")] * len(inputs)
        search = self._search(target, decoding)
        # What starts every output and is no text: the start token, and the language's where forced.
        lead = 1 + ("forced_bos_token_id" in search)
        lengths = [len(ids) for ids in inputs]
        for batch in equal_length_batches(lengths, self._settings.batch_tokens):
            limit = output_limit(lengths[batch[0]])
            tensor = torch.tensor([inputs[index] for index in batch], device=self._device)
            with torch.inference_mode():
                answer = self._model.generate(
                    input_ids=tensor,
                    attention_mask=torch.ones_like(tensor),
                    return_dict_in_generate=True,
                    output_scores=True,
                    max_new_tokens=limit,
                    **search,
                )
            scores = getattr(answer, "sequences_scores", None)
            for row, index in enumerate(batch):
                ids = answer.sequences[row].tolist()[lead:]
                ended = self._tokenizer.eos_token_id in ids
                text = self._tokenizer.decode(
                    ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
                )
                if self._folder.family is Family.M2M100:
                    # Its language tokens are no special tokens to transformers.
                    text = _LANGUAGE_TOKEN.sub("", text)
                score = None if scores is None else round(float(scores[row]), 4)
                notes = () if ended else (EngineNote.TRUNCATED,)
                results[index] = Translation(" ".join(text.split()), score, notes)
        return results

    def _search(self, target: Lang, decoding: Decoding) -> dict[str, Any]:
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


def load_tokenizer(model: ModelFolder) -> Any:
    """The tokenizer of a transformers folder, from local files."""
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(model.folder, local_files_only=True)
