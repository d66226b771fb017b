"""Windows that a test closed are gone when it ends, as with the tests of the windows."""

from tests.ui.conftest import delete_what_was_put_off

__all__ = ["delete_what_was_put_off"]
