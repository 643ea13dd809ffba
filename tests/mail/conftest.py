"""The real facts, on a fixed day."""

from tests.helpdesk.conftest import catalog, circumstances, municipalities  # noqa: F401
