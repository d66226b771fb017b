"""Pages of the console that are made when somebody first wants to see them."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

P_co = TypeVar("P_co", bound=QWidget, covariant=True)


class LatePage(Generic[P_co]):
    """A page that is not there before its first visit: most meetings never look at most pages.

    Args:
        make: makes the page and puts it in its place.
    """

    def __init__(self, make: Callable[[], P_co]) -> None:
        self._make = make
        self._made: P_co | None = None

    @property
    def made(self) -> P_co | None:
        """The page, ``None`` before its first visit."""
        return self._made

    def visit(self) -> P_co:
        """The page, made now if this is the first visit."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def tell(self, do: Callable[[P_co], object]) -> None:
        """Does something with the page; nothing before its first visit, when there is nothing to be done with."""
        if self._made is not None:
            do(self._made)
