"""What lies in a model folder: its kind, whether the files are whole, and their digest.

All of it is read from the files alone, without ctranslate2, torch or transformers, and without
reading the weights (except for the digest, which is remembered).
"""

import json
import os
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from models.engines.base import EN_ZH, ZH_EN, Direction, EngineError
from models.engines.codes import LANGUAGE_NAMES, Family, family_of_vocabulary, target_tag
from models.records import Lang


class Layout(StrEnum):
    """The two kinds of model folders."""

    CTRANSLATE2 = "ctranslate2"
    TRANSFORMERS = "transformers"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A checked model folder. ``name`` is its hub id or folder name, free of paths."""

    folder: Path
    name: str
    layout: Layout
    family: Family
    directions: frozenset[Direction]

    def revision(self, memory: Path | None = None) -> str:
        """A digest of the files that make the model; see :func:`folder_digest`."""
        return folder_digest(self.folder, memory)


#: Our own file in a model folder: directions, placeholders and licence.
CARD = "zhen.json"

_SPM_PAIR = ("source.spm", "target.spm")
_SPM_SHARED = ("sentencepiece.bpe.model", "sentencepiece.model", "spm.model", "spiece.model")
_FAMILY_OF_TYPE = {
    "marian": Family.MARIAN,
    "m2m_100": Family.M2M100,
    "mbart": Family.MBART,
}
_DIGESTED = re.compile(r".*\.(bin|safetensors|spm|model|json|txt)$|.*\.(py)$", re.ASCII)


def check_folder(folder: Path, name: str | None = None) -> ModelFolder:
    """Look into a model folder. Raises :class:`EngineError` naming the file that is at fault."""
    name = name or folder.resolve().name
    if not folder.is_dir():
        raise EngineError(f"model {name}: there is no folder {folder}")
    if (folder / "model.bin").is_file() and vocabulary_files(folder):
        return _check_ctranslate2(folder, name)
    if (folder / "config.json").is_file():
        if "model_type" in read_json(folder / "config.json", name):
            return _check_transformers(folder, name)
        missing = "vocabulary file" if (folder / "model.bin").is_file() else "model.bin"
        raise EngineError(f"model {name}: {missing} is missing in {folder}")
    raise EngineError(f"model {name}: config.json is missing in {folder}")


def read_json(path: Path, name: str) -> dict[str, Any]:
    """A JSON object of a model folder."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EngineError(f"model {name}: cannot read {path}: {error.strerror}") from None
    except ValueError:
        raise EngineError(f"model {name}: {path} is no JSON") from None
    if not isinstance(value, dict):
        raise EngineError(f"model {name}: {path} holds no JSON object")
    return value


def read_card(folder: Path) -> dict[str, Any]:
    """Our own file in the folder; empty when there is none."""
    path = folder / CARD
    return read_json(path, folder.name) if path.is_file() else {}


def spm_files(folder: Path, name: str) -> tuple[Path, Path]:
    """The SentencePiece models for source and target (the same one twice where it is shared)."""
    first, second = (folder / part for part in _SPM_PAIR)
    if first.is_file() or second.is_file():
        for path in (first, second):
            _require(path, name)
        return first, second
    for part in _SPM_SHARED:
        if (folder / part).is_file():
            _require(folder / part, name)
            return folder / part, folder / part
    raise EngineError(
        f"model {name}: no SentencePiece model (source.spm, {', '.join(_SPM_SHARED)}) in {folder}"
    )


def vocabulary_files(folder: Path) -> tuple[Path, ...]:
    """The vocabulary of a CTranslate2 folder: one shared file, or source and target."""
    for stems in (("shared_vocabulary",), ("source_vocabulary", "target_vocabulary")):
        for suffix in (".json", ".txt"):
            found = tuple(folder / (stem + suffix) for stem in stems)
            if all(path.is_file() for path in found):
                return found
    return ()


