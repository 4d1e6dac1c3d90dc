"""From two files of sentences to packed training data: clean, learn the vocabulary, encode, pack.

One process, memory for the packed rows alone; the result is the same on every machine that has
the same version of SentencePiece.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from models.glossary import load_glossary
from models.training.data_clean import CleanCounts, clean_pairs, pair_key, side_keys
from models.training.data_noise import PLACEHOLDERS, Kind, NoiseSettings, Row, Use, variants
from models.training.data_pack import PackWriter
from models.training.errors import TrainingError

#: Tokens that stand after the SentencePiece pieces in the vocabulary.
TAGS = (">>zh<<", ">>en<<")
PAD = "<pad>"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSettings:
    """How training data are prepared."""

    #: Size of the whole vocabulary, with tags and padding.
    vocabulary: int = 32_000
    #: Share of characters that get a piece of their own; the rest is spelled in bytes.
    character_coverage: float = 0.9995
    #: Pairs that the vocabulary is learned from.
    vocabulary_pairs: int = 300_000
    #: Pairs held out for validation.
    valid_pairs: int = 1_000
    #: Pairs with more tokens on a side are left out.
    max_tokens: int = 160
    #: Variants of pairs.
    noise: NoiseSettings = field(default_factory=NoiseSettings)
    #: Threads for learning the vocabulary; with one it is the same on every machine.
    threads: int = 1


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What came out: rows and tokens (zh, en), and what was left out by reason."""

    folder: Path
    rows: int
    tokens: tuple[int, int]
    valid: int
    kinds: dict[str, int]
    read: int
    dropped: dict[str, int]


def prepare_data(
    zh: Path,
    en: Path,
    out: Path,
    settings: DataSettings | None = None,
    *,
    exclude: Sequence[Path] = (),
    terms: Sequence[tuple[str, str]] | None = None,
    say: Say = lambda line: None,
) -> DataSummary:
    """Prepare the sentence pairs of two files (plain, ``.xz``, ``.gz`` or ``.bz2``) in ``out``.

    ``exclude`` are test sets (TSV: zh, en, …) whose sentences must not be learned; ``terms`` are
    glossary entries (zh, en) for rows that teach terms (None: those of the glossary that ships).
    The folder is made beside ``out`` and renamed when it is whole.
    Raises :class:`TrainingError` when the files do not have the same number of lines, or too few
    pairs are left.
    """
    settings = settings or DataSettings()
    terms = load_glossary().pairs if terms is None else terms
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".preparing-") as work:
        made = Path(work) / "data"
        made.mkdir()
        clean = Path(work) / "pairs.tsv"
        counts, held_out = _write_clean(zh, en, clean, made / "valid.tsv", settings, exclude)
        say(f"cleaned: {counts.kept:,} of {counts.read:,} pairs")
        _learn_vocabulary(clean, made, counts.kept - held_out, settings)
        say("vocabulary learned")
        writer, kinds = _encode(clean, made, settings, terms, say)
        meta = {
            "settings": asdict(settings),
            "placeholders": list(PLACEHOLDERS),
            "read": counts.read,
            "dropped": counts.dropped,
            "kinds": kinds,
        }
        writer.write(made, meta)
        if out.exists():
            shutil.rmtree(out)
        os.replace(made, out)
    return DataSummary(
        out, len(writer), writer.tokens, held_out, kinds, counts.read, dict(counts.dropped)
    )


def open_text(path: Path) -> IO[str]:
    """A text file in UTF-8, unpacked by its suffix; only LF ends a line."""
    opener: Any = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)
    file: IO[str] = opener(path, "rt", encoding="utf-8", errors="replace", newline="\n")
    return file


def read_pairs(zh: Path, en: Path) -> Iterator[tuple[str, str]]:
    """The lines of two files side by side. Raises :class:`TrainingError` when one is longer."""
    with open_text(zh) as first, open_text(en) as second:
        for number, left in enumerate(first, 1):
            right = second.readline()
            if not right:
                raise TrainingError(f"{en} ends at line {number - 1}, {zh} does not")
            yield left.rstrip("\r\n"), right.rstrip("\r\n")
        if second.readline():
            raise TrainingError(f"{zh} is shorter than {en}")


def _write_clean(
    zh: Path, en: Path, clean: Path, valid: Path, settings: DataSettings, exclude: Sequence[Path]
) -> tuple[CleanCounts, int]:
    """Write cleaned pairs as TSV, and of those with the smallest keys the held-out ones."""
    keys: set[bytes] = set()
    for path in exclude:
        with open_text(path) as file:
            for line in file:
                keys |= side_keys(line.rstrip("\r\n").split("\t")[:2])
    counts = CleanCounts()
    # A pair is held out when its key falls below a bound, so the choice needs no second pass and
    # does not depend on the order; the bound takes about twice as many and the rest is dropped.
    held: list[tuple[str, str]] = []
    bound = _holdout_bound(zh, settings.valid_pairs)
    with clean.open("w", encoding="utf-8", newline="\n") as file:
        for pair in clean_pairs(read_pairs(zh, en), frozenset(keys), counts):
            if _is_prose(pair) and pair_key(*pair) < bound and len(held) < settings.valid_pairs:
                held.append(pair)
            else:
                file.write("\t".join(text.replace("\t", " ") for text in pair) + "\n")
    if counts.kept - len(held) < 10:
        raise TrainingError(f"only {counts.kept} usable pairs in {zh} and {en}")
    with valid.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines("\t".join(pair) + "\n" for pair in held)
    return counts, len(held)


