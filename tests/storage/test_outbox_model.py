"""Senders that crash at any step, against a server that remembers what it took."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from aluevahti.model import DeliveryState
from aluevahti.storage import Store
from aluevahti.storage.outbox import MOST_AMBIGUOUS
from outcomes import NOW, delivery

LEASE = dt.timedelta(minutes=15)
MINUTE = dt.timedelta(minutes=1)
SENDERS = st.integers(0, 1)


class Mailing(RuleBasedStateMachine):
    """Two senders share an outbox. What a sender knows dies with it; what the server took stays taken."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'state.db'}"
        self.senders = [Store.open(self.url, now=NOW) for _ in range(2)]
        self.now = NOW
        self.number = 0
        self.claimed: list[set[int]] = [set(), set()]
        self.in_data: list[set[int]] = [set(), set()]
        self.arrived: Counter[int] = Counter()
        self.unclear: Counter[int] = Counter()  # tries whose end nobody knew at the time
        self.given_up: set[int] = set()

    def teardown(self) -> None:
        for sender in self.senders:
            sender.close()
        self.folder.cleanup()

    @rule(sender=SENDERS, count=st.integers(1, 3))
    def queue(self, sender: int, count: int) -> None:
        numbers = range(self.number, self.number + count)
        self.number += count
        mails = [delivery(1, period=str(number), message_id=f"<{number}>") for number in numbers]
        self.senders[sender].enqueue(mails, now=self.now)

    @rule(sender=SENDERS, limit=st.integers(1, 4))
    def claim(self, sender: int, limit: int) -> None:
        for mail in self.senders[sender].claim(self.now, limit, LEASE):
            assert mail.state is DeliveryState.CLAIMED
            assert mail.id not in self.given_up
            self.claimed[sender].add(mail.id)

    @rule(sender=SENDERS, data=st.data())
    def send(self, sender: int, data: st.DataObject) -> None:
        """Mark and give the body; the server takes it, refuses it, or the sender dies first."""
        if not self.claimed[sender]:
            return
        id_ = data.draw(st.sampled_from(sorted(self.claimed[sender])))
        self.claimed[sender].discard(id_)
        store = self.senders[sender]
        if not store.mark_data(id_, self.now):
            return
        end = data.draw(st.sampled_from(["taken", "taken, then crash", "crash", "later", "never", "lost", "slow"]))
        if end.startswith("taken"):
            self.arrived[id_] += 1
        if end == "taken":
            assert store.finish(id_, self.now)
        elif end == "later":
            assert store.reschedule(id_, self.now + MINUTE, "451")
        elif end == "never":
            assert store.fail(id_, "550", self.now)
            self.given_up.add(id_)
        elif end == "lost":
            self.unclear[id_] += 1
            assert store.reschedule(id_, self.now + MINUTE, "lost", ambiguous=True)
        elif end == "slow":
            self.unclear[id_] += 1
            self.in_data[sender].add(id_)
        else:
            self.unclear[id_] += 1
            self.restart(sender)

    @rule(sender=SENDERS, data=st.data())
    def finish_slowly(self, sender: int, data: st.DataObject) -> None:
        """The server's answer comes at last, perhaps after the lease ran out."""
        if not self.in_data[sender]:
            return
        id_ = data.draw(st.sampled_from(sorted(self.in_data[sender])))
        self.in_data[sender].discard(id_)
        self.arrived[id_] += 1
        self.senders[sender].finish(id_, self.now)

    @rule(sender=SENDERS)
    def restart(self, sender: int) -> None:
        """As after a kill: the claims in memory are gone."""
        self.senders[sender].close()
        self.senders[sender] = Store.open(self.url, now=self.now)
        self.claimed[sender].clear()
        self.in_data[sender].clear()

    @rule(minutes=st.sampled_from([0, 1, 14, 15, 16, 60]))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @precondition(lambda self: self.number > 0)
    @invariant()
    def nothing_is_lost_or_sent_too_often(self) -> None:
        mails = self.senders[0].outbox()
        assert len(mails) == self.number
        for mail in mails:
            if mail.state is DeliveryState.SENT:
                assert self.arrived[mail.id] >= 1
            if mail.state is DeliveryState.FAILED:
                assert mail.id in self.given_up
            assert (mail.state is DeliveryState.HELD) <= (mail.ambiguous == MOST_AMBIGUOUS)
            assert mail.ambiguous <= min(self.unclear[mail.id], MOST_AMBIGUOUS)
            assert self.arrived[mail.id] <= 1 + min(self.unclear[mail.id], MOST_AMBIGUOUS - 1)

    @rule()
    def in_the_end_every_mail_has_an_end(self) -> None:
        """Let all leases run out and one good sender work: nothing stays behind."""
        for sender in range(2):
            self.restart(sender)
        for _ in range(3):
            self.now += 2 * LEASE
            while mails := self.senders[0].claim(self.now, 5, LEASE):
                for mail in mails:
                    assert self.senders[0].mark_data(mail.id, self.now)
                    self.arrived[mail.id] += 1
                    assert self.senders[0].finish(mail.id, self.now)
        ends = {DeliveryState.SENT, DeliveryState.HELD, DeliveryState.FAILED}
        for mail in self.senders[0].outbox():
            assert mail.state in ends
            if mail.state is DeliveryState.HELD:
                assert self.unclear[mail.id] >= MOST_AMBIGUOUS


TestMailing = Mailing.TestCase
TestMailing.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
