"""What happens to a text before it is saved: names become links, its class is raised, words for all are checked."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leaddesk.policy.guard import Phrase, TextGuard
from leaddesk.policy.names import Kind, Mention
from leaddesk.policy.records import LINK
from leaddesk.policy.vocabulary import BOUND, InformationClass

C = InformationClass

#: Classes whose wordings are checked for every name-like phrase, participant or not.
OPEN_CLASSES = frozenset({C.PUBLIC, C.COMMUNITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A text ready to be saved, or what stands in its way.

    Attributes:
        text: the words, cleaned, typed names replaced by links where they can mean one participant alone.
        cls: the class, raised to ``identity`` where a participant is named.
        about: the participants it is about, those linked included.
        named: names that were found, linked or not.
        refused: phrases of a wording for the public or the community that still look like a name.
        raises: whether naming a participant raises the class, unless the chair says why not.
    """

    text: str
    cls: InformationClass
    about: tuple[str, ...]
    named: tuple[Mention, ...]
    refused: tuple[Phrase, ...]
    raises: bool = False

    @property
    def cleared(self) -> bool:
        """Whether every name-like phrase was reworded or marked."""
        return self.cls in OPEN_CLASSES and not self.refused and LINK.search(self.text) is None


def clean(text: str) -> str:
    """The text without control and bidirectional characters, and with braces, which make links, as parentheses."""
    kept = "".join(
        char for char in text.replace("\r\n", "\n") if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf")
    )
    return kept.strip()


def typed(text: str) -> str:
    """Words as somebody typed them: cleaned, and unable to make a link by themselves."""
    return clean(text).replace("{", "(").replace("}", ")")


def prepare(
    text: str,
    cls: InformationClass,
    about: Iterable[str],
    guard: TextGuard,
    *,
    may_link: Callable[[str], bool],
    marked: frozenset[str] = frozenset(),
    keeps_class: bool = False,
) -> Prepared:
    """A text as it would be saved.

    Args:
        text: as typed, links already in it kept.
        cls: the class it is written for.
        about: the participants that it or its item is about.
        guard: over the facts of now.
        may_link: whether the writer may know that this is a participant; others are never linked or told.
        marked: phrases the writer has marked as a place, a thing or a public figure.
        keeps_class: the chair has said why its class stays as it is though it names a participant; its full wording
            needs their ``identity`` all the same.
    """
    words = clean(text)
    known_about = tuple(dict.fromkeys(about))
    found = tuple(m for m in guard.mentions(words, frozenset(known_about)) if may_link(m.participant))
    if cls in OPEN_CLASSES:
        # A wording for all can link nobody: the same words are asked about, whoever is enrolled.
        return Prepared(text=words, cls=cls, about=known_about, named=found, refused=guard.name_like(words, marked))
    linked = _certain(found, frozenset(known_about))
    for mention in reversed(linked):
        words = f"{words[: mention.written_start]}{{{mention.participant}}}{words[mention.written_end :]}"
    everybody = tuple(dict.fromkeys((*known_about, *(mention.participant for mention in linked))))
    # A code or a link in ordinary business names nobody to those who may not know; a name does. Personnel and admin
    # texts keep their class, which is no wider: their full wording needs identity besides.
    names_somebody = any(mention.kind is not Kind.CODE for mention in linked)
    raises = names_somebody and cls not in BOUND | {C.ADMIN, C.PERSONNEL}
    raised = C.IDENTITY if raises and not keeps_class else cls
    return Prepared(text=words, cls=raised, about=everybody, named=found, refused=(), raises=raises)


def _certain(found: tuple[Mention, ...], about: frozenset[str]) -> tuple[Mention, ...]:
    """The mentions that can mean one participant alone, the longest at each place, in their order.

    Where several share a name, one whom the text is about anyway is meant.
    """
    chosen: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if any(mention.start < other.end and other.start < mention.end for other in chosen):
            continue
        meant = {m.participant for m in found if (m.start, m.end) == (mention.start, mention.end)}
        here = meant & about or meant
        if len(here) == 1:
            (participant,) = here
            chosen.append(
                next(m for m in found if (m.start, m.end, m.participant) == (mention.start, mention.end, participant))
            )
    return tuple(sorted(chosen, key=lambda m: m.start))
