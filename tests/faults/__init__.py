"""Faults on demand: kills, torn writes and disk errors at any act of a run on the disk."""

from tests.faults.driving import Act, Driver, Ran, driving, needs_compiler

__all__ = ["Act", "Driver", "Ran", "driving", "needs_compiler"]
