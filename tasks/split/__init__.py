"""A bilingual page becomes two halves, one a language; any other page stays one."""

from tasks.split.halves import Half, split

__all__ = ["Half", "split"]
