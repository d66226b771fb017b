"""Linux's part."""

import sys

assert sys.platform == "linux"

import ctypes
import os
import re
import time
from pathlib import Path

from leaddesk.platforms.posix import hold_folder, kind_of_mount, private_without_dumps, release_folder, sync_folder

__all__ = [
    "USUAL_TEXT_POINTS",
    "exclude_from_capture",
    "harden_process",
    "hold_folder",
    "network_kind",
    "release_folder",
    "seconds_asleep",
    "session_locked",
    "sync_file",
    "sync_folder",
]

USUAL_TEXT_POINTS = 11.0
"""The desktop's letters where nobody has made them larger: GNOME's, which are the largest of all desktops'."""

_PR_SET_DUMPABLE = 4
_NETWORK_FILE_SYSTEMS = frozenset({
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "orangefs", "prl_fs",
    "smb3", "smbfs", "vboxsf", "vmhgfs",
})  # fmt: skip


def harden_process() -> None:
    """Make new files private to the user (umask 077) and keep memory out of core dumps, for this process."""
    private_without_dumps()
    # a zero limit does not stop a crash handler that core_pattern pipes to; this does
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def sync_file(descriptor: int) -> None:
    """Return once the open file's bytes are on the disk."""
    os.fsync(descriptor)


def parse_mountinfo(text: str) -> list[tuple[str, str]]:
    """Mount points and file systems out of Linux's ``/proc/self/mountinfo`` (see proc(5))."""
    mounts = []
    for line in text.splitlines():
        where, _, what = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where.split()[4])
        mounts.append((point, what.split()[0]))
    return mounts


def network_kind(folder: Path, mounts: list[tuple[str, str]] | None = None) -> str | None:
    """What kind of network disk a resolved folder is on, or ``None`` for a local one.

    Disks that a user program serves (FUSE) count as network disks: what is behind them cannot be told.
    """
    found = kind_of_mount(folder, _mounts() if mounts is None else mounts)
    return found if found in _NETWORK_FILE_SYSTEMS or found.startswith("fuse.") else None


def session_locked() -> bool | None:
    """``None``: there is no one way to ask; desktops tell it over D-Bus."""
    return None


def seconds_asleep() -> float:
    """How long this computer has slept since it was started: one clock goes on meanwhile, the other does not."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def exclude_from_capture(_window: int) -> bool:
    """``False``: neither X11 nor Wayland keeps a window out of screenshots and screen sharing."""
    return False


def _mounts() -> list[tuple[str, str]]:
    return parse_mountinfo(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
