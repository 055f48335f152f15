"""``python -m billcalc`` is the command line, and so is the program ``billcalc``."""

from billcalc.kernel.collecting import not_collecting

with not_collecting():
    from billcalc.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
