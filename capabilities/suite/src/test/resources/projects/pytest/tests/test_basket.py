import os
import pathlib

import pytest


class TestBasket:
    def test_is_empty(self):
        assert [] == []

    @pytest.mark.parametrize("count", [1, 2])
    def test_counts(self, count):
        assert len([0] * count) == count


def test_fails():
    assert 1 == 2


def test_passes_the_second_time():
    seen = pathlib.Path(os.environ["SEEN"])
    if not seen.exists():
        seen.write_text("")
        raise RuntimeError("not yet")
