"""Texts: each with its class, its source, whom it is about, and its safe wordings.

The words themselves are classed by their own row; as columns they count as the narrowest there is.
"""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.policy.vocabulary import InformationClass as C


class StoredText(Base):
    """A text in its full wording. ``{p12}`` in the body links the participant of row 12.

    Attributes:
        cls: the class of the full wording.
        source_id: the agency that recorded it; a source that is not known is covered by no release.
        cleared: whether every name-like phrase was reworded or marked when it was saved.
        marked: the phrases marked as a place, a thing or a public figure.
        class_reason: why the class was not raised to ``identity`` though the text names a participant.
    """

    __tablename__ = "text"

    cls: Mapped[C] = classed(C.ADMIN, "class")
    body: Mapped[str] = prose(C.HEALTH)
    source_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("agency.id"), default=None)
    cleared: Mapped[bool] = classed(C.ADMIN, default=False)
    marked: Mapped[tuple[str, ...]] = classed(C.HEALTH, default=())
    class_reason: Mapped[str] = prose(C.HEALTH, default="")


class TextAbout(Base):
    """A text is about this participant."""

    __tablename__ = "text_about"
    __table_args__ = (UniqueConstraint("text_id", "participant_id"),)

    text_id: Mapped[int] = classed(C.ADMIN, ForeignKey("text.id"))
    participant_id: Mapped[int] = classed(C.ADMIN, ForeignKey("participant.id"), index=True)


class StoredWording(Base):
    """A safe wording: what is said instead to those who may not have the full text, fullest first by position."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("text_id", "position"),)

    text_id: Mapped[int] = classed(C.ADMIN, ForeignKey("text.id"))
    position: Mapped[int] = classed(C.ADMIN)
    cls: Mapped[C] = classed(C.ADMIN, "class")
    body: Mapped[str] = prose(C.HEALTH)
    cleared: Mapped[bool] = classed(C.ADMIN, default=False)
    marked: Mapped[tuple[str, ...]] = classed(C.HEALTH, default=())
