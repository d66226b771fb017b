"""Saving texts: each with its class, its source, whom it is about, and its safe wordings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaddesk.errors import KnownError
from leaddesk.models import Participant, StoredText, StoredWording, TextAbout
from leaddesk.models.ids import row_id
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import Kind as MentionKind
from leaddesk.policy.names import letters
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import Prepared, prepare, typed
from leaddesk.services.desk import Unit
from leaddesk.services.facts import load_facts

C = InformationClass


class LooksLikeAName(KnownError):
    """A wording for the public or the community still holds phrases that look like a name.

    Attributes:
        phrases: as written.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        listed = ", ".join(f"“{phrase}”" for phrase in phrases)
        super().__init__(
            f"This wording is for everybody, and {listed} may be somebody's name.",
            kept="Nothing was saved; your words are still here.",
            todo="Reword it; or give it once more, which marks each as a place, a thing or a public figure.",
        )
        self.phrases = tuple(phrases)


@dataclass(frozen=True, slots=True)
class Words:
    """A wording as typed, with the class it is written for and the phrases marked as no name.

    ``reason`` is why it keeps that class though it names a participant: the chair's word, else empty.
    """

    text: str
    cls: InformationClass
    marked: frozenset[str] = frozenset()
    reason: str = ""


def source_of(unit: Unit, about: Sequence[str]) -> int | None:
    """The row of the agency that what the group says of these participants comes from: their case agency.

    Of several, or of nobody, the source is not known, and care and health then reach nobody by a release.
    """
    return unit.found(Participant, Kind.PARTICIPANT, about[0]).case_agency_id if len(about) == 1 else None


def refuse_full_name(unit: Unit, words: str, what: str) -> None:
    """Returns where the name of a thing holds no participant's full name, as far as the user may know them.

    Raises:
        KnownError: it does; what everybody reads as a name has no class that could hold it back.
    """
    named = Writer(unit, frozenset()).prepare(Words(words, C.COMMUNITY), ()).named
    if any(mention.kind is MentionKind.FULL for mention in named):
        raise KnownError(
            f"{what} can’t name a participant.",
            kept="Nothing was saved; your words are still here.",
            todo="Call it something else.",
        )


class Writer:
    """Saves texts within one transaction, knowing whom the signed-in user may know.

    Args:
        unit: the transaction.
        everyday: everyday words for the text guard.
        guard: over the facts of now, where the caller has one already.
    """

    def __init__(self, unit: Unit, everyday: frozenset[str], guard: TextGuard | None = None) -> None:
        self._unit = unit
        facts = load_facts(unit.rows, unit.at)
        self._standing = Standing(facts, unit.at)
        self._guard = TextGuard(facts, everyday) if guard is None else guard

    def prepare(self, words: Words, about: Iterable[str]) -> Prepared:
        """The wording as it would be saved."""
        return prepare(
            words.text,
            words.cls,
            about,
            self._guard,
            may_link=self._may_know,
            marked=words.marked,
            keeps_class=bool(typed(words.reason)),
        )

    def require_no_names(self, words: Words) -> None:
        """Lets a line for the public or the community pass where nothing in it looks like a name.

        Raises:
            LooksLikeAName: something does.
        """
        self._checked(words, ())

    def require_nobody_named(self, words: Words) -> None:
        """Lets the name of a place pass that holds no participant's, as far as the user may know them, unless marked.

        Raises:
            LooksLikeAName: it holds one.
        """
        marked = {letters(phrase) for phrase in words.marked}
        named = [one for one in self.prepare(words, ()).named if letters(one.written) not in marked]
        outermost = (
            one.written
            for one in named
            if not any(o.start <= one.start and one.end <= o.end and o.written != one.written for o in named)
        )
        if phrases := tuple(dict.fromkeys(outermost)):
            raise LooksLikeAName(phrases)

    def save(
        self, words: Words, *, about: Iterable[str] = (), source: int | None = None, safe: Iterable[Words] = ()
    ) -> StoredText:
        """The saved text, flushed and so with its id.

        Args:
            words: the full wording.
            about: participants it is about, by policy id.
            source: the agency that recorded it, by row number.
            safe: safe wordings, fullest first; empty ones are left out.

        Raises:
            LooksLikeAName: a wording for the public or the community still holds one.
            NotForThisUser: somebody else than the chair keeps the class of a text that names a participant.
        """
        full = self._checked(words, about)
        kept = full.raises and full.cls is words.cls
        if kept:
            self._unit.chair_only("Keeping the class of a text that names a participant")
        text = StoredText(
            cls=full.cls,
            body=full.text,
            source_id=source,
            cleared=full.cleared,
            marked=tuple(sorted(words.marked)),
            class_reason=typed(words.reason) if kept else "",
        )
        rows = self._unit.rows
        rows.add(text)
        rows.flush()
        rows.add_all(TextAbout(text_id=text.id, participant_id=row_id(Kind.PARTICIPANT, one)) for one in full.about)
        for position, wording in enumerate(w for w in safe if w.text.strip()):
            checked = self._checked(wording, full.about)
            rows.add(
                StoredWording(
                    text_id=text.id,
                    position=position,
                    cls=checked.cls,
                    body=checked.text,
                    cleared=checked.cleared,
                    marked=tuple(sorted(wording.marked)),
                )
            )
        rows.flush()
        return text

    def _checked(self, words: Words, about: Iterable[str]) -> Prepared:
        prepared = self.prepare(words, about)
        if prepared.refused:
            raise LooksLikeAName([phrase.written for phrase in prepared.refused])
        return prepared

    def _may_know(self, participant: str) -> bool:
        return decide(self._standing, self._unit.user.id, Asked(C.IDENTITY, participant)).allowed
