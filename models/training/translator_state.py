"""Where a training of the translator stands, in memory and on disk."""

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from models.training.errors import TrainingError
from models.training.translator_settings import TranslatorSettings

#: Settings that may change between a training and its resumption: not the model, not the batches.
_FREE = frozenset(
    {
        "average",
        "checkpoint_every",
        "clip",
        "device",
        "learning_rate",
        "minutes",
        "precision",
        "steps",
        "threads",
        "valid_pairs",
        "warmup",
    }
)


@dataclass(slots=True)
class Progress:
    """Where a training stands; it is saved with every checkpoint."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    loss: float = float("nan")
    rate: float = 0.0
    chrf: dict[str, float] = field(default_factory=dict)

    def share(self, settings: TranslatorSettings) -> float:
        """How much of the training is done, from 0 to 1."""
        by_steps = self.step / settings.steps
        by_time = self.seconds / (60 * settings.minutes) if settings.minutes else 0.0
        return min(1.0, max(by_steps, by_time))


class Checkpoints:
    """The last weights for averaging, and the whole state for going on."""

    def __init__(self, folder: Path, settings: TranslatorSettings):
        self._folder = folder
        self._settings = settings
        folder.mkdir(parents=True, exist_ok=True)

    def weights(self) -> list[Path]:
        """Saved weights, oldest first."""
        return sorted(self._folder.glob("step-*.pt"))

    def has(self, step: int) -> bool:
        """Whether this step was saved."""
        return self._path(step).is_file()

    def _path(self, step: int) -> Path:
        return self._folder / f"step-{step:08d}.pt"

    def save(self, model: Any, optimizer: Any, progress: Progress) -> None:
        """Write both files, each in one step, and drop weights that are too old to count."""
        import torch

        state = {
            "settings": asdict(self._settings),
            "progress": asdict(progress),
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        if torch.cuda.is_available():
            state["random_cuda"] = torch.cuda.get_rng_state_all()
        _write(state["model"], self._path(progress.step))
        _write(state, self._folder / "last.pt")
        for old in self.weights()[: -self._settings.average]:
            old.unlink()

    def resume(self, model: Any, optimizer: Any, device: str) -> Progress:
        """Load the last state, if there is one.

        Raises :class:`TrainingError` when it was made with settings that cannot be changed.
        """
        import torch

        path = self._folder / "last.pt"
        if not path.is_file():
            return Progress()
        state = torch.load(path, map_location=device, weights_only=True)
        now = asdict(self._settings)
        changed = [k for k, v in state["settings"].items() if k not in _FREE and now[k] != v]
        if changed:
            raise TrainingError(
                f"{path} was made with other settings ({', '.join(changed)}); "
                "use them again or another output folder"
            )
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        if "random_cuda" in state and torch.cuda.is_available():
            torch.cuda.set_rng_state_all([one.cpu() for one in state["random_cuda"]])
        return Progress(**state["progress"])


def _write(state: Any, path: Path) -> None:
    import torch

    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)
