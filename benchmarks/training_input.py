"""How fast one core makes batches for the training of a translator, without a model.

    python benchmarks/training_input.py PREPARED_DATA [--batch-tokens 65536] [--epochs 2]

Loading the data, putting an epoch in order, and making its batches, in CPU-seconds of the process;
a GPU is fed well when the rate is many times that of the training.
"""

import argparse
import time
from pathlib import Path

from models.training.data_pack import PackedData
from models.training.translator_batches import Examples
from models.training.translator_model import read_vocabulary
from models.training.translator_settings import TranslatorSettings


def main() -> None:
    """Read the command line and measure."""
    defaults = TranslatorSettings()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--batch-tokens", type=int, default=defaults.batch_tokens)
    parser.add_argument("--epochs", type=int, default=1)
    options = parser.parse_args()
    clock = time.process_time()
    data = PackedData.load(options.data)
    examples = Examples(data, read_vocabulary(options.data)[1])
    loaded = time.process_time() - clock
    print(f"loaded {len(data):,} rows, {len(examples):,} examples: {loaded:.1f} CPU-s")
    for number in range(options.epochs):
        clock = time.process_time()
        order = examples.epoch(number, options.batch_tokens, defaults.seed)
        ordered = time.process_time()
        targets = positions = 0
        for chosen in order:
            batch = examples.batch(chosen)
            targets += batch.target_tokens
            positions += batch.labels.size
        made = time.process_time()
        print(
            f"epoch {number + 1}: {len(order):,} batches, {targets:,} target tokens "
            f"({targets / positions:.0%} of positions), ordered in {ordered - clock:.2f} CPU-s, "
            f"a batch in {1000 * (made - ordered) / len(order):.1f} CPU-ms, "
            f"{targets / (made - clock):,.0f} target tokens/CPU-s"
        )


if __name__ == "__main__":
    main()
