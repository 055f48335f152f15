"""``python -m billcalc_api.openapi``: print the contract, which is committed as api/openapi.json."""

import json
import sys

from billcalc_api.app import create_app
from billcalc_api.settings import Settings

__all__ = ["contract_text"]


def contract_text() -> str:
    """The contract as it is committed."""
    return json.dumps(create_app(Settings()).openapi(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(contract_text())
