"""Agencies, neighborhoods and the people who attend: adding and mending them."""

from sqlalchemy import delete, select

from leaddesk.errors import KnownError
from leaddesk.models import Agency, Attendee, AttendeeRole, Neighborhood
from leaddesk.models.ids import policy_id, row_id
from leaddesk.policy.names import letters
from leaddesk.policy.records import Kind
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import AgencyForm, AttendeeForm, Newcomer


def save_agency(unit: Unit, form: AgencyForm) -> str:
    """The id of the agency that was added or mended.

    Raises:
        KnownError: it has no name.
    """
    name = named(form.name, "An agency")
    agency = unit.found(Agency, Kind.AGENCY, form.id) if form.id else Agency(name=name)
    agency.name, agency.kind, agency.part2 = name, typed(form.kind), form.part2
    unit.rows.add(agency)
    unit.rows.flush()
    unit.note("agency_saved", {"agency": policy_id(Kind.AGENCY, agency.id)}, part2=form.part2 or "")
    return policy_id(Kind.AGENCY, agency.id)


def neighborhood(unit: Unit, name: str) -> int | None:
    """The row number of the neighborhood of this name, added if it is new; ``None`` for no name."""
    words = typed(name)
    if not words:
        return None
    known = unit.rows.execute(select(Neighborhood).where(Neighborhood.name == words)).scalar_one_or_none()
    if known is None:
        known = Neighborhood(name=words)
        unit.rows.add(known)
        unit.rows.flush()
        unit.note("neighborhood_added", {"neighborhood": policy_id(Kind.NEIGHBORHOOD, known.id)})
    return known.id


def save_attendee(unit: Unit, form: AttendeeForm) -> str:
    """The id of the attendee who was added or mended. Nobody counts as signed by being added.

    Raises:
        KnownError: there is no name.
    """
    family = named(form.family_name or form.given_name, "An attendee")
    attendee = unit.found(Attendee, Kind.ATTENDEE, form.id) if form.id else Attendee(given_name="", family_name="")
    attendee.given_name = typed(form.given_name) if form.family_name else ""
    attendee.family_name = family
    attendee.title = typed(form.title)
    attendee.agency_id = row_id(Kind.AGENCY, form.agency) if form.agency else None
    attendee.neighborhood_id = row_id(Kind.NEIGHBORHOOD, form.neighborhood) if form.neighborhood else None
    attendee.active = form.active
    if not form.keeps_contact:
        attendee.email, attendee.phone = typed(form.email), typed(form.phone)
    unit.rows.add(attendee)
    unit.rows.flush()
    unit.rows.execute(delete(AttendeeRole).where(AttendeeRole.attendee_id == attendee.id))
    unit.rows.add_all(
        AttendeeRole(attendee_id=attendee.id, position=position, role=role)
        for position, role in enumerate(form.roles)
    )
    unit.note(
        "attendee_saved",
        {"attendee": policy_id(Kind.ATTENDEE, attendee.id)},
        roles=[role.value for role in form.roles],
    )
    return policy_id(Kind.ATTENDEE, attendee.id)


def add_newcomer(unit: Unit, newcomer: Newcomer) -> str:
    """The id of somebody who was added at the door, in one role, unsigned.

    An agency that the desk does not know yet is added, its 42 CFR Part 2 status not set.

    Raises:
        KnownError: there is no name, or somebody of that name is there from the same agency.
    """
    given, _, family = named(newcomer.name, "Somebody new").rpartition(" ")
    agency, hood = _where_from(unit, typed(newcomer.agency))
    alike = unit.rows.scalars(
        select(Attendee).where(
            Attendee.active,
            Attendee.agency_id == (row_id(Kind.AGENCY, agency) if agency else None),
            Attendee.neighborhood_id == (row_id(Kind.NEIGHBORHOOD, hood) if hood else None),
        )
    )
    if any(letters(one.name) == letters(f"{given} {family}") for one in alike):
        raise KnownError(
            "Somebody of that name from there is on the list already.",
            kept="Nobody was added; what you typed is still here.",
            todo="Choose them from the list, or add a middle name.",
        )
    form = AttendeeForm(
        given_name=given, family_name=family, agency=agency, neighborhood=hood, roles=(newcomer.role,)
    )
    return save_attendee(unit, form)


def _where_from(unit: Unit, words: str) -> tuple[str | None, str | None]:
    """The ids of the agency or the neighborhood that is called so; a new agency where none is."""
    if not words:
        return None, None
    for agency in unit.rows.scalars(select(Agency)):
        if letters(agency.name) == letters(words):
            return policy_id(Kind.AGENCY, agency.id), None
    for hood in unit.rows.scalars(select(Neighborhood)):
        if letters(hood.name) == letters(words):
            return None, policy_id(Kind.NEIGHBORHOOD, hood.id)
    return save_agency(unit, AgencyForm(name=words)), None
