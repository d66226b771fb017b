"""Names as long as any and in other letters, on every page they come to; and the slides on a 4:3 projector."""

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from leaddesk.policy.vocabulary import BOUND, Form, RecipientClass, Role
from leaddesk.services import agenda, participants, people, places
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import AttendeeForm, ParticipantForm, PriorityForm, ReleaseForm
from leaddesk.services.registers import Registers
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.gallery.meeting import first_of_each_kind

#: What a picture is called, and a given and a family name: sixty letters, and letters of five scripts.
NAMES = (
    ("long", "Maximiliana Theodora", "Wolfeschlegelsteinhausen-Bergerdorff Featherstone"),
    ("vietnamese", "Nguyễn Thị", "Phương Thảo"),
    ("greek", "Ελένη", "Παπαδοπούλου-Χατζηγεωργίου"),
    ("cyrillic", "Александра", "Константинопольская"),
    ("arabic", "ليلى", "الحداد"),
    ("chinese", "美玲", "陈"),
)
_PLACE = "Underpass at Northeast Winnemucca Boulevard and Phở Hòa Alley"
_FOUR_BY_THREE = (QSize(1024, 768), QSize(1400, 1050))


def shown(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    """Each page that names somebody with those names, then every kind of slide in 4:3."""
    items = _items_with_such_names(windows)
    yield from _named(windows, items)
    yield from _in_four_by_three(windows, items)


def _named(windows: DeskWindows, items: dict[str, str]) -> Iterator[tuple[str, QWidget]]:
    place = windows.workplace
    for name, item in items.items():
        place.controller.live.select(item)
        place.controller.command(Command.SHOW_SELECTED)
        yield f"projector-{name}", place.projector
        yield f"console-{name}", place.console
    place.console.open_check_in()
    yield "console-check-in-names", place.console
    place.console.close_check_in()
    for page in (PageName.PREPARE, PageName.PARTICIPANTS, PageName.PEOPLE, PageName.PLACES):
        place.console.show_page(page)
        place.console.page_asked.emit(page)
        yield f"page-{page.value}-names", place.console
    place.console.show_page(PageName.MEETING)


def _in_four_by_three(windows: DeskWindows, items: dict[str, str]) -> Iterator[tuple[str, QWidget]]:
    place = windows.workplace
    size = place.projector.size()
    kinds = first_of_each_kind(windows)
    for four_by_three in _FOUR_BY_THREE:
        place.projector.resize(four_by_three)
        for name, item in (kinds | items).items():
            place.controller.live.select(item)
            place.controller.command(Command.SHOW_SELECTED)
            yield f"projector-{name}-{four_by_three.width()}", place.projector
        place.controller.live.show_idle()
        yield f"projector-idle-{four_by_three.width()}", place.projector
    place.projector.resize(size)
    place.controller.refresh()


def _items_with_such_names(windows: DeskWindows) -> dict[str, str]:
    """The agenda item of each, by what its picture is called; put on the desk where they are not on it yet."""
    live = windows.workplace.controller.live
    known = {one.family_name: one.id for one in live.watch.facts.participants.values()}
    if NAMES[0][2] not in known:
        desk = windows.desk
        live.do(_put_on_desk, desk, live.number)
        known = {one.family_name: one.id for one in live.watch.facts.participants.values()}
    windows.workplace.controller.command(Command.WIDEN)
    by_link = {
        link: item.id for item in live.material.agenda for kind, link in item.links.items() if kind == "participant"
    }
    wanted = {name: by_link[known[family]] for name, _, family in NAMES}
    spot = next(one.id for one in live.material.places if live.mine().see(one).text("name") == _PLACE)
    item = next(item.id for item in live.material.agenda if spot in item.links.values())
    return wanted | {"long-place": item}


def _put_on_desk(unit: Unit, desk: Desk, meeting: int) -> None:
    agency = Registers(unit, desk.everyday).choices().agencies[0].id
    for _, given, family in NAMES:
        people.save_attendee(
            unit, AttendeeForm(given_name=given, family_name=family, agency=agency, roles=(Role.OFFICER,))
        )
        one = participants.save_participant(
            unit,
            ParticipantForm(
                given_name=given,
                family_name=family,
                case_agency=agency,
                progress="Meets the case manager every week.",
            ),
            desk.everyday,
        )
        participants.save_release(
            unit,
            ReleaseForm(
                participant=one,
                form=Form.PART2,
                sources=(agency,),
                to_classes=tuple(RecipientClass),
                classes=tuple(BOUND),
                purpose="To coordinate services.",
                signed_on=unit.today - timedelta(days=1),
                ends_on=unit.today + timedelta(days=90),
            ),
        )
        agenda.add_item(unit, meeting, participant=one)
    agenda.add_item(unit, meeting, priority=_place(unit, desk))


def _place(unit: Unit, desk: Desk) -> str:
    """A place with a name as long as any."""
    form = PriorityForm(
        name=_PLACE,
        neighborhood="Old Town",
        rank=9,
        rank_reason="new",
        told="People wait for the bus in the dark, and nobody feels that they can ask for help here.",
        told_by="tenants, riders and those who work at night",
        voices=12,
        counted="41 calls a month",
        counted_from="dispatch",
        response="Outreach walk twice a week; the city is asked to mend the lights.",
    )
    return places.save_priority(unit, form, desk.everyday)
