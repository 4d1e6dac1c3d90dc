"""Where zhen keeps what it can make again: dictionary caches, converted models, Prefect's home."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """``$ZHEN_CACHE_DIR``, else ``zhen`` in ``$XDG_CACHE_HOME``, else ``~/.cache/zhen``.

    The folder is not made here.
    """
    own = os.environ.get("ZHEN_CACHE_DIR")
    if own:
        return Path(own).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base).expanduser() if base else Path.home() / ".cache").absolute() / "zhen"
