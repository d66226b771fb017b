"""What each action of the ledger is called, and the kinds by which entries are chosen."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class LedgerKind(StrEnum):
    """A kind of entries, in words; what none of the others names belongs to the last."""

    SHOWN = "Shown, printed and exported"
    KEYS = "Sign-ins, users and keys"
    AGREEMENTS = "Agreements"
    RIGHTS = "Releases, exclusions and grants"
    PARTICIPANTS = "Participants"
    MEETINGS = "Meetings and agenda"
    ROOM = "Who came and went"
    FILED = "Updates, decisions and actions"
    LISTS = "People, agencies and places"
    BACKUPS = "Backups and updates"
    HASHES = "Fingerprints of rows"
    OTHER = "Everything else"


_K = LedgerKind
_SAYS: Mapping[LedgerKind, Mapping[str, str]] = {
    _K.SHOWN: {
        "projected": "Showed the room {told}",
        "printed": "Printed {purpose} with {told}",
        "exported": "Exported {told}",
        "spoken": "Told by word of mouth {told}",
        "other": "Disclosed {told}",
        "shown_until": "Ended what entry {entry} says was shown",
        "item_taken": "Took an item that no screen showed",
        "taken_until": "Ended the item of entry {entry}, which no screen showed",
        "export_counted": "Counted the export of entry {entry}: {records} records, {left_out} left out",
        "time_passed": "Took note that something ended by its date",
        "widening_confirmed": "Let the room see more",
    },
    _K.KEYS: {
        "desk_made": "Made this desk",
        "signed_in": "Signed in",
        "handed_over": "Handed the open desk over to {attendee}",
        "user_added": "Made {attendee} a user",
        "user_removed": "Removed {attendee} from the users",
        "user_role_changed": "Changed what {attendee} may do as a user",
        "passphrase_changed": "Changed the passphrase of {attendee}",
        "passphrase_set": "Set a new passphrase for {attendee} by the paper key",
        "paper_key_made": "Made a new paper key",
    },
    _K.AGREEMENTS: {
        "agreement_signed": "{attendee} signed the confidentiality agreement",
        "agreement_declined": "{attendee} declined to sign",
        "template_added": "Added a version of the confidentiality agreement",
        "template_superseded": "Ended a version of the confidentiality agreement",
        "agreement_withdrawn": "{attendee} withdrew from the confidentiality agreement",
    },
    _K.RIGHTS: {
        "release_saved": "Saved a release of {participant}",
        "release_revoked": "Revoked a release of {participant}",
        "release_event_recorded": "Recorded the event that ends a release",
        "involved": "Involved {attendee} with {participant}",
        "involvement_ended": "Ended an involvement",
        "excluded": "Excluded {attendee} from {participant}",
        "exclusion_ended": "Ended an exclusion",
        "exclusion_confirmed": "Confirmed an exclusion",
        "granted": "Granted {attendee} need to know of {participant}",
        "grant_ended": "Ended a grant of need to know of {participant}",
        "conflict_disclosed": "{attendee} disclosed a conflict",
    },
    _K.PARTICIPANTS: {
        "participant_saved": "Saved {participant}",
        "case_code_changed": "Gave {participant} a new case code",
    },
    _K.MEETINGS: {
        "meeting_planned": "Planned a meeting",
        "meeting_changed": "Moved a planned meeting to another day, time or place",
        "meeting_canceled": "Canceled a planned meeting",
        "meeting_restored": "Planned a canceled meeting again",
        "series_saved": "Saved a meeting series",
        "regular_added": "Made {attendee} a regular",
        "regular_removed": "Made {attendee} no regular any more",
        "expected": "Expects {attendee} at a meeting",
        "not_expected": "Does not expect {attendee} at a meeting",
        "meeting_opened": "Opened the meeting",
        "voices_required": "Set the kinds of voice that should be at every meeting",
        "statement_read": "Read the confidentiality statement",
        "meeting_closed": "Closed the meeting",
        "closing_undone": "Took back that the meeting was closed",
        "meeting_dated": "Dated a meeting that was planned for another day",
        "next_meeting_set": "Set the day of the next meeting",
        "minutes_finalized": "Finalized the minutes, version {version}",
        "minutes_reopened": "Reopened the minutes after version {version}",
        "minutes_amended": "Added an amendment to the minutes",
        "minutes_approved": "Recorded that the minutes were approved",
        "approval_taken_back": "Took back the approval of the minutes",
        "agenda_item_added": "Put an item on the agenda",
        "agenda_item_removed": "Took an item off the agenda",
        "agenda_item_timed": "Planned {minutes} minutes for an item",
        "agenda_item_sectioned": "Put an item under another heading",
        "agenda_reordered": "Moved an item of the agenda",
        "agenda_offered": "Put what is due on the agenda: {added} added",
        "agenda_arranged": "Arranged the agenda in the order of its series",
        "agenda_template_saved": "Saved an agenda template",
        "agenda_template_retired": "Retired an agenda template",
        "agenda_template_offered": "Offers an agenda template again",
        "item_discussed": "Marked an item as discussed",
        "item_not_discussed": "Marked an item as not discussed",
        "item_outcome": "Recorded what came of an item",
    },
    _K.ROOM: {
        "checked_in": "Checked in {attendee}",
        "check_in_undone": "Took back that {attendee} was checked in",
        "left": "{attendee} left",
        "leaving_undone": "Took back that {attendee} left",
        "attendance_mended": "Mended when {attendee} came or left",
        "out_of_view": "{attendee} sits out of view",
        "out_of_view_undone": "Took back that {attendee} sits out of view",
        "stepped_out": "{attendee} stepped out for an item",
        "stepping_out_undone": "Took back that {attendee} stepped out for an item",
        "stepped_in": "{attendee} came back",
        "walked_in": "Somebody unknown walked in",
        "walk_in_undone": "Took back that somebody unknown walked in",
        "stranger_gone": "Somebody unknown left, or was checked in",
    },
    _K.FILED: {
        "entry_filed": "Filed an entry",
        "action_filed": "Filed an action",
        "action_outcome": "Set the outcome of an action",
        "mended": "Filed anew what was filed before",
        "class_kept": "Kept a class that naming a participant would have raised to {instead_of}",
        "action_assigned": "Said who does an action, and by when",
        "undone": "Took back what was filed or changed",
    },
    _K.LISTS: {
        "attendee_saved": "Saved {attendee}",
        "agency_saved": "Saved an agency",
        "neighborhood_added": "Added a neighborhood",
        "priority_saved": "Saved a location priority",
        "priority_ranked": "Changed the rank of a location priority",
        "imported": "Imported {kind}: {added} added of {rows} rows",
    },
    _K.BACKUPS: {
        "backup_made": "Began a backup",
        "backup_failed": "A backup was given up or did not pass its check",
        "restored": "Restored this desk from a backup",
        "migrated": "Brought the desk up to date",
    },
    _K.HASHES: {"rows": "Kept the fingerprints of {count} rows"},
}  # fmt: skip

_KIND_OF = MappingProxyType({action: kind for kind, says in _SAYS.items() for action in says})
_WORDS = MappingProxyType({action: words for says in _SAYS.values() for action, words in says.items()})


def actions_of(kind: LedgerKind) -> tuple[str, ...] | None:
    """The actions of a kind; ``None`` for everything else, which is told by what it is not."""
    return None if kind is LedgerKind.OTHER else tuple(_SAYS[kind])


def known_actions() -> tuple[str, ...]:
    """Every action that another kind than *everything else* names."""
    return tuple(_KIND_OF)


def kind_of(action: str) -> LedgerKind:
    """The kind that an action belongs to."""
    return _KIND_OF.get(action, LedgerKind.OTHER)


def sentence_of(action: str) -> str:
    """What was done, with the names in braces left open; an unknown action says its own name."""
    return _WORDS.get(action) or action.replace("_", " ").capitalize()
