"""What a person's decision about a proposed status value tells everybody else."""

from __future__ import annotations

import datetime as dt

from aluevahti.model import Change, ChangeKind, Json, Proposal, StatusValue, Theme
from aluevahti.rules.status import THEME_OF
from aluevahti.rules.windows import WINDOWS_FIELD


def accepted(
    proposal: Proposal, standing: StatusValue | None, now: dt.datetime, *, title: str, value: Json = None
) -> Change | None:
    """The change that accepting a proposal makes; None where there is nothing to tell.

    Nothing is told of a value that stands already, nor of windows as proposed: readers heard of each when it was found.

    Args:
        proposal: what was proposed.
        standing: the field's value until now; None: there was none.
        now: when the person decided (aware).
        title: the title of the document that the proposal came from, or what else people know it by.
        value: what the person says instead of the proposed value; None: the value as proposed.
    """
    before = None if standing is None else standing.value
    after = proposal.value.value if value is None else value
    if after == before or (proposal.field == WINDOWS_FIELD and value is None):
        return None
    return Change(
        kind=ChangeKind.STATUS_CHANGED,
        region=proposal.region,
        source=None,
        detected_at=now,
        title=title,
        url=proposal.value.evidence.url,
        relevant=True,
        themes=(THEME_OF.get(proposal.field, Theme.GRANTS),),
        document=proposal.value.evidence.document,
        before={"field": proposal.field, "value": before},
        after={"field": proposal.field, "value": after},
        evidence=proposal.value.evidence,
    )
