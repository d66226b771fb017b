"""Windows' part."""

import sys

assert sys.platform == "win32"

import ctypes
import msvcrt
import os
from ctypes import wintypes
from pathlib import Path

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

USUAL_TEXT_POINTS = 9.0
"""The system's letters where nobody has made them larger."""

_DRIVE_REMOTE = 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002
_WER_FAULT_REPORTING_FLAG_NOHEAP = 1
_WDA_EXCLUDEFROMCAPTURE = 0x11
_WTS_CURRENT_SESSION = 0xFFFFFFFF
_WTS_SESSION_INFO_EX = 25
_WTS_SESSIONSTATE_LOCK, _WTS_SESSIONSTATE_UNLOCK = 0, 1


class _SessionInfo(ctypes.Structure):
    """The beginning of ``WTSINFOEXW``: what follows the level begins at the next eight bytes."""

    _fields_ = (
        ("level", wintypes.DWORD),
        ("_filler", wintypes.DWORD),
        ("session", wintypes.DWORD),
        ("state", ctypes.c_int),
        ("flags", wintypes.LONG),
    )


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


def session_locked() -> bool | None:
    """Whether the user's session is locked, ``None`` where the system doesn't tell."""
    wts = ctypes.windll.wtsapi32
    found, size = ctypes.POINTER(_SessionInfo)(), wintypes.DWORD()
    told = wts.WTSQuerySessionInformationW(
        None,
        wintypes.DWORD(_WTS_CURRENT_SESSION),
        _WTS_SESSION_INFO_EX,
        ctypes.byref(found),
        ctypes.byref(size),
    )
    if not told:
        return None
    flags = found.contents.flags
    wts.WTSFreeMemory(found)
    return {_WTS_SESSIONSTATE_LOCK: True, _WTS_SESSIONSTATE_UNLOCK: False}.get(flags)


def seconds_asleep() -> float:
    """How long this computer has slept since it was started: one clock goes on meanwhile, the other does not."""
    kernel, awake = ctypes.windll.kernel32, ctypes.c_uint64()
    kernel.GetTickCount64.restype = ctypes.c_uint64
    kernel.QueryUnbiasedInterruptTime(ctypes.byref(awake))
    return float(kernel.GetTickCount64() / 1_000 - awake.value / 10_000_000)


def exclude_from_capture(window: int) -> bool:
    """Leave a window out of screenshots and screen sharing; returns whether it is (Windows 10 of 2020 or later).

    Args:
        window: its handle, as Qt's ``winId`` gives it.
    """
    return bool(ctypes.windll.user32.SetWindowDisplayAffinity(wintypes.HWND(window), _WDA_EXCLUDEFROMCAPTURE))
