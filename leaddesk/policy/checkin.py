"""Check-in: how each person stands."""

from collections.abc import Collection, Iterable
from datetime import datetime

from leaddesk.policy.dates import clock
from leaddesk.policy.desk_views import CheckInRow, Signature, Whereabouts
from leaddesk.policy.material import Material, raw
from leaddesk.policy.names import by_family_name
from leaddesk.policy.records import Record
from leaddesk.policy.room import Watch
from leaddesk.policy.standing import Standing


def check_in_rows(
    material: Material, watch: Watch, expected: Collection[str] = frozenset()
) -> tuple[CheckInRow, ...]:
    """Everybody who can be checked in, by last name; names, agencies and roles are known in the room.

    The list works for a user without an agreement too: it says nothing about participants.

    Args:
        material: the meeting's.
        watch: its room.
        expected: ids of the attendees who are expected.
    """
    standing = watch.standing
    stays = {str(stay.links.get("attendee")): stay for stay in material.attendance}
    rows = []
    for id_, attendee in material.attendees.items():
        if raw(attendee, "active") is False:
            continue
        roles = raw(attendee, "roles")
        presence = watch.room.present.get(id_)
        stay = stays.get(id_)
        rows.append(
            CheckInRow(
                id=id_,
                name=watch.facts.people[id_].name,
                agency=str(raw(attendee, "agency") or raw(attendee, "neighborhood") or ""),
                role=presence.role if presence is not None else _first(roles),
                roles=tuple(str(role) for role in roles) if isinstance(roles, tuple) else (),
                signature=signature(standing, id_),
                whereabouts=_whereabouts(watch, id_, stay, is_expected=id_ in expected),
                came=_time(material, stay, "arrived_at"),
                gone="" if presence is not None else _time(material, stay, "left_at"),
            )
        )
    return tuple(sorted(rows, key=lambda row: by_family_name(row.name)))


def witnesses(rows: Iterable[CheckInRow], signer: str) -> tuple[CheckInRow, ...]:
    """Who can have seen somebody sign on paper: everybody else in the room, and nobody on the line.

    Whoever is not here is not named to the signer either.
    """
    return tuple(row for row in rows if row.whereabouts is Whereabouts.ROOM and row.id != signer)


def to_sign(rows: Iterable[CheckInRow]) -> tuple[CheckInRow, ...]:
    """Who is in the room without an agreement in force, first come first; who declined is not asked."""
    asked = (Signature.MUST_SIGN, Signature.EXPIRED)
    found = [row for row in rows if row.whereabouts is Whereabouts.ROOM and row.signature in asked]
    return tuple(sorted(found, key=lambda row: row.came))


def _first(roles: object) -> str:
    return str(roles[0]) if isinstance(roles, tuple) and roles else ""


def signature(standing: Standing, person: str) -> Signature:
    """How it stands at that moment with the agreement of somebody whom the facts know."""
    if person in standing.attending:
        return Signature.SIGNED
    known = standing.facts.people[person]
    gone = [at for at in known.withdrew_or_declined if at <= standing.at]
    signed = [agreement.signed for agreement in known.agreements if agreement.signed is not None]
    if gone and all(at <= max(gone) for at in signed):
        return Signature.DECLINED
    return Signature.EXPIRED if signed else Signature.MUST_SIGN


def _whereabouts(watch: Watch, person: str, stay: Record | None, *, is_expected: bool) -> Whereabouts:
    presence = watch.room.present.get(person)
    if presence is None and stay is None:
        return Whereabouts.EXPECTED if is_expected else Whereabouts.ABSENT
    if presence is None:
        return Whereabouts.LEFT
    if presence.out_of_view:
        return Whereabouts.OUT_OF_VIEW
    if presence.stepped_out:
        return Whereabouts.STEPPED_OUT
    mode = "room" if stay is None else str(raw(stay, "mode"))
    return Whereabouts(mode)


def _time(material: Material, stay: Record | None, name: str) -> str:
    value = None if stay is None else raw(stay, name)
    return clock(value, material.zone) if isinstance(value, datetime) else ""
