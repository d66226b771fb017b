"""What differs between systems, behind the same functions on each: one module a system, chosen here.

Private files, no core dumps, folder locks, what is on the disk for good, network disks.
"""

import sys

if sys.platform == "win32":
    from leaddesk.platforms.windows import (
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        sync_file,
        sync_folder,
    )
elif sys.platform == "darwin":
    from leaddesk.platforms.macos import (
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        sync_file,
        sync_folder,
    )
else:
    from leaddesk.platforms.linux import (
        harden_process,
        hold_folder,
        network_kind,
        release_folder,
        sync_file,
        sync_folder,
    )

__all__ = ["harden_process", "hold_folder", "network_kind", "release_folder", "sync_file", "sync_folder"]
