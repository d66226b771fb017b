"""How values are kept in a column: instants in UTC, and lists of words."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC as ISO 8601 text of one width, so that text order is time order.

    Raises:
        ValueError: for a naive datetime, wrapped by SQLAlchemy as `StatementError`.
    """

    impl = String(32)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """Words, numbers and lists of them, kept as canonical JSON; every list comes back as a tuple."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else _frozen(json.loads(value))


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
