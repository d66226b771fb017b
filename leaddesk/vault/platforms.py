"""What differs between systems: private files, no core dumps, folder locks, syncing, network disks.

Each function has a POSIX and a Windows twin with the same promise.
"""

import ctypes
import os
import re
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

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
        remote = folder.drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
        )
        return "network drive" if remote else None

else:
    import fcntl
    import resource
    import subprocess

    _PR_SET_DUMPABLE = 4
    _NETWORK_FILE_SYSTEMS = frozenset({
        "9p", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "orangefs",
        "prl_fs", "smb3", "smbfs", "vboxsf", "vmhgfs",
    })  # fmt: skip

    def harden_process() -> None:
        """Make new files private to the user (umask 077) and keep memory out of core dumps, for this process."""
        os.umask(0o077)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            # a zero limit does not stop a crash handler that core_pattern pipes to; this does
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

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

    def sync_file(descriptor: int) -> None:
        """Return once the open file's bytes are on the disk."""
        if sys.platform == "darwin":
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone stops at the drive's cache
        else:
            os.fsync(descriptor)

    def sync_folder(folder: Path) -> None:
        """Return once the folder's list of names is on the disk, so that a rename outlives a power cut."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _mounts() -> list[tuple[str, str]]:
        """Every mounted folder with its file system, in the order they were mounted; network ones by name."""
        if sys.platform == "darwin":
            listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True).stdout
            found = re.findall(r"^.* on (.*) \((\w+)(.*)\)$", listing, flags=re.MULTILINE)
            return [(where, kind if ", local" in flags else "smbfs") for where, kind, flags in found]
        else:
            return parse_mountinfo(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))

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
        best, found = -1, ""
        for point, kind in _mounts() if mounts is None else mounts:
            if folder.is_relative_to(point) and len(Path(point).parts) >= best:
                best, found = len(Path(point).parts), kind
        return found if found in _NETWORK_FILE_SYSTEMS or found.startswith("fuse.") else None
