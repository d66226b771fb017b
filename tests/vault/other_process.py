"""A second LeadDesk for the tests: ``hold`` keeps a desk open, ``write`` writes to it until it is killed."""

import sys
from pathlib import Path

from leaddesk.vault.errors import AlreadyOpen
from leaddesk.vault.opening import open_desk
from tests.vault.making import PASSPHRASE, write


def main(verb: str, folder: str) -> None:
    try:
        desk = open_desk(Path(folder), PASSPHRASE)
    except AlreadyOpen:
        print("already open", flush=True)
        return
    print("open", flush=True)
    if verb == "hold":
        sys.stdin.read()
    while True:
        print(write(desk), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
