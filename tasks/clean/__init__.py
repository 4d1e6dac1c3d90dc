"""Take out of a page what is no text of the article; put its characters right.

What is removed, why, and by which rule is listed in ``docs/cleaning.md``.
"""

from tasks.clean.page import clean

__all__ = ["clean"]
