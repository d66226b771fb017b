"""Windows that a test closed are gone when it ends."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


@pytest.fixture(autouse=True)
def delete_what_was_put_off() -> Iterator[None]:
    """Outside a loop of events nothing else deletes what was put off, and each setup takes longer than the last."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
