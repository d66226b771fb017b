"""``python -m tests.promises.writer FOLDER FIRST COUNT [SYNCHRONOUS]``: a program that writes batches to a desk.

It says the number of each batch once that is on disk. With a setting, its connections are careless: ``OFF`` or
``NORMAL`` in the place of ``FULL``, as a check that the promises would notice.
"""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy.exc import DBAPIError

from leaddesk.errors import KnownError
from leaddesk.vault import connection
from tests.promises.batches import opened, write_batch


def main(folder: str, first: str, count: str, synchronous: str = "FULL") -> None:
    with ExitStack() as careless:
        if synchronous != "FULL":
            careless.enter_context(patch.object(connection, "_set", _set_carelessly(synchronous)))
        desk = opened(Path(folder))
        print("open", flush=True)
        try:
            for number in range(int(first), int(first) + int(count)):
                desk.do(write_batch, number)
                print(number, flush=True)
        except (DBAPIError, KnownError) as error:
            print(f"refused: {type(error).__name__}", flush=True)
        desk.lock()
        print("locked", flush=True)


def _set_carelessly(synchronous: str) -> Any:
    real, numbers = connection._set, {"OFF": 0, "NORMAL": 1}

    def set_(to: Any, name: str, value: str | int, reads_back: str | int) -> None:
        if name == "synchronous":
            value, reads_back = synchronous, numbers[synchronous]
        real(to, name, value, reads_back)

    return set_


if __name__ == "__main__":
    main(*sys.argv[1:])
