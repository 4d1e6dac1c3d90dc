"""Both engines on the same model and the same text, in one run.

    python benchmarks/translate.py MODEL TESTSET.tsv [--sentences 1024] [--repeat 3]
    python benchmarks/translate.py --random PREPARED_DATA TESTSET.tsv

MODEL is a transformers folder; it is converted for CTranslate2 into a temporary folder. Sentences
are taken in whole batches of 32 of equal length, so that both engines run at batch 32; beam 4, one
thread. Speed is output tokens per CPU-second of the process, whose time is taken around the call
alone. The engines take turns, batch by batch, and of several turns the fastest counts: so what else
runs on the machine weighs on both alike, and little.

With ``--random`` a model of opus-mt's size (6 + 6 layers, 512 wide, 65,001 words) with random
weights and the pieces of prepared training data is used. It never ends a sentence, so both engines
make as many tokens as they may: three for each of the source and 16. Its speed is that of a real
model, its scores say nothing.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from models.engines import (
    Decoding,
    Engine,
    EngineName,
    EngineSettings,
    find_engine,
    open_engine,
)
from models.engines.batches import output_limit
from models.engines.pieces import Pieces
from models.records import Lang
from tasks.evaluate.translate import read_test_set

BATCH = 32
#: Words of an opus-mt model.
OPUS_WORDS = 65_001
ENGINES: tuple[EngineName, ...] = ("transformers", "ctranslate2")


def choose(texts: list[str], pieces: Pieces, sentences: int, most: int) -> list[list[int]]:
    """Indices of about ``sentences`` texts in groups of 32 of equal length, common lengths first,
    none with more than ``most`` pieces.

    When no length is common enough, the first 32 texts.
    """
    lengths: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        lengths[len(pieces.encode(text))].append(index)
    groups = [
        same[start : start + BATCH]
        for length, same in sorted(lengths.items(), key=lambda item: (-len(item[1]), item[0]))
        for start in range(0, len(same) - BATCH + 1, BATCH)
        if 0 < length <= most
    ]
    groups = groups or [list(range(len(texts)))[:BATCH]]
    return groups[: max(1, sentences // BATCH)]


@dataclass(slots=True)
class Measured:
    """What one engine answered, and the CPU-seconds it took."""

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0


def measure(
    engines: dict[EngineName, Engine],
    groups: list[list[str]],
    source: Lang,
    target: Lang,
    repeat: int,
) -> dict[EngineName, Measured]:
    """Each engine's answers to all groups; what is loaded late is not counted."""
    measured = {name: Measured() for name in engines}
    for engine in engines.values():
        engine.translate(groups[0], source, target)
    for group in groups:
        taken: dict[EngineName, list[float]] = {name: [] for name in engines}
        for turn in range(repeat):
            for name, engine in engines.items():
                started = time.process_time()
                answers = engine.translate(group, source, target)
                taken[name].append(time.process_time() - started)
                if turn == 0:
                    measured[name].texts += [answer.text for answer in answers]
        for name, seconds in taken.items():
            measured[name].seconds += min(seconds)
    return measured


def write_random_model(data: Path, folder: Path) -> Path:
    """A model of opus-mt's size with random weights that never ends a sentence."""
    from models.training.data import PAD
    from models.training.translator_export import write_tokenizer
    from models.training.translator_model import build_model, read_vocabulary
    from models.training.translator_settings import TranslatorSettings

    words = folder.with_name("words")
    shutil.copytree(data, words, ignore=shutil.ignore_patterns("*.xz"))
    known = list(json.loads((data / "vocab.json").read_text(encoding="utf-8")))[:-1]
    more = [f"\u2581no{number}" for number in range(OPUS_WORDS - 1 - len(known))]
    ids = {word: index for index, word in enumerate([*known, *more, PAD])}
    (words / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    size, vocabulary = read_vocabulary(words)
    model = build_model(TranslatorSettings(decoder_layers=6), size, vocabulary)
    model.final_logits_bias[0, vocabulary.end] = -1e4
    model.save_pretrained(folder)
    write_tokenizer(words, folder)
    return folder


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("test_set", type=Path)
    parser.add_argument("--random", type=Path, metavar="PREPARED_DATA")
    parser.add_argument("--sentences", type=int, default=1024)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--most", type=int, default=160, help="pieces a source may have")
    parser.add_argument("--compute-type", default="int8", help="of CTranslate2")
    parser.add_argument("--direction", choices=("zh-en", "en-zh"), action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = options.model
        if options.random:
            folder = write_random_model(options.random, Path(work) / "random")
        settings = EngineSettings(
            threads=1,
            device="cpu",
            batch_tokens=1 << 20,
            decoding=Decoding(beam=4),
            compute_type=options.compute_type,
        )
        engines: dict[EngineName, Engine] = {}
        for name in ENGINES:
            spec = find_engine(
                str(folder), engine=name, settings=settings, cache=Path(work) / "cache"
            )
            assert spec is not None
            engines[name] = open_engine(spec)
        pieces, pairs = Pieces.load(folder, folder.name), read_test_set(options.test_set)
        for direction in options.direction or ("zh-en", "en-zh"):
            source, target = (Lang(name) for name in direction.split("-"))
            column = 0 if source is Lang.ZH else 1
            texts = [pair[column] for pair in pairs]
            chosen = choose(texts, pieces, options.sentences, options.most)
            groups = [[texts[index] for index in group] for group in chosen]
            measured = measure(engines, groups, source, target, options.repeat)
            print(f"{direction}: {sum(map(len, groups))} sentences")
            if options.random:
                # A tag and an end stand around the pieces.
                made = sum(output_limit(len(pieces.encode(t)) + 2) for g in groups for t in g)
                report(measured, dict.fromkeys(ENGINES, made), None)
            else:
                goals = [pairs[index][1 - column] for group in chosen for index in group]
                made_by = {
                    name: sum(len(pieces.encode(text)) + 1 for text in measured[name].texts)
                    for name in ENGINES
                }
                report(measured, made_by, goals)


def report(
    measured: dict[EngineName, Measured], tokens: dict[EngineName, int], goals: list[str] | None
) -> None:
    """Print a line for each engine, and how they compare."""
    rates = [tokens[name] / measured[name].seconds for name in ENGINES]
    scores = [chrf(measured[name].texts, goals) if goals else 0.0 for name in ENGINES]
    for name, rate, score in zip(ENGINES, rates, scores, strict=True):
        print(
            f"  {name:13} {tokens[name]:7,} output tokens, {measured[name].seconds:6.1f} CPU-s, "
            f"{rate:6,.0f} tokens/CPU-s" + (f", chrF {score:.2f}" if goals else ""),
            flush=True,
        )
    print(f"  CTranslate2 is {rates[1] / rates[0]:.1f} times as fast", end="")
    print(f", chrF differs by {scores[1] - scores[0]:+.2f}" if goals else "", flush=True)


def chrf(hypotheses: list[str], references: list[str]) -> float:
    """ChrF from 0 to 100."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().corpus_score(hypotheses, [references]).score)


if __name__ == "__main__":
    main()
