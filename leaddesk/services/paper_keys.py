"""A new paper key on its way to paper: made, put on a sheet, read back; only then is it put to use.

Nothing here is written to the desk: `leaddesk.services.opening.new_desk` and `leaddesk.services.users` do that.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date

from leaddesk.errors import KnownError
from leaddesk.models.words import Paper
from leaddesk.policy.paper_key import PaperKeySheet, paper_key_sheet
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.meetings import refuse_new_key
from leaddesk.vault.recovery import new_paper_key, read_paper_key

#: A desk's number: random bytes, so that it says nothing of the desk.
_NUMBER_BYTES = 16


class AnotherPaperKey(KnownError):
    """What was typed back is a paper key, but not this one."""

    def __init__(self) -> None:
        super().__init__(
            "This is another paper key.",
            kept="Nothing was changed.",
            todo="Take the sheet that was printed just now.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshPaperKey:
    """A paper key that nothing holds yet, with what its sheet needs.

    Attributes:
        secret: the key, without spaces.
        desk: the number of the desk that it is to open, 32 hex digits.
        made_on: the site's day.
        paper: the site's sheet.
    """

    secret: str = field(repr=False)
    desk: str
    made_on: date
    paper: Paper = Paper.LETTER

    @property
    def sheet(self) -> PaperKeySheet:
        """What stands on the sheet."""
        return paper_key_sheet(self.secret, self.desk, self.made_on)

    def read_back(self, typed: str) -> None:
        """Returns if this is what stands on the sheet, however it is spaced and capitalized.

        Raises:
            KnownError: it is mistyped, or another key.
        """
        if not secrets.compare_digest(read_paper_key(typed), self.secret):
            raise AnotherPaperKey


def for_new_desk(today: date) -> FreshPaperKey:
    """A paper key for a desk that is about to be made, with the number it is to get."""
    return FreshPaperKey(secret=new_paper_key(), desk=secrets.token_hex(_NUMBER_BYTES), made_on=today)


def for_desk(desk: Desk) -> FreshPaperKey:
    """A paper key for an open desk.

    Raises:
        KnownError: this is for the chair, or the desk can't get a new key now.
    """
    if desk.has_paper_key:
        # told before anything is on paper
        desk.do(refuse_new_key)
    made_on, paper = desk.do(_sheet_facts)
    return FreshPaperKey(secret=new_paper_key(), desk=desk.number, made_on=made_on, paper=paper)


def _sheet_facts(unit: Unit) -> tuple[date, Paper]:
    unit.chair_only("Making a paper key")
    return unit.today, unit.site.paper
