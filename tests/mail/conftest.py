"""The real facts, on a fixed day."""

from tests.domain.conftest import catalog, circumstances, municipalities  # noqa: F401
