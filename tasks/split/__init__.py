"""Splitting a bilingual page into the two articles that it holds.

Layouts: one language after the other, paragraphs (or the lines of two columns) in turn, both in
one block, and sentences each followed by its translation in brackets.
"""

from tasks.split.halves import Half, split

__all__ = ["Half", "split"]
