"""Both engines on the same model and the same text, in one run.

    python benchmarks/translate.py MODEL TESTSET.tsv [--sentences 64] [--direction zh-en]
    python benchmarks/translate.py --random PREPARED_DATA TESTSET.tsv

MODEL is a transformers folder; it is converted for CTranslate2 into a temporary folder. With
``--random`` a model of opus-mt's size (6 + 6 layers, 512 wide) with random weights and the
vocabulary of prepared training data is used: its speed is that of a real one, its scores say
nothing. Sentences are taken in whole batches of 32 of equal length, so that both engines run at
batch 32; beam 4, one thread. Speed is output tokens per CPU-second of the process.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from models.engines import (
    Decoding,
    Engine,
    EngineName,
    EngineSettings,
    Translation,
    find_engine,
    open_engine,
)
from models.engines.pieces import Pieces
from models.records import Lang
from tasks.evaluate.translate import read_test_set

BATCH = 32


def choose(texts: list[str], pieces: Pieces, sentences: int) -> list[list[int]]:
    """Indices of about ``sentences`` texts in groups of 32 of equal length, common lengths first.

    When no length is common enough, the first 32 texts.
    """
    lengths: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        lengths[len(pieces.encode(text))].append(index)
    groups = [
        same[start : start + BATCH]
        for _, same in sorted(lengths.items(), key=lambda item: (-len(item[1]), item[0]))
        for start in range(0, len(same) - BATCH + 1, BATCH)
    ]
    groups = groups or [list(range(len(texts)))[:BATCH]]
    return groups[: max(1, sentences // BATCH)]


def measure(
    engine: Engine, groups: list[list[str]], source: Lang, target: Lang
) -> tuple[list[Translation], float, float]:
    """The answers, wall seconds and CPU-seconds; what is loaded late is not counted."""
    engine.translate(groups[0][:1], source, target)
    wall, cpu = time.perf_counter(), time.process_time()
    answers = [answer for group in groups for answer in engine.translate(group, source, target)]
    return answers, time.perf_counter() - wall, time.process_time() - cpu


def write_random_model(data: Path, folder: Path) -> Path:
    """A model of opus-mt's size with random weights."""
    from models.training.translator_export import write_tokenizer
    from models.training.translator_model import build_model, read_vocabulary
    from models.training.translator_settings import TranslatorSettings

    size, vocabulary = read_vocabulary(data)
    model = build_model(TranslatorSettings(decoder_layers=6), size, vocabulary)
    model.save_pretrained(folder)
    write_tokenizer(data, folder)
    return folder


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("test_set", type=Path)
    parser.add_argument("--random", type=Path, metavar="PREPARED_DATA")
    parser.add_argument("--sentences", type=int, default=2 * BATCH)
    parser.add_argument("--direction", choices=("zh-en", "en-zh"), default="zh-en")
    options = parser.parse_args()
    source, target = (Lang(name) for name in options.direction.split("-"))
    with tempfile.TemporaryDirectory() as work:
        folder = options.model
        if options.random:
            folder = write_random_model(options.random, Path(work) / "random")
        run(folder, options.test_set, source, target, options.sentences, Path(work) / "cache")


def run(
    folder: Path, test_set: Path, source: Lang, target: Lang, sentences: int, cache: Path
) -> None:
    """Print a line for each engine, and how they compare."""
    pieces = Pieces.load(folder, folder.name)
    pairs = read_test_set(test_set)
    column = 0 if source is Lang.ZH else 1
    chosen = choose([pair[column] for pair in pairs], pieces, sentences)
    texts = [[pairs[index][column] for index in group] for group in chosen]
    references = [pairs[index][1 - column] for group in chosen for index in group]
    rates: list[float] = []
    scores: list[float] = []
    engines: tuple[EngineName, ...] = ("transformers", "ctranslate2")
    for engine in engines:
        settings = EngineSettings(
            threads=1, device="cpu", batch_tokens=1 << 20, decoding=Decoding(beam=4)
        )
        spec = find_engine(str(folder), engine=engine, settings=settings, cache=cache)
        assert spec is not None
        answers, wall, cpu = measure(open_engine(spec), texts, source, target)
        tokens = sum(len(pieces.encode(answer.text)) + 1 for answer in answers)
        rates.append(tokens / cpu)
        scores.append(chrf([answer.text for answer in answers], references))
        number = settings.as_settings(engine)["compute_type"]
        print(
            f"{engine:13} {number:8} {len(references)} sentences, {tokens} output tokens, "
            f"{wall:.1f} s, {cpu:.1f} CPU-s, {rates[-1]:.0f} tokens/CPU-s, chrF {scores[-1]:.2f}",
            flush=True,
        )
    print(f"CTranslate2 is {rates[1] / rates[0]:.1f} times as fast", end=", ")
    print(f"chrF differs by {scores[1] - scores[0]:+.2f}")


def chrf(hypotheses: list[str], references: list[str]) -> float:
    """ChrF from 0 to 100."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().corpus_score(hypotheses, [references]).score)


if __name__ == "__main__":
    main()
