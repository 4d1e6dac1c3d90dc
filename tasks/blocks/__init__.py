"""The blocks of a document: paragraphs, headings, list items, captions, table rows, quotes.

Marks (bullets, list numbers, emphasis, heading marks) leave the text as removals, labels leave it
for the block's ``label``. Nothing else is taken out here: that is the next stage's work.
"""

from tasks.blocks.build import blocks

__all__ = ["blocks"]
