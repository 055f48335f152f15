"""When the interpreter looks for garbage."""

import gc

from billcalc.kernel.collecting import not_collecting


def test_collecting_goes_on_after_a_load_as_before_it() -> None:
    gc.unfreeze()  # a service that a test before this one started in this process has frozen what it loaded
    with not_collecting():
        assert not gc.isenabled()
        with not_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
