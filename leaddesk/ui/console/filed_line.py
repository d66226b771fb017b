"""One entry on the selected item: what was filed, what the room reads of it, and the way to mend it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from leaddesk.policy.desk_views import FiledEntry
from leaddesk.ui.console.parts import Icon, IconButton, label, px, yielding
from leaddesk.ui.theme import Theme, Token


class FiledLine(QWidget):
    """Shows an entry; one whose words the user has in full can be mended."""

    mend_asked = Signal(str)
    """The entry's id."""

    def __init__(self, theme: Theme, entry: FiledEntry) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(self, 5))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(entry.kind, "strong-hint"), 0, 0)
        grid.addWidget(yielding(label(entry.what, wraps=True)), 0, 1)
        if entry.whole:
            mend = IconButton(
                theme, "pencil-line-bold", f"Mend: {entry.what}", size=16, look="state", icon_alone=True
            )
            mend.setToolTip("Mend")
            mend.setObjectName(f"mend {entry.id}")
            mend.clicked.connect(lambda: self.mend_asked.emit(entry.id))
            grid.addWidget(mend, 0, 2)
        if entry.kept:
            grid.addWidget(yielding(label(entry.kept, "hint", wraps=True)), 2, 1, 1, 2)
        if entry.room_reads != entry.what:
            under = QHBoxLayout()
            under.setSpacing(px(self, 6))
            under.addWidget(Icon(theme, "eye-bold" if entry.room_reads else "eye-slash-bold", Token.INK_2, 16))
            reads = f"room reads: {entry.room_reads}" if entry.room_reads else "the room reads nothing of it"
            under.addWidget(yielding(label(reads, "hint", wraps=True)), 1)
            grid.addLayout(under, 1, 1, 1, 2)
