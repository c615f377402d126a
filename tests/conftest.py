"""What holds for every test: hypothesis' profiles, and no skipping where everything has been installed."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

CI = os.environ.get("CI") == "true"

# a machine that is busy with something else makes slow examples, not wrong ones
SLOW = [HealthCheck.too_slow]
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("here", deadline=None, suppress_health_check=SLOW)
settings.load_profile("ci" if CI else "here")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true nothing may be missing, so a test that was skipped has failed."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} was skipped, which CI=true does not allow: {call.excinfo and call.excinfo.value}"
        )
    return report
