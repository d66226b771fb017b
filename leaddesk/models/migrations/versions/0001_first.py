"""The first tables of a desk.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_CLASSES = "public community operations identity progress coordination care health personnel admin"
_ROLES = (
    "project_manager scribe officer sergeant prosecutor defender case_manager case_supervisor provider probation "
    "community leadership_team evaluator guest"
)


def upgrade() -> None:
    _create_people()
    _create_site()
    _create_texts_and_participants()
    _create_ties()
    _create_releases()
    _create_places()
    _create_meetings()
    _create_agenda_and_attendance()
    _create_entries()
    _create_actions()
    _create_agreements()
    _create_minutes()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(name, number, *parts, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _key(column: str, target: str, *, of: str, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{of}_{column}")
    return sa.Column(column, sa.Integer(), key, nullable=nullable)


def _among(column: str, words: str, *, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(map(repr, words.split()))})", name=name)


def _create_people() -> None:
    _table(
        "agency",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part2", sa.String(32)),
        _among("part2", "yes no unsure", name="ck_agency_part2"),
        sa.UniqueConstraint("name", name="uq_agency_name"),
    )
    _table(
        "neighborhood",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("under_reported", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("name", name="uq_neighborhood_name"),
    )
    _table(
        "attendee",
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        _key("agency_id", "agency", of="attendee", nullable=True),
        _key("neighborhood_id", "neighborhood", of="attendee", nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    _table(
        "attendee_role",
        _key("attendee_id", "attendee", of="attendee_role"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        _among("role", _ROLES, name="ck_attendee_role_role"),
        sa.UniqueConstraint("attendee_id", "position", name="uq_attendee_role_attendee_id_position"),
    )
    _table(
        "user",
        _key("attendee_id", "attendee", of="user"),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("app_role", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _among("app_role", "chair scribe", name="ck_user_approle"),
        sa.UniqueConstraint("attendee_id", name="uq_user_attendee_id"),
        sa.UniqueConstraint("slot", name="uq_user_slot"),
    )


def _create_site() -> None:
    _table(
        "site",
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("program_word", sa.String(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("intake_window_days", sa.Integer(), nullable=False),
        sa.Column("agreement_months", sa.Integer(), nullable=False),
        sa.Column("part2", sa.String(32), nullable=False),
        sa.Column("intake_exemption", sa.Boolean(), nullable=False),
        sa.Column("required_voices", sa.Text(), nullable=False),
        sa.Column("lock_minutes", sa.Integer(), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=False),
        _among("paper", "letter a4", name="ck_site_paper"),
        _among("part2", "yes no unsure", name="ck_site_part2"),
        sa.CheckConstraint("id = 1", name="ck_site_one_row"),
    )
    _table(
        "role_table",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _key("by_id", "attendee", of="role_table", nullable=True),
        sa.UniqueConstraint("version", name="uq_role_table_version"),
    )


def _create_texts_and_participants() -> None:
    _table(
        "text",
        sa.Column("class", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _key("source_id", "agency", of="text", nullable=True),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("marked", sa.Text(), nullable=False),
        _among("class", _CLASSES, name="ck_text_informationclass"),
    )
    _table(
        "participant",
        sa.Column("case_code", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("door", sa.String(32)),
        sa.Column("referral_date", sa.Date()),
        _key("referrer_id", "attendee", of="participant", nullable=True),
        sa.Column("referrer_text", sa.Text(), nullable=False),
        sa.Column("intake_status", sa.String(32)),
        sa.Column("not_approved_reason", sa.Text(), nullable=False),
        sa.Column("intake_due", sa.Date()),
        sa.Column("engagement", sa.String(32)),
        _key("progress_text_id", "text", of="participant", nullable=True),
        _key("case_agency_id", "agency", of="participant", nullable=True),
        _key("referring_agency_id", "agency", of="participant", nullable=True),
        _key("whereabouts_text_id", "text", of="participant", nullable=True),
        _key("safety_text_id", "text", of="participant", nullable=True),
        _key("care_text_id", "text", of="participant", nullable=True),
        _key("health_text_id", "text", of="participant", nullable=True),
        _key("note_text_id", "text", of="participant", nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        _key("flagged_by_id", "attendee", of="participant", nullable=True),
        _key("merged_into_id", "participant", of="participant", nullable=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        _among("door", "arrest social community", name="ck_participant_door"),
        _among(
            "intake_status",
            "referred screening not_approved declined enrolled intake_missed",
            name="ck_participant_intakestatus",
        ),
        _among(
            "engagement", "active light_touch not_engaged paused exited deceased", name="ck_participant_engagement"
        ),
        sa.UniqueConstraint("case_code", name="uq_participant_case_code"),
    )
    _table(
        "text_about",
        _key("text_id", "text", of="text_about"),
        _key("participant_id", "participant", of="text_about"),
        sa.UniqueConstraint("text_id", "participant_id", name="uq_text_about_text_id_participant_id"),
    )
    op.create_index("ix_text_about_participant_id", "text_about", ["participant_id"])
    _table(
        "wording",
        _key("text_id", "text", of="wording"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("class", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("marked", sa.Text(), nullable=False),
        _among("class", _CLASSES, name="ck_wording_informationclass"),
        sa.UniqueConstraint("text_id", "position", name="uq_wording_text_id_position"),
    )
    _table(
        "court_item",
        _key("participant_id", "participant", of="court_item"),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("next_date", sa.Date()),
        _key("ask_text_id", "text", of="court_item", nullable=True),
        _key("owner_id", "attendee", of="court_item", nullable=True),
    )
    op.create_index("ix_court_item_participant_id", "court_item", ["participant_id"])


def _create_ties() -> None:
    _table(
        "involvement",
        _key("attendee_id", "attendee", of="involvement"),
        _key("participant_id", "participant", of="involvement"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        _among(
            "kind",
            "case_manager supervisor prosecutor defender referrer provider nominator",
            name="ck_involvement_involvementkind",
        ),
    )
    op.create_index("ix_involvement_attendee_id", "involvement", ["attendee_id"])
    op.create_index("ix_involvement_participant_id", "involvement", ["participant_id"])
    _table(
        "exclusion",
        _key("attendee_id", "attendee", of="exclusion"),
        _key("participant_id", "participant", of="exclusion"),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        _among("state", "confirmed unconfirmed", name="ck_exclusion_exclusionstate"),
    )
    op.create_index("ix_exclusion_attendee_id", "exclusion", ["attendee_id"])
    op.create_index("ix_exclusion_participant_id", "exclusion", ["participant_id"])
    _table(
        "grant",
        _key("attendee_id", "attendee", of="grant"),
        _key("participant_id", "participant", of="grant"),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        _key("granted_by_id", "attendee", of="grant"),
    )
    op.create_index("ix_grant_attendee_id", "grant", ["attendee_id"])
    op.create_index("ix_grant_participant_id", "grant", ["participant_id"])


def _create_releases() -> None:
    _table(
        "release",
        _key("participant_id", "participant", of="release"),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("form", sa.String(32)),
        sa.Column("source_agencies", sa.Text(), nullable=False),
        sa.Column("recipient_classes", sa.Text(), nullable=False),
        sa.Column("recipient_agencies", sa.Text(), nullable=False),
        sa.Column("recipient_attendees", sa.Text(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date()),
        sa.Column("signed_at", sa.String(32)),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ends_event", sa.Text(), nullable=False),
        sa.Column("event_recorded_at", sa.String(32)),
        sa.Column("original_where", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        _among("form", "general part2", name="ck_release_form"),
        sa.CheckConstraint("ends_on IS NULL OR ends_event = ''", name="ck_release_one_end"),
    )
    op.create_index("ix_release_participant_id", "release", ["participant_id"])
    _table(
        "revocation",
        _key("participant_id", "participant", of="revocation"),
        _key("release_id", "release", of="revocation", nullable=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
    )
    op.create_index("ix_revocation_participant_id", "revocation", ["participant_id"])


def _create_places() -> None:
    _table(
        "location_priority",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        _key("neighborhood_id", "neighborhood", of="location_priority", nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("previous_rank", sa.Integer()),
        sa.Column("rank_reason", sa.Text(), nullable=False),
        _key("response_text_id", "text", of="location_priority", nullable=True),
        _key("lead_id", "attendee", of="location_priority", nullable=True),
        sa.Column("lead_text", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("resource_gap", sa.Text(), nullable=False),
        sa.Column("not_heard_from", sa.Text(), nullable=False),
        _among("state", "active watch resolved", name="ck_location_priority_placestate"),
    )
    _table(
        "evidence",
        _key("priority_id", "location_priority", of="evidence"),
        sa.Column("lane", sa.String(32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("voices", sa.Integer()),
        _key("text_id", "text", of="evidence"),
        _key("complained_id", "attendee", of="evidence", nullable=True),
        _among("lane", "qualitative data observation", name="ck_evidence_lane"),
    )
    op.create_index("ix_evidence_priority_id", "evidence", ["priority_id"])


def _create_meetings() -> None:
    _table(
        "meeting_series",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.UniqueConstraint("name", name="uq_meeting_series_name"),
    )
    _table(
        "meeting_regular",
        _key("series_id", "meeting_series", of="meeting_regular"),
        _key("attendee_id", "attendee", of="meeting_regular"),
        sa.UniqueConstraint("series_id", "attendee_id", name="uq_meeting_regular_series_id_attendee_id"),
    )
    _table(
        "meeting",
        _key("series_id", "meeting_series", of="meeting"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(32), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        _key("chair_id", "attendee", of="meeting"),
        _key("scribe_id", "attendee", of="meeting", nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.String(32)),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("statement_read", sa.Boolean(), nullable=False),
        sa.Column("next_meeting_on", sa.Date()),
        _among("state", "planned open closed finalized approved", name="ck_meeting_meetingstate"),
        sa.UniqueConstraint("series_id", "number", name="uq_meeting_series_id_number"),
    )


def _create_agenda_and_attendance() -> None:
    _table(
        "agenda_item",
        _key("meeting_id", "meeting", of="agenda_item"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        _key("title_text_id", "text", of="agenda_item", nullable=True),
        _key("participant_id", "participant", of="agenda_item", nullable=True),
        _key("priority_id", "location_priority", of="agenda_item", nullable=True),
        sa.Column("minutes_planned", sa.Integer()),
        _key("flagged_by_id", "attendee", of="agenda_item", nullable=True),
        sa.Column("discussed_at", sa.String(32)),
        sa.Column("outcome", sa.Text(), nullable=False),
        _among(
            "kind",
            "overview minutes actions referrals participant place operational administrative next_meeting",
            name="ck_agenda_item_agendakind",
        ),
    )
    op.create_index("ix_agenda_item_meeting_id", "agenda_item", ["meeting_id"])
    _table(
        "attendance",
        _key("meeting_id", "meeting", of="attendance"),
        _key("attendee_id", "attendee", of="attendance"),
        sa.Column("role", sa.String(32)),
        sa.Column("arrived_at", sa.String(32), nullable=False),
        sa.Column("left_at", sa.String(32)),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("out_of_view_from", sa.String(32)),
        sa.Column("note", sa.Text(), nullable=False),
        _among("role", _ROLES, name="ck_attendance_role"),
        _among("mode", "room phone video", name="ck_attendance_attendancemode"),
    )
    op.create_index("ix_attendance_attendee_id", "attendance", ["attendee_id"])
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"])
    _table(
        "stepped_out",
        _key("attendance_id", "attendance", of="stepped_out"),
        _key("agenda_item_id", "agenda_item", of="stepped_out", nullable=True),
        sa.Column("from_at", sa.String(32), nullable=False),
        sa.Column("until_at", sa.String(32)),
    )
    op.create_index("ix_stepped_out_attendance_id", "stepped_out", ["attendance_id"])


def _create_entries() -> None:
    _table(
        "entry",
        _key("meeting_id", "meeting", of="entry"),
        _key("agenda_item_id", "agenda_item", of="entry", nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        _key("text_id", "text", of="entry"),
        _key("author_id", "attendee", of="entry", nullable=True),
        sa.Column("filed_at", sa.String(32), nullable=False),
        sa.Column("undone_at", sa.String(32)),
        _among("kind", "update decision note", name="ck_entry_entrykind"),
    )
    op.create_index("ix_entry_meeting_id", "entry", ["meeting_id"])
    _table(
        "draft_line",
        _key("meeting_id", "meeting", of="draft_line"),
        _key("user_id", "user", of="draft_line"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        _among("kind", "update decision note action priority", name="ck_draft_line_linekind"),
        sa.UniqueConstraint("meeting_id", "user_id", name="uq_draft_line_meeting_id_user_id"),
    )
    _table(
        "private_note",
        _key("meeting_id", "meeting", of="private_note"),
        _key("agenda_item_id", "agenda_item", of="private_note", nullable=True),
        _key("author_id", "attendee", of="private_note"),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("ix_private_note_meeting_id", "private_note", ["meeting_id"])


def _create_actions() -> None:
    _table(
        "action_item",
        _key("text_id", "text", of="action_item"),
        _key("owner_id", "attendee", of="action_item", nullable=True),
        _key("owner_agency_id", "agency", of="action_item", nullable=True),
        sa.Column("due", sa.Date()),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("carried", sa.Integer(), nullable=False),
        _key("origin_meeting_id", "meeting", of="action_item", nullable=True),
        _key("agenda_item_id", "agenda_item", of="action_item", nullable=True),
        _key("participant_id", "participant", of="action_item", nullable=True),
        _key("priority_id", "location_priority", of="action_item", nullable=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("undone_at", sa.String(32)),
        _among("outcome", "open done not_possible not_done", name="ck_action_item_actionoutcome"),
    )
    op.create_index("ix_action_item_outcome", "action_item", ["outcome"])
    op.create_index("ix_action_item_participant_id", "action_item", ["participant_id"])
    op.create_index("ix_action_item_priority_id", "action_item", ["priority_id"])
    _table(
        "ask",
        _key("participant_id", "participant", of="ask"),
        _key("text_id", "text", of="ask"),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("by", sa.Date()),
        sa.Column("closed_at", sa.String(32)),
    )
    op.create_index("ix_ask_participant_id", "ask", ["participant_id"])


def _create_agreements() -> None:
    _table(
        "agreement_template",
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("term", sa.String(32), nullable=False),
        sa.Column("months", sa.Integer()),
        sa.Column("accepted_until", sa.String(32)),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        _among("term", "this_meeting months until_withdrawn", name="ck_agreement_template_agreementterm"),
        sa.UniqueConstraint("language", "version", name="uq_agreement_template_language_version"),
    )
    _table(
        "agreement",
        _key("attendee_id", "attendee", of="agreement"),
        _key("template_id", "agreement_template", of="agreement"),
        sa.Column("signed_at", sa.String(32), nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.Column("typed_name", sa.String(), nullable=False),
        sa.Column("printed_name", sa.String(), nullable=False),
        sa.Column("agency_text", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("conflicts_disclosed", sa.String(), nullable=False),
        _key("witness_id", "attendee", of="agreement", nullable=True),
        sa.Column("ends_on", sa.Date()),
        _key("meeting_id", "meeting", of="agreement", nullable=True),
        _among("method", "drawn typed paper", name="ck_agreement_signingmethod"),
    )
    op.create_index("ix_agreement_attendee_id", "agreement", ["attendee_id"])
    _table(
        "agreement_event",
        _key("attendee_id", "attendee", of="agreement_event"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _key("meeting_id", "meeting", of="agreement_event", nullable=True),
        _among("kind", "declined withdrawn", name="ck_agreement_event_agreementend"),
    )
    op.create_index("ix_agreement_event_attendee_id", "agreement_event", ["attendee_id"])


def _create_minutes() -> None:
    _table(
        "finalized_minutes",
        _key("meeting_id", "meeting", of="finalized_minutes"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        _key("by_id", "attendee", of="finalized_minutes"),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.UniqueConstraint("meeting_id", "version", name="uq_finalized_minutes_meeting_id_version"),
    )