def read_vocabulary(folder: Path, name: str) -> frozenset[str]:
    """All source tokens that a model folder knows."""
    paths = vocabulary_files(folder) or ((folder / "vocab.json",))
    path = paths[0]
    if not path.is_file():
        return frozenset()
    if path.suffix == ".txt":
        return frozenset(path.read_text(encoding="utf-8").split("\n"))
    try:
        return frozenset(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise EngineError(f"model {name}: {path} is no JSON") from None


def _require(path: Path, name: str) -> None:
    if not path.is_file():
        raise EngineError(f"model {name}: {path.name} is missing in {path.parent}")
    if path.stat().st_size == 0:
        raise EngineError(f"model {name}: {path} is empty")


def _check_ctranslate2(folder: Path, name: str) -> ModelFolder:
    _require(folder / "config.json", name)
    read_json(folder / "config.json", name)
    _check_model_bin(folder / "model.bin", name)
    spm_files(folder, name)
    vocabulary = read_vocabulary(folder, name)
    family = family_of_vocabulary(vocabulary)
    directions = _directions(folder, name, family, vocabulary)
    return ModelFolder(folder, name, Layout.CTRANSLATE2, family, directions)


def _check_transformers(folder: Path, name: str) -> ModelFolder:
    config = read_json(folder / "config.json", name)
    family = _FAMILY_OF_TYPE.get(config["model_type"])
    if family is None:
        raise EngineError(
            f"model {name}: {config['model_type']!r} is not a model type that zhen can run "
            f"({', '.join(sorted(_FAMILY_OF_TYPE))})"
        )
    _check_weights(folder, name)
    tokenizer = folder / "tokenizer_config.json"
    tokenizer_class = str(
        (read_json(tokenizer, name) if tokenizer.is_file() else {}).get("tokenizer_class")
        or config.get("tokenizer_class")
    )
    if "Nllb" in tokenizer_class:
        family = Family.NLLB
    elif family is Family.MBART and "50" in tokenizer_class:
        family = Family.MBART50
    spm_files(folder, name)
    if family in (Family.MARIAN, Family.M2M100):
        _require(folder / "vocab.json", name)
    vocabulary = read_vocabulary(folder, name)
    return ModelFolder(
        folder, name, Layout.TRANSFORMERS, family, _directions(folder, name, family, vocabulary)
    )


def _directions(
    folder: Path, name: str, family: Family, vocabulary: frozenset[str]
) -> frozenset[Direction]:
    """Which directions a model translates: its card, its tags, its tokenizer, then its name."""
    if family is not Family.MARIAN:
        return frozenset((ZH_EN, EN_ZH))
    said = read_card(folder).get("directions")
    if said:
        return frozenset((Lang(a), Lang(b)) for a, b in (d.split("-") for d in said))
    if target_tag(vocabulary, Lang.ZH) and target_tag(vocabulary, Lang.EN):
        return frozenset((ZH_EN, EN_ZH))
    path = folder / "tokenizer_config.json"
    config = read_json(path, name) if path.is_file() else {}
    pair = (
        LANGUAGE_NAMES.get(str(config.get("source_lang")).lower()),
        LANGUAGE_NAMES.get(str(config.get("target_lang")).lower()),
    )
    if pair in (ZH_EN, EN_ZH):
        return frozenset((pair,))
    words = [LANGUAGE_NAMES.get(word) for word in re.split(r"[^a-z]+", name.lower())]
    for direction in (ZH_EN, EN_ZH):
        if direction in list(pairwise(words)):
            return frozenset((direction,))
    raise EngineError(
        f"model {name}: {path} does not name zh and en as source_lang and target_lang"
    )


def _check_weights(folder: Path, name: str) -> None:
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        shards = sorted(set(read_json(index, name).get("weight_map", {}).values()))
        for shard in shards:
            _check_safetensors(folder / shard, name)
    elif (folder / "model.safetensors").exists():
        _check_safetensors(folder / "model.safetensors", name)
    elif (folder / "pytorch_model.bin").exists():
        _require(folder / "pytorch_model.bin", name)
        if not zipfile.is_zipfile(folder / "pytorch_model.bin"):
            raise EngineError(f"model {name}: {folder / 'pytorch_model.bin'} is broken or cut off")
    else:
        raise EngineError(
            f"model {name}: no weights (model.safetensors or pytorch_model.bin) in {folder}"
        )


def _check_safetensors(path: Path, name: str) -> None:
    """The header says how long the file must be (https://huggingface.co/docs/safetensors)."""
    _require(path, name)
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            if size > min(100_000_000, path.stat().st_size):
                raise ValueError(size)
            header = json.loads(file.read(size))
        ends = [v["data_offsets"][1] for k, v in header.items() if k != "__metadata__"]
        whole = path.stat().st_size == 8 + size + max(ends, default=0)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error):
        whole = False
    if not whole:
        raise EngineError(f"model {name}: {path} is broken or cut off")


def _check_model_bin(path: Path, name: str) -> None:
    """Walk the variables of a CTranslate2 file by their lengths, without reading them."""
    _require(path, name)
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            version = _number(file, "I")
            if version >= 2:
                _skip_string(file)
                _number(file, "I")
            for _ in range(_number(file, "I")):
                _skip_string(file)
                file.seek(4 * _number(file, "B"), os.SEEK_CUR)
                if version >= 4:
                    _number(file, "B")
                    length = _number(file, "I")
                else:
                    length = _number(file, "B") * _number(file, "I")
                # A tensor above 4 GB is longer than the field can say; nothing can be told then.
                file.seek(length, os.SEEK_CUR)
                if file.tell() > size:
                    raise ValueError(name)
            if version >= 3:
                for _ in range(2 * _number(file, "I")):
                    _skip_string(file)
            whole = file.tell() == size
    except (ValueError, struct.error):
        whole = False
    if not whole:
        raise EngineError(f"model {name}: {path} is broken or cut off")


def _number(file: BinaryIO, kind: str) -> int:
    (value,) = struct.unpack(kind, file.read(struct.calcsize(kind)))
    return int(value)


def _skip_string(file: BinaryIO) -> None:
    file.seek(_number(file, "H"), os.SEEK_CUR)


def _digested_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _DIGESTED.match(path.name) and path.is_file():
            yield path


def folder_digest(folder: Path, memory: Path | None = None) -> str:
    """SHA-256 over names and contents of the model's files, as 16 hex digits.

    ``memory`` is a folder where digests of single files are remembered by size, time of change
    and inode, so that gigabytes are read once and not at every start.
    """
    whole = sha256()
    for path in _digested_files(folder):
        whole.update(f"{path.name}\0{_file_digest(path, memory)}\n".encode())
    return whole.hexdigest()[:16]


def _file_digest(path: Path, memory: Path | None) -> str:
    stat = path.stat()
    if memory is None or stat.st_size < 1 << 20:
        return _sha256(path)
    state = f"{path.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ino}"
    note = memory / sha256(state.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    try:
        known = note.read_text(encoding="ascii")
        if re.fullmatch(r"[0-9a-f]{64}", known):
            return known
    except (OSError, ValueError):
        pass
    digest = _sha256(path)
    memory.mkdir(parents=True, exist_ok=True)
    part = note.with_suffix(f".{os.getpid()}")
    part.write_text(digest, encoding="ascii")
    part.replace(note)
    return digest


def _sha256(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
