"""From a transformers folder to a CTranslate2 one, once, into the cache folder."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from models.engines.base import EngineError
from models.engines.codes import Family
from models.engines.files import CARD, ModelFolder, check_folder, read_card, spm_files
from models.engines.quiet import quiet


def convert_model(model: ModelFolder, out: Path, compute_type: str = "int8") -> ModelFolder:
    """Convert ``model`` to a CTranslate2 folder at ``out``, with its SentencePiece files and card.

    The folder is made beside ``out`` and renamed when it is whole; when another process was
    faster, its folder is taken. Needs ``zhen[torch]``. Raises :class:`EngineError` when the model
    cannot be converted.
    """
    if out.is_dir():
        return check_folder(out, model.name)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".converting-") as work:
        made = Path(work) / "model"
        _convert(model, made, compute_type)
        for path in set(spm_files(model.folder, model.name)):
            shutil.copyfile(path, made / path.name)
        card = {
            **read_card(model.folder),
            "directions": sorted(f"{a}-{b}" for a, b in model.directions),
            "converted_from": model.name,
        }
        text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
        (made / CARD).write_text(text + "\n", encoding="utf-8")
        check_folder(made, model.name)
        try:
            os.rename(made, out)
        except OSError:
            if not out.is_dir():
                raise
    return check_folder(out, model.name)


def _convert(model: ModelFolder, out: Path, compute_type: str) -> None:
    with quiet():
        converter = _converter(model)
        try:
            converter.convert(str(out), quantization=compute_type)
        except (
            RuntimeError,
            ValueError,
            AttributeError,
            KeyError,
            OSError,
            ImportError,
        ) as error:
            line = str(error).strip().partition("\n")[0]
            raise EngineError(f"model {model.name} cannot be converted: {line}") from error


def _converter(model: ModelFolder) -> Any:
    from ctranslate2.converters import TransformersConverter

    class LocalConverter(TransformersConverter):  # type: ignore[misc]
        """Reads local files only, and says what transformers 5 no longer says about a model."""

        def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
            loaded = model_class.from_pretrained(path, local_files_only=True, **kwargs)
            if model.family in (Family.MBART, Family.MBART50):
                # Both are true of every mBART; the second name decides how a target starts.
                loaded.config.normalize_before = loaded.config.normalize_embedding = True
                fifty = model.family is Family.MBART50
                loaded.config.tokenizer_class = "MBart50Tokenizer" if fifty else "MBartTokenizer"
            return loaded

        def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
            tokenizer = tokenizer_class.from_pretrained(path, local_files_only=True, **kwargs)
            if model.family is Family.M2M100:
                _name_language_tokens(tokenizer)
            if tokenizer.bos_token is None and "<s>" in tokenizer.get_vocab():
                tokenizer.bos_token = "<s>"  # mBART-50 no longer says so
            return tokenizer

    return LocalConverter(str(model.folder))


def _name_language_tokens(tokenizer: Any) -> None:
    """List ``__zh__`` and the like among the special tokens, as transformers 5 no longer does;
    the converter needs them to place them in the vocabulary.
    """
    codes = sorted(tokenizer.lang_code_to_id, key=tokenizer.lang_code_to_id.get)
    named = dict(tokenizer.special_tokens_map)
    named["additional_special_tokens"] = [tokenizer.get_lang_token(code) for code in codes]

    class WithLanguages(type(tokenizer)):  # type: ignore[misc]
        special_tokens_map = named

    tokenizer.__class__ = WithLanguages
