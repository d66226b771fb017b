"""Rows of many tables in one statement, as the database has them: no row becomes an object that nobody looks at.

What a statement costs is mostly its being asked, and what a row costs is mostly its being made into an object. So
tables are asked for together, and what comes is kept as bare values; `Part.rows` makes rows of those wanted.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from leaddesk.models import Base
from leaddesk.models.base import columns

#: A row's bare values, its number first.
Values: TypeAlias = tuple[Any, ...]
Parameters: TypeAlias = Mapping[str, int | str]

_DIALECT = sqlite.dialect()
_PARAMETER = re.compile(r":([a-z_]+)")
_WORD = re.compile(r"[a-z0-9_]+")


class StoredRow:
    """A row out of a batch: the columns asked for by the names of their attributes, and its number.

    Attributes:
        model: the kind of row.
        id: its number.
    """

    __slots__ = ()
    model: ClassVar[type[Base]]
    id: int


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind that a batch asks for.

    Attributes:
        model: the kind of row.
        where: which of them, as SQL; parameters are named with a colon before them. All, if it is empty.
        names: attributes of the columns wanted besides the number. All, if none is named.
    """

    model: type[Base]
    where: str = ""
    names: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that it needs."""
        return _parameters(self)

    @property
    def tables(self) -> frozenset[str]:
        """The tables that its rows depend on: its own, and each that its condition speaks of."""
        return _tables(self)

    def depends_on(self, table: str, columns: frozenset[str] | None) -> bool:
        """Whether its rows may be others once these columns of a table's rows are; ``None`` for whole rows.

        A column counts that is asked for, and one of that name in whichever table the condition speaks of.
        """
        if table not in _tables(self):
            return False
        if columns is None or columns & _words(self):
            return True
        return table == self.model.__tablename__ and not columns.isdisjoint(_asked_for(self))

    def rows(self, values: Iterable[Values]) -> list[Any]:
        """The rows that bare values are, as `StoredRow`."""
        shape = _shape(self)
        made = []
        for one in values:
            decoded = list(one)
            for position, decode in shape.decoders:
                decoded[position] = decode(decoded[position])
            made.append(shape.row._make(decoded))
        return made


def read(connection: sa.Connection, parts: Sequence[Part], parameters: Parameters) -> dict[Part, tuple[Values, ...]]:
    """The values of the rows that each part asks for, by their numbers, all read by one statement."""
    found: dict[Part, list[Values]] = {part: [] for part in parts}
    lists = list(found.values())
    widths = [1 + len(_shape(part).columns) for part in found]
    asked = {name: parameters[name] for part in found for name in part.parameters}
    answer = connection.exec_driver_sql(_statement(tuple(found)), asked)
    for row in answer.cursor.fetchall():
        position = row[0]
        lists[position].append(row[1 : widths[position]])
    answer.close()
    return {part: tuple(sorted(rows, key=_number)) for part, rows in found.items()}


def _number(values: Values) -> int:
    number: int = values[0]
    return number


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the values of a part become rows."""

    row: Any
    columns: tuple[str, ...]
    decoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    """What makes a stored value one of Python, by its place, where it is none already."""


@cache
def _shape(part: Part) -> _Shape:
    of = dict(columns(part.model))
    wanted = {name: of[name] for name in part.names} or of
    kind = namedtuple(f"{part.model.__name__}Row", ["id", *wanted])  # type: ignore[misc] # noqa: PYI024 - columns are named by the model
    row = type(kind.__name__, (kind, StoredRow), {"__slots__": (), "model": part.model})
    quote = _DIALECT.identifier_preparer.quote
    return _Shape(
        row,
        ("id", *(quote(column.name) for column in wanted.values())),
        tuple(
            (place, decoder)
            for place, column in enumerate(wanted.values(), start=1)
            if (decoder := _decoder(column)) is not None
        ),
    )


def _decoder(column: sa.Column[Any]) -> Callable[[Any], Any] | None:
    """What makes a stored value one of Python; ``None`` where it is one."""
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


@cache
def _statement(parts: tuple[Part, ...]) -> str:
    shapes = [_shape(part) for part in parts]
    width = max(len(shape.columns) for shape in shapes)
    quote = _DIALECT.identifier_preparer.quote
    asked = []
    for position, (part, shape) in enumerate(zip(parts, shapes, strict=True)):
        listed = ", ".join((str(position), *shape.columns, *["NULL"] * (width - len(shape.columns))))
        condition = f" WHERE {part.where}" if part.where else ""
        asked.append(f"SELECT {listed} FROM {quote(part.model.__tablename__)}{condition}")  # noqa: S608 - written here
    return " UNION ALL ".join(asked)


@cache
def _words(part: Part) -> frozenset[str]:
    return frozenset(_WORD.findall(part.where.lower()))


@cache
def _tables(part: Part) -> frozenset[str]:
    return (_words(part) & frozenset(Base.metadata.tables)) | {part.model.__tablename__}


@cache
def _asked_for(part: Part) -> frozenset[str]:
    """The names of the columns that are asked for, as the database has them."""
    of = dict(columns(part.model))
    return frozenset({"id", *(of[name].name for name in part.names or of)})


@cache
def _parameters(part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PARAMETER.findall(part.where)))
