"""The windows: the only layer that knows Qt. It is given views and gives back what somebody did."""

import builtins

# First, for it is importing this that puts the hook in.
import PySide6.QtCore  # noqa: F401

# From here on PySide6 would read the source of every module that is imported, and keep it, to see whether the module
# asks for one of PySide6's `__feature__`s: a tenth of a second and 24 MB by the time that a desk is open. None does.
builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
