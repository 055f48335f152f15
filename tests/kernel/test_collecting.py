"""When the interpreter looks for garbage."""

import gc

from billcalc.kernel.collecting import not_collecting


def test_collecting_goes_on_after_a_load_as_before_it() -> None:
    with not_collecting():
        assert not gc.isenabled()
        with not_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
