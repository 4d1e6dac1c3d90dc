"""Finding the files below the inputs, with the rules for links and for what is no document.

Not inputs by convention, like everywhere on Unix: names that begin with a dot, copies that
editors leave (``x~``, ``#x#``, ``~$x``) and the droppings of file managers. Everything else is
found or quarantined.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.records import Quarantine, QuarantineReason
from tasks.read.paths import is_inside, root_names, shown

_DROPPINGS = frozenset(("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin"))


class InputError(ValueError):
    """An input argument that cannot be meant: it does not exist, or there is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file: its shown path and its real path (absolute, without links)."""

    path: str
    file: str


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to walk: its real path, and the shown path of what is in it, up to the slash."""

    real: str
    prefix: str


@dataclass(frozen=True, slots=True)
class _Link:
    """A link inside a root, followed after all that has a path of its own."""

    path: str
    real: str
    is_folder: bool


def find(
    inputs: Sequence[Path], *, follow_links: bool = True, exclude: Sequence[Path] = ()
) -> list[Found | Quarantine]:
    """All files of ``inputs`` (files and folders), sorted by shown path, each file once.

    ``exclude`` names folders that are not walked (outputs that lie inside an input). Raises
    :class:`InputError` when an input does not exist.
    """
    roots = _roots(inputs)
    names = root_names(roots) if len(roots) > 1 else dict.fromkeys(roots, "")
    excluded = frozenset(os.path.realpath(path) for path in exclude)
    results: list[Found | Quarantine] = []
    for root in roots:
        kind = os.stat(root).st_mode
        if stat.S_ISDIR(kind):
            prefix = names[root] + "/" if names[root] else ""
            results += _Walk(str(root), excluded, follow_links).run(prefix)
        elif stat.S_ISREG(kind):
            results.append(Found(names[root] or shown(root.name), str(root)))
        else:
            results.append(_not_a_file(names[root] or shown(root.name), kind))
    results.sort(key=_shown_path)
    seen: set[str] = set()
    unique: list[Found | Quarantine] = []
    for result in results:
        if isinstance(result, Found):
            if result.file in seen:  # inputs that overlap
                continue
            seen.add(result.file)
        unique.append(result)
    return unique


def _shown_path(result: Found | Quarantine) -> str:
    return result.path if isinstance(result, Found) else result.source


def _roots(inputs: Sequence[Path]) -> list[Path]:
    if not inputs:
        raise InputError("no input given")
    roots: dict[Path, None] = {}
    for path in inputs:
        try:
            roots[Path(os.path.realpath(path, strict=True))] = None
        except FileNotFoundError:
            raise InputError(f"input does not exist: {shown(str(path))}") from None
        except OSError as error:
            raise InputError(f"cannot open input {shown(str(path))}: {error.strerror}") from None
        except ValueError:
            raise InputError(f"not a path: {shown(str(path))}") from None
    return sorted(roots)


def _not_a_file(path: str, mode: int) -> Quarantine:
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a character device"),
        (stat.S_ISBLK, "a block device"),
    )
    kind = next((name for test, name in kinds if test(mode)), "no regular file")
    return Quarantine(path, QuarantineReason.NOT_A_FILE, f"{kind}, not opened")


def is_ignored(name: str) -> bool:
    """Whether a name is no input by convention (hidden, an editor's or file manager's own)."""
    return (
        name.startswith((".", "~$"))
        or name.endswith("~")
        or (name.startswith("#") and name.endswith("#"))
        or name.lower() in _DROPPINGS
    )


class _Walk:
    """The walk below one root folder."""

    def __init__(self, root: str, excluded: frozenset[str], follow_links: bool) -> None:
        self._root = root
        self._excluded = excluded
        self._follow = follow_links
        self._folders: set[str] = set()
        self._links: list[_Link] = []

    def run(self, prefix: str) -> list[Found | Quarantine]:
        """Everything below the root; links come last, so that a file shows under its own path."""
        results = list(self._walk(_Folder(self._root, prefix)))
        files = {result.file for result in results if isinstance(result, Found)}
        while self._links:
            links, self._links = sorted(self._links, key=lambda link: link.path), []
            for link in links:
                if link.is_folder:
                    found = list(self._walk(_Folder(link.real, link.path + "/")))
                else:
                    found = [Found(link.path, link.real)]
                for result in found:
                    if isinstance(result, Quarantine) or result.file not in files:
                        results.append(result)
                    if isinstance(result, Found):
                        files.add(result.file)
        return results

    def _walk(self, start: _Folder) -> Iterator[Found | Quarantine]:
        pending = [start]
        while pending:
            folder = pending.pop()
            if folder.real in self._folders or folder.real in self._excluded:
                continue
            self._folders.add(folder.real)
            try:
                with os.scandir(folder.real) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                yield _unreadable(folder.prefix, error)
                continue
            for entry in entries:
                if is_ignored(entry.name):
                    continue
                path = folder.prefix + shown(entry.name)
                try:
                    if entry.is_symlink():
                        refused = self._link(path, entry.path, folder.real)
                        if refused is not None:
                            yield refused
                    elif entry.is_dir(follow_symlinks=False):
                        pending.append(_Folder(entry.path, path + "/"))
                    elif entry.is_file(follow_symlinks=False):
                        yield Found(path, entry.path)
                    else:
                        yield _not_a_file(path, entry.stat(follow_symlinks=False).st_mode)
                except OSError as error:
                    yield _unreadable(path, error)

    def _link(self, path: str, link: str, folder: str) -> Quarantine | None:
        """Puts a link that stays inside the root aside for later; others are quarantined."""
        outside = QuarantineReason.OUTSIDE_ROOT
        if not self._follow:
            return Quarantine(path, outside, "a link, and links are not followed")
        try:
            real = os.path.realpath(link, strict=True)
            mode = os.stat(real).st_mode
        except FileNotFoundError:
            return Quarantine(path, QuarantineReason.UNREADABLE, "a link to nothing")
        except OSError as error:
            if error.errno == errno.ELOOP:
                return Quarantine(path, outside, "a loop of links")
            return _unreadable(path, error)
        if not is_inside(real, self._root):
            return Quarantine(path, outside, "a link that leaves the input folder")
        if stat.S_ISDIR(mode):
            if is_inside(folder, real):
                return Quarantine(path, outside, "a loop: a link to a folder that it lies in")
            self._links.append(_Link(path, real, True))
        elif stat.S_ISREG(mode):
            self._links.append(_Link(path, real, False))
        else:
            return _not_a_file(path, mode)
        return None


def _unreadable(path: str, error: OSError) -> Quarantine:
    """An entry that the operating system does not let us look at."""
    reason = QuarantineReason.UNREADABLE
    return Quarantine(path, reason, f"cannot be read: {error.strerror or 'I/O error'}")
