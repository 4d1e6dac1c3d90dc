r"""The zones of a page: what stands above its headline and below its last sentence leaves.

>>> from models.records import Document, SourceFile
>>> from tasks.blocks import blocks
>>> from tasks.clean import clean
>>> text = "Rain fell on the city for a week, said the mayor, and the river rose. " * 2
>>> lines = ("Rain", text, "My Rainfall Hub", "Who we are")
>>> page = Document(SourceFile("a.txt", "", 0, "txt"), "\n".join(lines))
>>> [block.text.text[:9] for block in trim(clean(blocks(page), page), page).blocks]
['Rain', 'Rain fell']
"""

from tasks.zones.trim import trim

__all__ = ["trim"]
