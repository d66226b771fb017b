"""What Linux and macOS have in common."""

import sys

assert sys.platform != "win32"

import fcntl
import os
import resource
from pathlib import Path


def private_without_dumps() -> None:
    """Make new files private to the user (umask 077) and switch core dumps off, for this process."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold_folder(folder: Path) -> int:
    """Hold a desk's folder for this process alone, until `release_folder`; the system frees it on a crash.

    The folder itself is locked: nothing is written, so a refused opening leaves no trace.

    Raises:
        BlockingIOError: somebody else holds it.
    """
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held


def release_folder(held: int) -> None:
    """Let go of a folder that `hold_folder` gave."""
    os.close(held)


def sync_folder(folder: Path) -> None:
    """Return once the folder's list of names is on the disk, so that a rename outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kind_of_mount(folder: Path, mounts: list[tuple[str, str]]) -> str:
    """The file system of a resolved folder by the innermost mount point it is in, empty if it is in none."""
    best, found = -1, ""
    for point, kind in mounts:
        if folder.is_relative_to(point) and len(Path(point).parts) >= best:
            best, found = len(Path(point).parts), kind
    return found
