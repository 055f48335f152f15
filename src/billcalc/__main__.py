"""``python -m billcalc`` is the command line."""

from billcalc.cli import main

if __name__ == "__main__":
    main()
