"""The forms over the console, what it asks before something is destroyed, and the pages that take its place."""

from collections.abc import Iterator
from datetime import date, time

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMessageBox, QWidget

from leaddesk.errors import KnownError
from leaddesk.policy.prepare import KINDS, SeriesRow, TemplateRow
from leaddesk.policy.users import UserRow
from leaddesk.policy.views import Stroke
from leaddesk.services.drafts import (
    ActionForm,
    AgencyForm,
    AmendmentForm,
    AttendeeForm,
    ParticipantForm,
    PriorityForm,
    Signed,
)
from leaddesk.services.registers import Choices, Registers
from leaddesk.ui.console.prepare_facts import When
from leaddesk.ui.console.prepare_forms import ChooseTemplate, PlanForm, SeriesDialog, TemplateDialog
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.gallery.slides import NAMES
from leaddesk.ui.handing_over import HANDING_OVER, HandOverPage
from leaddesk.ui.registers.forms import (
    AgencyFormDialog,
    AttendeeFormDialog,
    ParticipantFormDialog,
    PriorityFormDialog,
)
from leaddesk.ui.registers.mending import AGREEMENTS, RELEASES, TIES
from leaddesk.ui.registers.minutes_forms import ActionFormDialog, AmendmentFormDialog, ReasonForm
from leaddesk.ui.registers.users import ChangePassphraseForm, HandOverForm, RoleForm, UserForm
from leaddesk.ui.signing.look import signing_stylesheet
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.ui.signing.read_back import ReadBack
from leaddesk.ui.signing.words import words_in
from leaddesk.ui.theme import Theme


def shown(windows: DeskWindows, theme: Theme, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Each form once, and the pages that stand where the console stood."""
    choices = windows.registers.read(Registers.choices)
    yield from _mending(windows)
    console = windows.workplace.console
    for form in (*_of_registers(choices, console), *_of_preparing(console), *_of_users(choices, console)):
        form.show()
        yield f"form-{type(form).__name__.removesuffix('Dialog').removesuffix('Form').lower()}", form
        form.close()
        form.deleteLater()
    yield from _boxes(windows)
    yield from _in_its_place(windows, theme, size)


def _mending(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    """What can be mended about a participant, as it opens over the running meeting."""
    forms = windows.registers.forms
    participant = windows.registers.read(Registers.participants_to_choose)[0].id
    for kind in ("voices", "template", *(verb.key for verb in (*RELEASES, *TIES, *AGREEMENTS))):
        if kind in {"code", "mend"}:
            continue  # one saves without a form, the other's is that of the register
        windows.registers.open_form(kind, participant)
        if forms.current is not None:
            yield f"mend-{kind}", forms.current
            forms.close()


def _of_registers(choices: Choices, console: ConsoleWindow) -> Iterator[QWidget]:
    yield AgencyFormDialog(AgencyForm(), console)
    yield AttendeeFormDialog(AttendeeForm(), choices, console)
    yield ParticipantFormDialog(ParticipantForm(), choices, console)
    yield PriorityFormDialog(PriorityForm(), choices, console)
    yield ActionFormDialog(ActionForm(id=""), "“Return the ID card” lacks an owner.", choices, console)
    yield ReasonForm(console)
    yield AmendmentFormDialog(AmendmentForm(meeting=""), choices, console)


def _of_preparing(console: ConsoleWindow) -> Iterator[QWidget]:
    series = SeriesRow(id="s1", name="Operations", cadence="every other Wednesday", every_days=14, template="")
    kept = TemplateRow(
        id="t1", name="The long one", lines=tuple((kind, "", 5, 5) for kind, _ in KINDS), retired=False
    )
    yield PlanForm((series,), "s1", When(day=date(2026, 5, 20), at=time(10, 0), place="Room 2"), console)
    yield SeriesDialog(series, console)
    yield TemplateDialog(kept, console)
    yield ChooseTemplate((kept,), console)


def _of_users(choices: Choices, console: ConsoleWindow) -> Iterator[QWidget]:
    user = UserRow(id="u1", name="Tom Bell", agency="City PD", app_role="scribe", slot=2, me=False)
    yield UserForm(choices.attendees, console)
    yield RoleForm(user, console)
    yield HandOverForm("Tom Bell", (), console)
    yield ChangePassphraseForm((), console)


def _read_back(windows: DeskWindows, theme: Theme) -> Iterator[tuple[str, QWidget]]:
    """What a signer reads before they confirm it."""
    words = words_in("en")
    page = ReadBack(theme, words)
    page.setStyleSheet(signing_stylesheet(theme))
    drawn = Stroke(points=((0.1, 0.1), (0.3, 0.2), (0.5, 0.05), (0.8, 0.15)))
    page.show_draft(
        Signed(
            attendee=windows.desk.user.id, language="en", method="drawn", printed_name=f"{NAMES[0][1]} {NAMES[0][2]}",
            agency="City PD", role="officer", duties="Patrol in the Old Town", conflicts=("Angela Brooks",),
            strokes=(drawn,),
        ),
        words,
        "",
    )  # fmt: skip
    page.show()
    yield "signing-read-back", page
    page.close()


def _boxes(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    """What went wrong, and what is asked before something is destroyed."""
    console = windows.workplace.console
    kept, todo = "What was filed before is on the desk.", "Make room, then file again."
    full = KnownError("The disk is full.", kept=kept, todo=todo)
    windows.tell(full)
    yield "box-error", _open_box(console)
    _open_box(console).close()
    windows.preparing.page.facts.cancel_asked.emit()
    yield "box-cancel", _open_box(console)
    _open_box(console).close()


def _open_box(console: ConsoleWindow) -> QMessageBox:
    return next(one for one in console.findChildren(QMessageBox) if one.isVisible())


def _in_its_place(windows: DeskWindows, theme: Theme, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Signing, and the page while one user hands over to another."""
    windows.sign(windows.desk.user.id)
    signing = windows.signing
    signing.showNormal()
    signing.resize(size)
    yield "signing", signing
    signing.read_to_end()
    yield "signing-read", signing
    prompt = signing.ask_passphrase()
    prompt.open()
    yield "signing-passphrase", prompt
    prompt.reject()
    signing.thank()
    yield "signing-thanks", signing
    windows.finish_signing()
    yield from _read_back(windows, theme)
    page = HandOverPage()
    page.resize(size)
    page.show()
    yield "hand-over", page
    asking = PassphrasePrompt(theme, page, HANDING_OVER)
    asking.open()
    yield "hand-over-passphrase", asking
    asking.refuse("This is no user's passphrase.")
    yield "hand-over-wrong", asking
    asking.close()
    page.close()
