"""The entry line at the console: what is typed goes to the services, what it would do comes back, Enter files it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.console import last_filed
from leaddesk.policy.desk_views import EntryKind
from leaddesk.policy.records import Record
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import entries
from leaddesk.services.entry_line import Line, file, mending, preview, suggestions, whom
from leaddesk.services.live import LiveMeeting
from leaddesk.services.texts import LooksLikeAName
from leaddesk.ui.console.window import ConsoleWindow

_NEW = Line(kind=EntryKind.UPDATE, text="")


class LineController(QObject):
    """Connects the entry line with one meeting.

    Args:
        live: the meeting.
        console: the chair's window.
    """

    filed = Signal()
    """Something was filed: everything is to be shown anew."""

    def __init__(self, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._live, self._console, self._entry = live, console, console.meeting.entry
        self._cls: InformationClass | None = None
        self._marked: frozenset[str] = frozenset()
        self._kept = entries.Unfinished()
        self._begun = _NEW
        """An entry to mend, or an action to close; nothing while the line is for something new."""
        entry = self._entry
        entry.text_changed.connect(lambda *_: self._on_typed())
        entry.about_chosen.connect(lambda _: self.preview())
        entry.class_chosen.connect(self._on_class)
        entry.filed.connect(self._on_filed)
        entry.word_typed.connect(lambda word: entry.suggest(suggestions(live, word) if word else ()))
        entry.left.connect(self._forget)

    def preview(self) -> None:
        """Shows what filing the line as it stands would do."""
        if self._begun == _NEW:
            self._entry.show_about([(one.id, one.words) for one in whom(self._live)], self._entry.about)
        self._entry.show_preview(preview(self._live, self._line()))

    def turn_to_item(self) -> None:
        """Another item is selected: it proposes a class of its own, and what was meant for the last one is over.

        Words that were typed stay, with their kind.
        """
        if self._begun != _NEW:
            return
        self._cls = None
        entry, place = self._entry, self._selected_place()
        empty = not entry.text.strip() or (entry.kind is EntryKind.PRIORITY and entry.text.strip().isdecimal())
        if empty and (entry.kind is EntryKind.OUTCOME or (entry.kind is EntryKind.PRIORITY and place is None)):
            entry.restore(EntryKind.UPDATE, "")

    def keep_draft(self) -> None:
        """Keeps the unfinished line on disk, if it has changed."""
        typed = self._unfinished()
        if typed != self._kept:
            self._live.do_quietly(entries.keep_draft, self._live.number, typed)
            self._kept = typed

    def restore_draft(self) -> None:
        """Puts back the line that was not finished when the desk was locked, under its item and in its class.

        Under another item it would be about somebody else, and whoever reads that class could read it.
        """
        line, entry = self._live.desk.do(entries.draft, self._live.number), self._entry
        if not line.words:
            return
        if line.item is not None and line.item in self._live.material.items:
            self._live.select(line.item)
        entry.restore(EntryKind(line.kind) if line.kind in set(EntryKind) else EntryKind.UPDATE, line.words)
        entry.show_about([(one.id, one.words) for one in whom(self._live)], line.about)
        entry.fill(safe=line.safe, everybody=line.everybody, cls=line.cls or "", about=line.about)
        self._cls, self._kept = line.cls, line

    def mend_last(self) -> None:
        """Puts what was filed last under the selected item back into the line, to be filed anew."""
        found = (
            line for one in last_filed(self._live.material, self._live.selected) if (line := mending(self._live, one))
        )
        line = next(found, None)
        if line is None:
            self._console.notice.say("news", "There is nothing to mend under this item.", calm=True)
        else:
            self._begin_mending(line)

    def mend(self, filed: str) -> None:
        """Puts something filed, all of whose words the user may have, back into the line, to be filed anew."""
        line = mending(self._live, filed)
        if line is not None:
            self._begin_mending(line)

    def reword(self, filed: str) -> None:
        """Puts something filed back into the line, where a wording for this room is typed under it."""
        line = mending(self._live, filed)
        if line is None:
            self._console.notice.say("news", "These words are changed on the page they belong to.", calm=True)
            return
        self._begin_mending(line)
        self._entry.open_safe()

    def why_not(self, action: str) -> None:
        """Asks in the line why an action was not possible; Enter closes it with these words."""
        self._forget()
        record = next((one for one in self._live.material.actions if one.id == action), None)
        what = "" if record is None else self._live.mine().see(record).text("text")
        asked = f"Why is “{what}” not possible?" if what else "Why is it not possible?"
        self._entry.begin(f"{asked} Enter closes the action, Esc leaves it open.", EntryKind.UPDATE)
        self._begun = Line(kind=EntryKind.UPDATE, text="", closes=action)
        self.preview()

    def rank(self, places: int) -> None:
        """Puts a higher or lower rank of the selected place into the line, where the reason is typed behind it."""
        entry, live, place = self._entry, self._live, self._selected_place()
        now = None if place is None else live.mine().see(place).value("rank")
        if not isinstance(now, int):
            self._console.notice.say("news", "Select a place of the agenda to change its rank.", calm=True)
            return
        typed, _, why = entry.text.partition(" ")
        if entry.kind is EntryKind.PRIORITY and typed.isdecimal():
            now = int(typed)
        else:
            why = ""
        to = min(max(now + places, 1), len(live.material.places))
        entry.choose_kind(EntryKind.PRIORITY)
        entry.restore(EntryKind.PRIORITY, f"{to} {why}")

    def _selected_place(self) -> Record | None:
        """The location priority of the selected item."""
        material = self._live.material
        item = material.items.get(self._live.selected or "")
        return None if item is None else material.places_by_id.get(item.links.get("priority") or "")

    def _begin_mending(self, line: Line) -> None:
        self._forget()
        self._entry.begin("Mending: Enter files it anew instead, Esc leaves it as it is.", line.kind, line.text)
        self._begun, self._cls = line, line.cls
        self._entry.fill(safe=line.safe, everybody=line.everybody, cls=line.cls or "", about=line.about)
        self.preview()

    def _on_typed(self) -> None:
        """What was wrong with the line is no longer said once it is another."""
        self._console.notice.say("line", "")
        self.preview()

    def _on_class(self, word: str) -> None:
        self._cls = InformationClass(word)
        self.preview()

    def _on_filed(self, kind: EntryKind, text: str, _cls: str, safe: str) -> None:
        try:
            file(self._live, replace(self._line(), kind=kind, text=text, safe=safe))
        except LooksLikeAName as error:
            # Enter once more marks each as a place, a thing or a public figure.
            self._marked |= frozenset(error.phrases)
            self._console.notice.say("line", str(error))
            return
        except KnownError as error:
            self._console.notice.say("line", str(error))
            return
        self._console.notice.say("line", "")
        self._forget()
        self._kept = entries.Unfinished(kind=kind.value)
        self._entry.clear()
        self.filed.emit()

    def _forget(self) -> None:
        """The next line is for something new."""
        self._cls, self._marked, self._begun = None, frozenset(), _NEW

    def _unfinished(self) -> entries.Unfinished:
        """What is kept of the line: of an empty one its kind alone."""
        entry = self._entry
        if not entry.text:
            return entries.Unfinished(kind=entry.kind.value)
        return entries.Unfinished(
            kind=entry.kind.value,
            words=entry.text,
            item=self._live.selected,
            about=entry.about,
            cls=self._cls,
            safe=entry.safe,
            everybody=entry.everybody,
        )

    def _line(self) -> Line:
        """The entry line as it stands."""
        entry = self._entry
        return replace(
            self._begun,
            kind=entry.kind,
            text=entry.text,
            safe=entry.safe,
            everybody=entry.everybody,
            cls=self._cls,
            about=entry.about,
            reason=entry.reason,
            marked=self._marked,
        )
