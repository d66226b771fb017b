"""Wrong passphrases in a row, and the wait that follows."""

import pytest

from leaddesk.vault.tries import TooManyTries, Tries


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_four_wrong_ones_cost_nothing() -> None:
    tries = Tries(Seconds())
    for _ in range(4):
        tries.was_wrong()
        tries.check()


def test_the_fifth_makes_everybody_wait_and_each_further_one_doubles_it_up_to_a_quarter_of_an_hour() -> None:
    seconds = Seconds()
    tries = Tries(seconds)
    for _ in range(4):
        tries.was_wrong()
    waits = []
    for _ in range(8):
        tries.was_wrong()
        with pytest.raises(TooManyTries) as caught:
            tries.check()
        waits.append(caught.value.seconds)
        assert str(caught.value.seconds) in caught.value.todo
        seconds.now += caught.value.seconds
        tries.check()
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_the_right_one_begins_anew() -> None:
    tries = Tries(Seconds())
    for _ in range(6):
        tries.was_wrong()
    tries.was_right()
    tries.check()
    assert tries.wrong == 0
