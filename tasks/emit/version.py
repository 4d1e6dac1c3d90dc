"""The version of zhen that writes a corpus."""

from functools import cache
from importlib import metadata


@cache
def tool_version() -> str:
    """The installed version."""
    return metadata.version("zhen")
