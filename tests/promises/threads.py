"""``python -m tests.promises.threads FOLDER TRANSACTIONS [POOL]``: twenty threads write to one desk at once.

It says what went wrong, a line a failure, and in the end how many transactions the ledger holds. With the name of one
of SQLAlchemy's pools the desk's own is left out, as a check that the promise would notice.
"""

import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import create_engine, pool

from leaddesk.vault import connection
from tests.promises.batches import opened, write_batch

THREADS = 20


def main(folder: str, transactions: str, another_pool: str = "") -> None:
    with ExitStack() as careless:
        if another_pool:
            careless.enter_context(patch.object(connection, "create_engine", _with_pool(another_pool)))
        desk = opened(Path(folder))
        failures: list[str] = []

        def work(thread: int) -> None:
            for number in range(int(transactions)):
                try:
                    desk.do(write_batch, thread * 1_000 + number)
                except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                    failures.append(f"{type(error).__name__}: {error}".splitlines()[0])

        threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(*failures, f"written: {len(desk.do(lambda unit: unit.ledger_entries('imported')))}", sep="\n")
        desk.lock()


def _with_pool(name: str) -> Any:
    real = create_engine

    def create(*what: Any, **how: Any) -> Any:
        for size in ("pool_size", "max_overflow"):
            del how[size]
        return real(*what, **how | {"poolclass": getattr(pool, name)})

    return create


if __name__ == "__main__":
    main(*sys.argv[1:])
