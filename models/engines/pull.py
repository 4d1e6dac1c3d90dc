"""Fetching a model from the Hugging Face hub: ``zhen models pull`` and ``--download`` alone."""

import os
import shutil
from pathlib import Path

from models.engines.base import EngineError
from models.engines.files import check_folder
from models.engines.places import pulled_folder
from models.places import cache_folder

#: The files that a model consists of; training states and other frameworks' weights stay out.
_WANTED = (
    "*.json",
    "*.spm",
    "*.model",
    "*.txt",
    "README.md",
    "LICENSE*",
    "*.safetensors",
    "model.bin",
)


def pull_model(hub_id: str, *, cache: Path | None = None, revision: str | None = None) -> Path:
    """Download a model into the cache folder and return its folder.

    The download goes to a folder beside it and is renamed when it is whole, so a killed download
    never passes for a model; it continues where it stopped. Raises :class:`EngineError` when the
    hub cannot be reached or the model is none that zhen can run.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    target = pulled_folder(cache or cache_folder(), hub_id)
    part = target.with_name(target.name + ".part")
    try:
        patterns = [*_WANTED]
        snapshot_download(hub_id, revision=revision, local_dir=part, allow_patterns=patterns)
        if not any(part.glob("*.safetensors")) and not (part / "model.bin").is_file():
            patterns = ["pytorch_model*.bin"]
            snapshot_download(hub_id, revision=revision, local_dir=part, allow_patterns=patterns)
    except HFValidationError:
        raise EngineError(f"{hub_id} is not the name of a model on the hub") from None
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", "no answer")
        raise EngineError(f"the hub does not give {hub_id} ({status})") from None
    except (OSError, RuntimeError) as error:
        raise EngineError(f"the hub cannot be reached for {hub_id}: {_first_line(error)}") from None
    check_folder(part, hub_id)
    shutil.rmtree(part / ".cache", ignore_errors=True)
    if target.exists():
        shutil.rmtree(target)
    os.replace(part, target)
    return target


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__
