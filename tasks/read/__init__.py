"""Reading: from files and folders to documents with text, hints and a digest.

:func:`scan` finds what there is to read and gives every document a digest; :func:`read` decodes
and extracts one of them. Both answer with a :class:`models.records.Quarantine` for what cannot
be used, and never raise for what is in a file.
"""

from tasks.read.reader import read
from tasks.read.scan import scan
from tasks.read.settings import ReadSettings
from tasks.read.units import InputUnit
from tasks.read.walk import InputError

__all__ = ["InputError", "InputUnit", "ReadSettings", "read", "scan"]
