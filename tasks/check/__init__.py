"""Checks on aligned beads: numbers, length, words, terms, language. They flag, and drop nothing."""

from tasks.check.checks import check, check_all
from tasks.check.settings import CheckSettings

__all__ = ["CheckSettings", "check", "check_all"]
