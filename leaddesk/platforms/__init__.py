"""What differs between systems, behind the same functions on each: one module a system, chosen here.

Private files, no core dumps, folder locks, what is on the disk for good, network disks; whether the user's session is
locked, whether the computer slept, and windows that stay out of screenshots.
"""

import sys

if sys.platform == "win32":
    from leaddesk.platforms.windows import (
        exclude_from_capture,
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        seconds_asleep,
        session_locked,
        sync_file,
        sync_folder,
    )
elif sys.platform == "darwin":
    from leaddesk.platforms.macos import (
        exclude_from_capture,
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        seconds_asleep,
        session_locked,
        sync_file,
        sync_folder,
    )
else:
    from leaddesk.platforms.linux import (
        exclude_from_capture,
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        seconds_asleep,
        session_locked,
        sync_file,
        sync_folder,
    )

__all__ = [
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
