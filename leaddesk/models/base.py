"""What every row has: a number, a class of information for each column, and a `repr` that tells nothing."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Mapper, mapped_column, object_session
from typing_extensions import dataclass_transform, override

from leaddesk.models.types import Json, UtcInstant
from leaddesk.policy.vocabulary import InformationClass

#: Long enough for every word of a vocabulary, so that a new word changes a CHECK and no length.
_WORD_LENGTH = 32


def classed(cls: InformationClass, *args: Any, **kwargs: Any) -> Any:
    """A column of this class of information; the other arguments are those of `mapped_column`.

    A key's class is that of what it says: ``chair_id`` is as public as who presided.
    """
    return mapped_column(*args, info={"class": cls}, **kwargs)


def prose(cls: InformationClass, **kwargs: Any) -> Any:
    """A column of free words: they leave the desk as a text, past the text guard."""
    return mapped_column(sa.Text, info={"class": cls, "prose": True}, **kwargs)


def class_of(column: sa.Column[Any]) -> InformationClass | None:
    """The class of a column, ``None`` where it has none and so does not leave the desk."""
    cls = column.info.get("class")
    return cls if isinstance(cls, InformationClass) else None


def is_prose(column: sa.Column[Any]) -> bool:
    """Whether a column holds free words."""
    return bool(column.info.get("prose", False))


def _values(words: type[Enum]) -> list[str]:
    return [str(word.value) for word in words]


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(classed, prose, mapped_column))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """The base of every row. Rows are made by keywords alone, and are equal when they are the same row."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        StrEnum: sa.Enum(
            StrEnum, native_enum=False, create_constraint=True, values_callable=_values, length=_WORD_LENGTH
        ),
        datetime: UtcInstant,
        tuple[str, ...]: Json,
        tuple[int, ...]: Json,
    }

    id: Mapped[int] = classed(InformationClass.ADMIN, primary_key=True, init=False, sort_order=-1)

    @override
    def __repr__(self) -> str:
        """The kind of row and its number: a row in a log or a report names nobody."""
        state = sa.inspect(self)
        return f"<{type(self).__name__} {state.identity[0] if state.identity else 'unsaved'}>"


class Unchanging:
    """A row that is written once: what changes it is another row."""


class Protected:
    """A row whose every state has its hash in the ledger, so that an older state put back is found."""


class ChangedForeverError(RuntimeError):
    """A bug: something tried to change a row that is written once."""


@event.listens_for(Unchanging, "before_update", propagate=True)
def _refuse_change(_mapper: Mapper[Any], _connection: sa.Connection, row: Base) -> None:
    session = object_session(row)
    if session is not None and session.is_modified(row):
        raise ChangedForeverError(f"{row!r} is written once")


def columns(row: type[Base]) -> Iterator[tuple[str, sa.Column[Any]]]:
    """The columns of a kind of row by the name of their attribute, the number left out."""
    for attribute in sa.inspect(row).column_attrs:
        column = attribute.columns[0]
        if isinstance(column, sa.Column) and not column.primary_key:
            yield attribute.key, column


def protected_tables() -> tuple[str, ...]:
    """The names of the tables whose rows have their hashes in the ledger, sorted."""
    tables = (mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Protected))
    return tuple(sorted(table.name for table in tables if isinstance(table, sa.Table)))
