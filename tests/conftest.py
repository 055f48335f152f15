"""How many examples hypothesis makes: few while writing, more in CI, very many by night (`make soak`)."""

import os

from hypothesis import settings

# No deadlines: speed is measured in bench/, and a busy machine must not fail a test.
settings.register_profile("dev", max_examples=25, deadline=None)
# Derandomised, so that a commit which passed once passes always.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
# For `make mutants`: the same examples for every mutant, and few, since each mutant runs all of them.
settings.register_profile("mutants", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None)

by_place = "ci" if os.environ.get("CI") == "true" else "dev"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", by_place))
