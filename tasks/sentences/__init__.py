"""Sentences of a block: hand-written rules per language, data files of abbreviations."""

from tasks.sentences.split import split_sentences

__all__ = ["split_sentences"]
