"""Agenda templates and sections, who is expected, approval, and amendments of minutes.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_CLASSES = "public community operations identity progress coordination care health personnel admin"


def upgrade() -> None:
    op.create_table(
        "agenda_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_template"),
        sa.UniqueConstraint("name", name="uq_agenda_template_name"),
    )
    with op.batch_alter_table("meeting_series") as table:
        table.add_column(sa.Column("every_days", sa.Integer(), nullable=False, server_default="14"))
        table.add_column(sa.Column("template_id", sa.Integer()))
        table.create_foreign_key("fk_meeting_series_template_id", "agenda_template", ["template_id"], ["id"])
    _keep_ranks_by_series()
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("approved_on", sa.Date()))
        table.add_column(sa.Column("approved_amendments", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint("ck_meeting_meetingstate", type_="check")
        table.create_check_constraint(
            "ck_meeting_meetingstate",
            sa.column("state").in_(["planned", "open", "closed", "finalized", "approved", "canceled"]),
        )
    for tie in ("involvement", "grant"):
        op.add_column(tie, sa.Column("ended_at", sa.String(32)))
    op.add_column("agenda_item", sa.Column("section", sa.Text(), nullable=False, server_default=""))
    op.add_column("text", sa.Column("class_reason", sa.Text(), nullable=False, server_default=""))
    _make_texts_of_outcomes()
    with op.batch_alter_table("draft_line") as table:
        table.drop_constraint("ck_draft_line_linekind")
        words = ("update", "decision", "note", "action", "priority", "place", "agenda", "outcome")
        among = ", ".join(f"'{word}'" for word in words)
        table.create_check_constraint("ck_draft_line_linekind", f"kind IN ({among})")
        for column, target in (("agenda_item_id", "agenda_item"), ("participant_id", "participant")):
            table.add_column(sa.Column(column, sa.Integer()))
            table.create_foreign_key(f"fk_draft_line_{column}", target, [column], ["id"], ondelete="SET NULL")
        table.add_column(sa.Column("class", sa.String(32)))
        table.create_check_constraint("ck_draft_line_informationclass", sa.column("class").in_(_CLASSES.split()))
        for column in ("safe", "everybody"):
            table.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "expected",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("meeting_id", "meeting", of="expected"),
        _key("attendee_id", "attendee", of="expected"),
        sa.Column("coming", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expected"),
        sa.UniqueConstraint("meeting_id", "attendee_id", name="uq_expected_meeting_id_attendee_id"),
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("meeting_id", "meeting", of="amendment"),
        _key("text_id", "text", of="amendment"),
        _key("by_id", "attendee", of="amendment"),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_amendment"),
    )
    op.create_index("ix_amendment_meeting_id", "amendment", ["meeting_id"])
    for column in ("closed_at", "origin_meeting_id"):
        op.create_index(f"ix_action_item_{column}", "action_item", [column])


def _keep_ranks_by_series() -> None:
    """The ranks that changes are told against belong to a series: another group's minutes tell nothing of them."""
    op.add_column("meeting_series", sa.Column("ranks_told", sa.Text(), nullable=False, server_default="[]"))
    op.execute(
        "UPDATE meeting_series SET ranks_told = (SELECT json_group_array(json_array(id, previous_rank))"
        " FROM location_priority WHERE previous_rank NOTNULL)"
    )
    with op.batch_alter_table("location_priority") as table:
        table.drop_column("previous_rank")


def _make_texts_of_outcomes() -> None:
    """What came of an agenda item becomes a text of its own, with a class and whom it is about."""
    with op.batch_alter_table("agenda_item") as table:
        table.add_column(sa.Column("outcome_text_id", sa.Integer()))
        table.create_foreign_key("fk_agenda_item_outcome_text_id", "text", ["outcome_text_id"], ["id"])
    said = "SELECT id, outcome FROM agenda_item WHERE outcome != ''"
    connection = op.get_bind()
    for item, words in connection.exec_driver_sql(said).fetchall():
        text = "INSERT INTO text (class, body, cleared, marked) VALUES ('operations', ?, 0, '[]')"
        made = connection.exec_driver_sql(text, (words,)).lastrowid
        connection.exec_driver_sql("UPDATE agenda_item SET outcome_text_id = ? WHERE id = ?", (made, item))
    with op.batch_alter_table("agenda_item") as table:
        table.drop_column("outcome")


def _key(column: str, target: str, *, of: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{target}.id", name=f"fk_{of}_{column}"), nullable=False)
