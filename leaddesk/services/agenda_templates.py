"""Templates of agendas: how the agendas of a series begin, edited by the site."""

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import AgendaTemplate, MeetingSeries
from leaddesk.models.ids import policy_id
from leaddesk.models.words import AgendaKind
from leaddesk.policy.records import Kind
from leaddesk.services.agenda import MOST_MINUTES, heading
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import TemplateForm
from leaddesk.services.texts import refuse_full_name

#: Most items that one line of a template may offer.
MOST_ITEMS = 50


def save_template(unit: Unit, form: TemplateForm, everyday: frozenset[str]) -> str:
    """The id of the template that was added or mended.

    Raises:
        KnownError: it has no name or another's, no lines, the same kind twice, or its name or a heading names a
            participant.
    """
    name = named(form.name, "A template")
    refuse_full_name(unit, name, "A template")
    kinds = [AgendaKind(line.kind) for line in form.lines]
    if not kinds or len(set(kinds)) < len(kinds):
        raise KnownError(
            "A template has each kind of item at most once, and at least one.", kept="Nothing was saved."
        )
    if any(not (0 <= line.minutes <= MOST_MINUTES and 1 <= line.most <= MOST_ITEMS) for line in form.lines):
        raise KnownError(
            f"An item takes 0 to {MOST_MINUTES} minutes, and a line offers 1 to {MOST_ITEMS} items.",
            kept="Nothing was saved.",
        )
    template = unit.found(AgendaTemplate, Kind.AGENDA_TEMPLATE, form.id) if form.id else AgendaTemplate(name=name)
    others = unit.rows.scalars(select(AgendaTemplate).where(AgendaTemplate.name == name))
    if any(other is not template for other in others):
        raise KnownError("Another template is called that.", kept="Nothing was saved.", todo="Give it another name.")
    template.name = name
    template.lines = tuple(
        {
            "kind": AgendaKind(line.kind).value,
            "section": heading(unit, line.section, everyday),
            "minutes": line.minutes,
            "most": line.most,
        }
        for line in form.lines
    )
    template.retired = False
    unit.rows.add(template)
    unit.rows.flush()
    id_ = policy_id(Kind.AGENDA_TEMPLATE, template.id)
    unit.note("agenda_template_saved", {"template": id_}, new=form.id is None)
    return id_


def retire_template(unit: Unit, template: str, *, retired: bool = True) -> None:
    """Offers a template no longer, or again; series that begin with it go back to the program's own order."""
    row = unit.found(AgendaTemplate, Kind.AGENDA_TEMPLATE, template)
    row.retired = retired
    if retired:
        for series in unit.rows.scalars(select(MeetingSeries).where(MeetingSeries.template_id == row.id)):
            series.template_id = None
    unit.note("agenda_template_retired" if retired else "agenda_template_offered", {"template": template})
