"""A sender to be killed: `python notifychild.py DATABASE PORT TIME` queues and delivers until it is."""

from __future__ import annotations

import datetime as dt
import sys

from aluevahti.mail import SmtpMailer
from aluevahti.notify import deliver, queue_digests
from aluevahti.storage import Store
from notifying import settings_for


def main(database: str, port: str, time: str) -> None:
    now = dt.datetime.fromisoformat(time)
    mailer = SmtpMailer(host="127.0.0.1", port=int(port), sender="vahti@example.org", local_hostname="lapsi.example")
    with Store.open(database, now=now) as store:
        print("ready", flush=True)
        while True:
            queue_digests(store, settings_for(), now)
            deliver(store, mailer, lambda: now)


if __name__ == "__main__":
    main(*sys.argv[1:])
