"""Whether a cluster can be had at all, found out before its library waits for it."""

import importlib
import socket
from types import ModuleType
from urllib.parse import urlsplit

from tasks.driver.executors.site import ClusterError

_PATIENCE = 5.0  # seconds


def imported(module: str, extra: str) -> ModuleType:
    """A library of an extra. Raises ClusterError when it is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise ClusterError(
            f"the {extra} runner is not installed; pip install 'zhen[{extra}]'"
        ) from None


def check_reachable(address: str, port: int, what: str) -> None:
    """Raises ClusterError unless something listens at ``address``.

    What is no ``[scheme://]host[:port]`` (``auto``, or a scheme that is not TCP) is left to the
    library.
    """
    if "://" not in address and ":" not in address:
        return
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in ("tcp", "tls", "ray"):
        return
    try:
        place = (parts.hostname or "", parts.port or port)
        socket.create_connection(place, _PATIENCE).close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ClusterError(f"no {what} answers at {address}: {reason}") from None
