"""Where models are looked for and kept."""

import os
from pathlib import Path

#: The model that ships with zhen, when it does: a CTranslate2 folder with its card.
SHIPPED = Path(__file__).resolve().parent.parent / "translator"


def hub_cache() -> Path:
    """Where the Hugging Face libraries keep what was downloaded; never written to by zhen."""
    for name, below in (("HF_HUB_CACHE", ""), ("HUGGINGFACE_HUB_CACHE", ""), ("HF_HOME", "hub")):
        if os.environ.get(name):
            return Path(os.environ[name]) / below
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "huggingface" / "hub"


def pulled_folder(cache: Path, hub_id: str) -> Path:
    """Where ``zhen models pull`` puts a model."""
    return cache / "models" / hub_id.replace("/", "--")


def converted_folder(cache: Path, name: str, revision: str, compute_type: str) -> Path:
    """Where the CTranslate2 form of a transformers model is kept."""
    return cache / "converted" / f"{name.replace('/', '--')}-{revision}-{compute_type}"


def hub_snapshot(hub_id: str) -> Path | None:
    """The snapshot of a model in the Hugging Face cache that ``main`` points at, else the only
    one, else None.
    """
    repository = hub_cache() / f"models--{hub_id.replace('/', '--')}"
    snapshots = repository / "snapshots"
    try:
        name = (repository / "refs" / "main").read_text(encoding="ascii").strip()
        if (snapshots / name).is_dir():
            return snapshots / name
    except (OSError, ValueError):
        pass
    try:
        found = sorted(path for path in snapshots.iterdir() if path.is_dir())
    except OSError:
        return None
    return found[0] if len(found) == 1 else None
