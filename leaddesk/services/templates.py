"""New versions of the confidentiality agreement, and what becomes of those signed before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from leaddesk.assets import resource
from leaddesk.errors import KnownError
from leaddesk.models import AgreementTemplate, Meeting
from leaddesk.models.ids import policy_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.agreements import left_without
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Watch
from leaddesk.policy.writing import typed
from leaddesk.services.agreements import accepted_template
from leaddesk.services.desk import Unit

_MOST = 1_000_000
"""Characters of a file that are read: an agreement has a hundredth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version to accept from now on; it is signed for as long as the one before."""

    language: str
    version: str
    title: str
    clauses: tuple[tuple[str, str], ...]
    closing: str
    now: bool = False
    """Whether the versions before end now, and not with the open meeting."""


def shipped(language: str, version: str, *, now: bool = False) -> NewVersion:
    """The text that LeadDesk ships in a language, as a new version."""
    return _read(resource(f"agreements/{language}.json").read_text(encoding="utf-8"), version, now=now)


def from_file(path: Path, version: str, *, now: bool = False) -> NewVersion:
    """A site's own text as a new version: a JSON file like the shipped ones.

    Raises:
        KnownError: it can't be read, or lacks something.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return _read(file.read(_MOST), version, now=now)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(
            "This file holds no agreement.",
            kept="The version before is still accepted.",
            todo="Use a JSON file with language, title, clauses (heading and body each) and closing.",
        ) from error


def supersede(unit: Unit, new: NewVersion) -> str:
    """The id of the version that is signed from now on.

    What was signed of the versions before counts until the open meeting closes, unless the chair has it end now; with
    no meeting open it ends now.

    Raises:
        KnownError: the user is not the chair, the version has no name, or one of that name is there.
    """
    unit.chair_only("A new version of the agreement")
    version = typed(new.version)
    if not version:
        raise KnownError("The version needs a name.", kept="The version before is still accepted.", todo="Such as 2.")
    here = AgreementTemplate.language == new.language
    if unit.rows.scalars(select(AgreementTemplate).where(here, AgreementTemplate.version == version)).first():
        raise KnownError(
            f"There is a version {version} in this language already.",
            kept="The version before is still accepted.",
            todo="Give it another name.",
        )
    before = accepted_template(unit, new.language)
    text = json.dumps([new.title, new.clauses, new.closing], ensure_ascii=False, separators=(",", ":"))
    row = AgreementTemplate(
        language=new.language,
        version=version,
        title=new.title,
        clauses=new.clauses,
        closing=new.closing,
        term=before.term,
        months=before.months,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        created_at=unit.at,
    )
    unit.rows.add(row)
    unit.rows.flush()
    id_ = policy_id(Kind.TEMPLATE, row.id)
    is_open = unit.rows.scalars(select(Meeting.id).where(Meeting.state == MeetingState.OPEN)).first() is not None
    unit.note("template_added", {"template": id_}, digest=row.digest, waits=is_open and not new.now)
    if new.now or not is_open:
        end_superseded(unit)
    return id_


def end_superseded(unit: Unit) -> None:
    """Ends every version that has a newer one in its language: what was signed of it no longer counts."""
    newest: dict[str, AgreementTemplate] = {}
    for row in unit.rows.scalars(select(AgreementTemplate).order_by(AgreementTemplate.id)):
        before, newest[row.language] = newest.get(row.language), row
        if before is not None and before.accepted_until is None:
            before.accepted_until = unit.at
            unit.note("template_superseded", {"template": policy_id(Kind.TEMPLATE, before.id)})


def whom_it_narrows(unit: Unit, watch: Watch) -> Mapping[str, tuple[str, ...]]:
    """By language that the desk accepts, who in the room would be without an agreement if its versions ended now."""
    accepted: dict[str, set[str]] = {}
    for row in unit.rows.scalars(select(AgreementTemplate).where(AgreementTemplate.accepted_until.is_(None))):
        accepted.setdefault(row.language, set()).add(policy_id(Kind.TEMPLATE, row.id))
    return {language: left_without(watch, frozenset(ids)) for language, ids in accepted.items()}


def _read(words: str, version: str, *, now: bool) -> NewVersion:
    held = json.loads(words)
    clauses = tuple((_text(clause["heading"]), _text(clause["body"])) for clause in held["clauses"])
    if not clauses or held["language"] not in ("en", "es"):
        raise ValueError
    return NewVersion(
        language=held["language"],
        version=version,
        title=_text(held["title"]),
        clauses=clauses,
        closing=_text(held["closing"]),
        now=now,
    )


def _text(value: object) -> str:
    words = typed(value) if isinstance(value, str) else ""
    if not words:
        raise ValueError
    return words
