"""Training where zhen is not installed: ``python -m models.training --data DATA --out MODEL``.

The same as ``zhen train translator --data DATA --out MODEL``, but this folder's package ``models``,
torch, transformers, sentencepiece and numpy are all it needs; with sacrebleu it scores the
validation set, with ctranslate2 it writes the int8 form.
"""

import argparse
import sys
from pathlib import Path

from models.training.errors import TrainingError
from models.training.translator import train_translator
from models.training.translator_settings import TranslatorSettings, with_values


def main() -> None:
    """Read the command line and train; lines of progress go to standard output at once."""
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="prepared data")
    parser.add_argument("--out", type=Path, required=True, help="the folder to make")
    parser.add_argument("--set", action="append", default=[], help="any setting: NAME=VALUE")
    given = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    try:
        settings = with_values(TranslatorSettings(), given.set)
        train_translator(given.out, data=given.data, settings=settings, say=say)
    except TrainingError as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main()
