"""What differs between systems, behind the same functions on each: one module a system, chosen here.

Private files, no core dumps, folder locks, what is on the disk for good, network disks; whether the user's session is
locked, whether the computer slept, and windows that stay out of screenshots; how large
the system's letters usually are. Each module's ``__all__`` names them.
"""

import sys

if sys.platform == "win32":
    from leaddesk.platforms.windows import *  # noqa: F403
elif sys.platform == "darwin":
    from leaddesk.platforms.macos import *  # noqa: F403
else:
    from leaddesk.platforms.linux import *  # noqa: F403
