"""A property that is worked out once, on whichever thread asks, without a lock."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Works a property out when it is first asked for, and keeps it in the object.

    `functools.cached_property` holds a lock meanwhile, one for all objects of the class: a thread that waits there
    for the desk would keep the lock from the very thread that it waits for.

    Args:
        make: works it out.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, _owner: type | None = None) -> T:
        """What it is for an object."""
        value: T = self._make(instance)
        vars(instance)[self._name] = value
        return value
