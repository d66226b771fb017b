"""Views that were composed once and are still true."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Views:
    """Keeps what was composed, until what it was composed from is no longer the same."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._views: dict[Hashable, Any] = {}

    def composed(self, of: tuple[object, ...], key: Hashable, compose: Callable[[], T]) -> T:
        """A view by its key; composed anew if any of the objects it is composed of is another one.

        Args:
            of: everything that any of the views depends on besides its key; objects that never change.
            key: which view, with whatever else it depends on.
            compose: makes it.
        """
        if len(of) != len(self._of) or any(one is not before for one, before in zip(of, self._of, strict=True)):
            self._of, self._views = of, {}
        if key not in self._views:
            self._views[key] = compose()
        view: T = self._views[key]
        return view
