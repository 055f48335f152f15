"""The service under test."""

import pytest

from tests.api.calling import Caller
from tests.api.calling import service as new_service


@pytest.fixture(scope="package")
def service() -> Caller:
    """A service without keys."""
    return new_service()
