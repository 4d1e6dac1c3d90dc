"""Faults on demand: kills, torn writes and disk errors at any act of a run on the disk."""

from tests.faults.driving import Act, Driver, Ran, driving, needs_compiler
from tests.faults.scene import Scene, disturbed, nothing_published, published_corpus

__all__ = [
    "Act",
    "Driver",
    "Ran",
    "Scene",
    "disturbed",
    "driving",
    "needs_compiler",
    "nothing_published",
    "published_corpus",
]
