"""macOS's part."""

import sys

assert sys.platform == "darwin"

import ctypes
import fcntl
import platform
import re
import subprocess
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

USUAL_TEXT_POINTS = 13.0
"""The system's letters, which nobody can make larger."""

_FRAMEWORKS = "/System/Library/Frameworks"
_UTF_8 = 0x08000100
_SHARING_NONE = 0
_LAST_TO_KEEP_OUT = 14
"""The last macOS that keeps such a window out of every recording: later ones let newer programs see it."""


def harden_process() -> None:
    """Make new files private to the user (umask 077) and keep memory out of core dumps, for this process."""
    private_without_dumps()


def sync_file(descriptor: int) -> None:
    """Return once the open file's bytes are on the disk; fsync alone stops at the drive's cache."""
    fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)


def network_kind(folder: Path) -> str | None:
    """What kind of network disk a resolved folder is on, or ``None`` for a local one."""
    listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^.* on (.*) \((\w+)(.*)\)$", listing, flags=re.MULTILINE)
    mounts = [(where, "" if ", local" in flags else kind) for where, kind, flags in found]
    return kind_of_mount(folder, mounts) or None


def session_locked() -> bool | None:
    """Whether the user's screen is locked, ``None`` where there is no screen."""
    foundation = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
    graphics = ctypes.CDLL(f"{_FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
    graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
    foundation.CFStringCreateWithCString.restype = ctypes.c_void_p
    foundation.CFStringCreateWithCString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
    foundation.CFDictionaryContainsKey.restype = ctypes.c_bool
    foundation.CFDictionaryContainsKey.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    foundation.CFRelease.argtypes = (ctypes.c_void_p,)
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return None
    key = foundation.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF_8)
    # it is there only while the screen is locked
    locked = bool(foundation.CFDictionaryContainsKey(session, key))
    foundation.CFRelease(key)
    foundation.CFRelease(session)
    return locked


def seconds_asleep() -> float:
    """How long this computer has slept since it was started: one clock goes on meanwhile, the other does not."""
    return time.clock_gettime(time.CLOCK_MONOTONIC_RAW) - time.clock_gettime(time.CLOCK_UPTIME_RAW)


def exclude_from_capture(window: int) -> bool:
    """Ask for a window to be left out of screenshots and screen sharing; returns whether all of them leave it out.

    Args:
        window: its native view, as Qt's ``winId`` gives it.
    """
    objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = (ctypes.c_char_p,)
    pointer = ctypes.c_void_p
    get = ctypes.CFUNCTYPE(pointer, pointer, pointer)(("objc_msgSend", objc))
    set_number = ctypes.CFUNCTYPE(None, pointer, pointer, ctypes.c_ulong)(("objc_msgSend", objc))
    native = get(window, objc.sel_registerName(b"window"))
    if not native:
        return False
    set_number(native, objc.sel_registerName(b"setSharingType:"), _SHARING_NONE)
    return int(platform.mac_ver()[0].split(".")[0]) <= _LAST_TO_KEEP_OUT
