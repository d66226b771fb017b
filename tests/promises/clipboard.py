"""Run by itself on an X server, whose clipboard knows its owner: what was copied here is gone, the others' stays."""

import sys

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from leaddesk.ui import locking


def held(clipboard: QClipboard) -> list[str]:
    """What the clipboard and the selection hold."""
    return [clipboard.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)]


def main() -> None:
    """Copies, locks, and prints what is left."""
    application = QApplication(sys.argv)
    clipboard = application.clipboard()
    assert clipboard.supportsSelection()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        clipboard.setText("copied at the desk", mode)
    before = held(clipboard)
    locking.lock((), **dict.fromkeys(("show_idle", "keep_typed", "close_windows", "drop_key"), lambda: None))
    print(before, held(clipboard), sep="\n")


if __name__ == "__main__":
    main()
