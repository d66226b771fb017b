"""Reading a file of cases or scenes and holding the rule against it."""

from pathlib import Path

from leaddesk.policy.conformance import cases, scenes
from leaddesk.policy.conformance.outcome import Difference, MalformedFile, Outcome

__all__ = ["Difference", "MalformedFile", "Outcome", "check_file"]


def check_file(path: Path, everyday: frozenset[str]) -> Outcome:
    """The outcome of holding the rule against a file of cases (CSV) or scenes (JSON).

    Args:
        path: the file; what it is shows from its first character.
        everyday: folded everyday words, for the text guard in scenes.

    Raises:
        MalformedFile: the file can't be read as either; says the line or the path.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = "is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else "can't be read"
        raise MalformedFile("the file", what) from error
    if text.lstrip()[:1] in ("[", "{"):
        return scenes.check(text, everyday)
    return cases.check(text)
