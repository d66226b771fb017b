"""A layout that goes on in the next line, like words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem
from typing_extensions import override


class Flow(QLayout):
    """Puts what is in it side by side as far as there is room, and the rest in further lines."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._held: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._held.append(item)

    @override
    def count(self) -> int:
        return len(self._held)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._held[index] if 0 <= index < len(self._held) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    @override
    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._shown]
        return QSize(
            max((hint.width() for hint in hints), default=0), max((hint.height() for hint in hints), default=0)
        )

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._held if not item.isEmpty()]

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        places, at, high = [], QPoint(0, 0), 0
        for item in self._shown:
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + self.spacing()), 0
            places.append((item, QRect(at, size)))
            at = QPoint(at.x() + size.width() + self.spacing(), at.y())
            high = max(high, size.height())
        return places
