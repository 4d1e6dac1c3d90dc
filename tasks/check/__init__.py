"""Checks on aligned beads: numbers, length, words, terms, language. They flag, and drop nothing."""

from tasks.check.checks import check
from tasks.check.settings import CheckSettings

__all__ = ["CheckSettings", "check"]
