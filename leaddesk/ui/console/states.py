"""Every state the console shows, as a shape and a word."""

from leaddesk.policy.desk_views import EntryKind, Screen, Signature, Whereabouts
from leaddesk.policy.views import Mark
from leaddesk.policy.why import Fix
from leaddesk.ui.console.chips import CAUTION, LIVE, PLAIN, Colors, Segment
from leaddesk.ui.theme import Token

SCREENS: dict[Screen, tuple[Segment, Colors]] = {
    Screen.LIVE: (Segment("record-fill", "LIVE", bold=True, token=Token.ON_LIVE), LIVE),
    Screen.IDLE: (Segment("pause-circle-bold", "Idle card", bold=True), PLAIN),
    Screen.BLANK: (Segment("monitor-bold", "Blank", bold=True), PLAIN),
    Screen.FROZEN: (Segment("snowflake-bold", "Frozen", bold=True), PLAIN),
    Screen.NONE: (Segment("warning-fill", "No second screen", bold=True, token=Token.CAUTION), CAUTION),
}

SIGNATURES: dict[Signature, Segment] = {
    Signature.SIGNED: Segment("check-bold", "signed"),
    Signature.MUST_SIGN: Segment("pen-nib-bold", "must sign", bold=True, token=Token.CAUTION),
    Signature.EXPIRED: Segment("clock-counter-clockwise-bold", "expired", bold=True, token=Token.CAUTION),
    Signature.DECLINED: Segment("prohibit-bold", "declined"),
}

WHEREABOUTS: dict[Whereabouts, Segment] = {
    Whereabouts.ABSENT: Segment("minus-circle-bold", "not here", token=Token.INK_2),
    Whereabouts.EXPECTED: Segment("clock-bold", "expected", token=Token.INK_2),
    Whereabouts.ROOM: Segment("users-three-bold", "in the room", bold=True, icon_token=Token.ACCENT),
    Whereabouts.PHONE: Segment("phone-bold", "by phone", bold=True, icon_token=Token.ACCENT),
    Whereabouts.VIDEO: Segment("video-camera-bold", "by video", bold=True, icon_token=Token.ACCENT),
    Whereabouts.OUT_OF_VIEW: Segment("eye-slash-bold", "out of view"),
    Whereabouts.STEPPED_OUT: Segment("sign-out-bold", "stepped out"),
    Whereabouts.LEFT: Segment("sign-out-bold", "left", token=Token.INK_2),
}

MARKS: dict[Mark, tuple[str, Token]] = {
    Mark.OVERDUE: ("warning-fill", Token.CAUTION),
    Mark.CARRIED: ("repeat-bold", Token.INK),
    Mark.UP: ("arrow-up-bold", Token.ACCENT),
    Mark.DOWN: ("arrow-down-bold", Token.ACCENT),
    Mark.SAME: ("equals-bold", Token.INK_2),
    Mark.NEW: ("plus-bold", Token.ACCENT),
    Mark.OPEN: ("square-bold", Token.INK),
    Mark.DONE: ("check-square-fill", Token.INK),
    Mark.NOT_POSSIBLE: ("minus-circle-bold", Token.INK),
    Mark.NOT_DONE: ("x-square-bold", Token.INK),
}

OUTCOMES: dict[Mark, str] = {
    Mark.DONE: "Done",
    Mark.NOT_POSSIBLE: "Not possible",
    Mark.NOT_DONE: "Not done",
    Mark.OPEN: "Open",
}

FIXES: dict[Fix, str] = {
    Fix.SIGN: "pen-nib-bold",
    Fix.STEP_OUT: "sign-out-bold",
    Fix.TAKE_AFTER: "arrow-bend-down-right-bold",
    Fix.RELEASE: "file-plus-bold",
    Fix.IDENTIFY: "question-bold",
    Fix.CONFIRM: "eye-bold",
}

KINDS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.UPDATE: ("Update", "pencil-line-bold"),
    EntryKind.DECISION: ("Decision", "scales-bold"),
    EntryKind.ACTION: ("Action", "check-square-bold"),
    EntryKind.PRIORITY: ("Rank", "list-numbers-bold"),
    EntryKind.PLACE: ("New priority", "map-pin-bold"),
    EntryKind.AGENDA: ("Agenda", "list-plus-bold"),
    EntryKind.OUTCOME: ("Outcome", "flag-banner-bold"),
}
