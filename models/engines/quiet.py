"""Keeping transformers from writing to the screen while models are loaded and saved."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bars, and no advice to install sacremoses (Marian's tokenizer; it would change
    punctuation before the model sees it). What was on before is on again afterwards.
    """
    from transformers.utils import logging as library

    logging: Any = library

    bars = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            yield
    finally:
        if bars:
            logging.enable_progress_bar()
