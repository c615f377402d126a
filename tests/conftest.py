"""What holds for every test: hypothesis' profiles, signals as they are at first, no skipping where all is installed."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

CI = os.environ.get("CI") == "true"

# a machine that is busy with something else makes slow examples, not wrong ones
SLOW = [HealthCheck.too_slow]
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("here", deadline=None, suppress_health_check=SLOW)
settings.load_profile("ci" if CI else "here")

# a shell's background job (SIGINT) and nohup (SIGHUP) switch these off for all that they start, the programs of tests too
for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)


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