def _holdout_bound(path: Path, wanted: int) -> bytes:
    with open_text(path) as file:
        lines = sum(1 for _ in file)
    share = min(0.1, 2.0 * wanted / max(1, lines))
    return int(share * 2**64).to_bytes(8, "big")


def _is_prose(pair: tuple[str, str]) -> bool:
    """Whole sentences make a better validation set than menu entries."""
    return len(pair[0]) >= 10 and pair[0][-1] in "。！？”" and pair[1][-1] in '.!?"”'


def _learn_vocabulary(clean: Path, out: Path, pairs: int, settings: DataSettings) -> None:
    """One SentencePiece unigram model for both languages (Kudo 2018, arXiv:1804.10959), digits
    apart, unknown characters in bytes, no normalisation; and ``vocab.json`` beside it.
    """
    import sentencepiece

    model = io.BytesIO()
    step = max(1, pairs // settings.vocabulary_pairs)
    with clean.open(encoding="utf-8", newline="\n") as file:
        sample = (
            text for line in islice(file, 0, None, step) for text in line.rstrip("\n").split("\t")
        )
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=sample,
            model_writer=model,  # a path would become part of the model
            model_type="unigram",
            vocab_size=settings.vocabulary - len(TAGS) - 1,
            hard_vocab_limit=False,
            character_coverage=settings.character_coverage,
            byte_fallback=True,
            split_digits=True,
            normalization_rule_name="identity",
            user_defined_symbols=list(PLACEHOLDERS),
            eos_id=0,
            unk_id=1,
            bos_id=-1,
            pad_id=-1,
            num_threads=settings.threads,
            max_sentence_length=4192,
            minloglevel=2,
        )
    (out / "source.spm").write_bytes(model.getvalue())
    processor = _processor(out)
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    vocabulary = {piece: index for index, piece in enumerate([*pieces, *TAGS, PAD])}
    text = json.dumps(vocabulary, ensure_ascii=False, indent=0)
    (out / "vocab.json").write_text(text + "\n", encoding="utf-8")


def _processor(folder: Path) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))


def _encode(
    clean: Path,
    folder: Path,
    settings: DataSettings,
    terms: Sequence[tuple[str, str]],
    say: Say,
) -> tuple[PackWriter, dict[str, int]]:
    processor = _processor(folder)
    find_terms = _term_finder(terms)
    writer = PackWriter()
    kinds: dict[str, int] = {}
    with clean.open(encoding="utf-8", newline="\n") as file:
        rows = _rows(file, find_terms, settings.noise)
        while chunk := list(islice(rows, 20_000)):
            zh_ids = processor.encode([row.zh for row in chunk], num_threads=1)
            en_ids = processor.encode([row.en for row in chunk], num_threads=1)
            for row, zh, en in zip(chunk, zh_ids, en_ids, strict=True):
                if 0 < len(zh) <= settings.max_tokens and 0 < len(en) <= settings.max_tokens:
                    writer.add(row.kind, row.use, zh, en)
                    name = row.kind.name.lower()
                    kinds[name] = kinds.get(name, 0) + 1
            say(f"encoded {len(writer):,} rows")
    return writer, kinds


def _rows(
    lines: Iterable[str],
    find_terms: Callable[[str, str], list[tuple[str, str]]],
    noise: NoiseSettings,
) -> Iterator[Row]:
    for line in lines:
        zh, en = line.rstrip("\n").split("\t")
        yield Row(Kind.PLAIN, Use.BOTH, zh, en)
        yield from variants(zh, en, find_terms(zh, en), noise)


def _term_finder(
    terms: Sequence[tuple[str, str]],
) -> Callable[[str, str], list[tuple[str, str]]]:
    """A function that finds the terms of a pair, by the first two characters of the Chinese."""
    index: dict[str, list[tuple[str, str]]] = {}
    for zh, en in terms:
        if len(zh) >= 2:
            index.setdefault(zh[:2], []).append((zh, en))

    def find(zh: str, en: str) -> list[tuple[str, str]]:
        found = [
            (term_zh, term_en)
            for at in range(len(zh) - 1)
            for term_zh, term_en in index.get(zh[at : at + 2], ())
            if zh.startswith(term_zh, at) and term_en in en
        ]
        longest_first = sorted(dict.fromkeys(found), key=lambda term: -len(term[0]))
        return [
            term
            for i, term in enumerate(longest_first)
            if not any(term[0] in longer[0] for longer in longest_first[:i])
        ]

    return find
