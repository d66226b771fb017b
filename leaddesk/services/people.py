"""Agencies, neighborhoods and the people who attend: adding and mending them."""

from sqlalchemy import delete, select

from leaddesk.models import Agency, Attendee, AttendeeRole, Neighborhood
from leaddesk.models.ids import policy_id, row_id
from leaddesk.policy.records import Kind
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import AgencyForm, AttendeeForm


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
