"""Windows' part."""

import sys

assert sys.platform == "win32"

import ctypes
import msvcrt
import os
from pathlib import Path

__all__ = ["harden_process", "hold_folder", "network_kind", "release_folder", "sync_file", "sync_folder"]

_DRIVE_REMOTE = 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002
_WER_FAULT_REPORTING_FLAG_NOHEAP = 1


def harden_process() -> None:
    """Keep crash reports from holding the process's memory; files are private by the user profile's rights."""
    kernel = ctypes.windll.kernel32
    kernel.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
    kernel.WerSetFlags(_WER_FAULT_REPORTING_FLAG_NOHEAP)


def hold_folder(folder: Path) -> int:
    """Hold a desk's folder for this process alone, until `release_folder`; the system frees it on a crash.

    Raises:
        BlockingIOError: somebody else holds it.
    """
    held = os.open(folder / ".desk.lock", os.O_RDWR | os.O_CREAT)
    try:
        msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        os.close(held)
        raise BlockingIOError from error
    return held


def release_folder(held: int) -> None:
    """Let go of a folder that `hold_folder` gave."""
    os.close(held)


def sync_file(descriptor: int) -> None:
    """Return once the open file's bytes are on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Do nothing: NTFS keeps renames in its journal and folders cannot be synced."""


def network_kind(folder: Path) -> str | None:
    """What kind of network disk a resolved folder is on, or ``None`` for a local one."""
    remote = folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
    return "network drive" if remote else None
