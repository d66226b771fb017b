"""macOS's part."""

import sys

assert sys.platform == "darwin"

import fcntl
import re
import subprocess
from pathlib import Path

from leaddesk.platforms.posix import hold_folder, kind_of_mount, private_without_dumps, release_folder, sync_folder

__all__ = ["harden_process", "hold_folder", "network_kind", "release_folder", "sync_file", "sync_folder"]


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
