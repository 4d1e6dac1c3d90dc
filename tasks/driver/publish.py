"""Publishing a finished folder in one step, so that a reader never sees half of it.

The folder is built beside OUT, in the work folder, and exchanged with OUT by one ``renameat2``
call. Where the system has no exchange, two renames do it, with a note in the work folder that
:func:`recover` reads: the next command completes what a crash cut short.
"""

import ctypes
import errno
import json
import logging
import os
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path

from tasks.driver.files import sync_folder, sync_tree, write_whole

log = logging.getLogger("zhen")

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NOTE = "publishing.json"


class ForeignFolderError(Exception):
    """The output folder holds something that zhen did not make."""


def check_target(out: Path) -> None:
    """Raises ForeignFolderError unless ``out`` is absent, empty, or a corpus folder of zhen's."""
    if not out.exists():
        if out.is_symlink():
            raise ForeignFolderError(
                f"{out} is a link that leads nowhere; remove it or choose another --out"
            )
        return
    if not out.is_dir():
        raise ForeignFolderError(f"{out} is not a folder; choose another --out")
    if not any(out.iterdir()):
        return
    try:
        manifest = json.loads((out / "manifest.json").read_bytes())
        ours = {"schema_version", "signature"} <= set(manifest)
    except (OSError, ValueError, TypeError):
        ours = False
    if not ours:
        raise ForeignFolderError(
            f"{out} holds something else than a zhen corpus; choose another --out or empty it"
        )


def publish(built: Path, out: Path, work: Path) -> None:
    """Put ``built`` in the place of ``out``; the former content of ``out`` is deleted.

    ``built`` and ``work`` lie on the file system of ``out``. Who may enter ``out`` stays as it was.
    Raises OSError; the former folder is then in its place, or :func:`recover` puts it there.
    """
    out = out.resolve()  # a link to a folder is followed: the folder is replaced, the link stays
    if out.exists():
        os.chmod(built, stat.S_IMODE(out.stat().st_mode))
    sync_tree(built)
    if not out.exists():
        os.rename(built, out)
    elif not _exchange(built, out):
        _swap_in_two_steps(built, out, work)
    try:
        sync_folder(out.parent)
    except OSError as error:  # published it is, and that must not be told as a failure
        log.warning(
            "%s could not be brought to disk (%s): after a power cut the former corpus may be back",
            out.parent,
            error.strerror,
        )
    shutil.rmtree(built, ignore_errors=True)


def drop_built(built: Path, work: Path) -> None:
    """Delete what was built, unless a publication that was cut off needs it."""
    if not (work / _NOTE).exists():
        shutil.rmtree(built, ignore_errors=True)


def recover(out: Path, work: Path) -> None:
    """Complete a publication that was cut between its two renames, or take it back where what was
    built is gone.
    """
    note = work / _NOTE
    if not note.exists():
        return
    names = json.loads(note.read_text("utf-8"))
    built, old = Path(names["built"]), Path(names["old"])
    out = out.resolve()
    if not out.exists():
        os.rename(built if built.exists() else old, out)
        sync_folder(out.parent)
    note.unlink()
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one system call; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    result = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if result == 0:
        return True
    error = ctypes.get_errno()
    if error in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(error, os.strerror(error), str(other))


def _swap_in_two_steps(built: Path, out: Path, work: Path) -> None:
    old = work / "replaced"
    shutil.rmtree(old, ignore_errors=True)
    write_whole(work / _NOTE, json.dumps({"built": str(built), "old": str(old)}).encode())
    os.rename(out, old)
    try:
        os.rename(built, out)
    except OSError:
        os.rename(old, out)
        (work / _NOTE).unlink()
        raise
    with suppress(OSError):  # else the next command finds that all is done
        (work / _NOTE).unlink()
    shutil.rmtree(old, ignore_errors=True)
