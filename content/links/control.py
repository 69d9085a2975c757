"""Tells a fault of our own network from one of theirs."""

import time
from datetime import datetime
from typing import Final

from django.conf import settings

from content.lib import http
from content.lib.http import CallFailed
from content.links.addresses import owner
from content.links.page import MOST_READ
from content.models import CitedLink

MOST_ASKED: Final = 3
# Seconds for which a good answer of the control address is believed.
BELIEVED: Final = 60.0


class OurFault(Exception):
    """Nothing that was seen says anything of the sites; its text is one sentence."""


class Control:
    """Asked before anything is held against a site; one for a run."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._good_until = 0.0

    def demand(self, suspect: CitedLink) -> None:
        """Raises OurFault where we cannot even reach what is surely there."""
        if time.monotonic() < self._good_until:
            return
        if settings.LINK_CONTROL_URL:
            works, named = _answers_control(settings.LINK_CONTROL_URL), "the control address does"
        else:
            works, named = self._others_answer(suspect), "sites that did so lately do"
        if not works:
            raise OurFault(f"our own network is at fault: {named} not answer, so no failure was counted")
        self._good_until = time.monotonic() + BELIEVED

    def _others_answer(self, suspect: CitedLink) -> bool:
        """Whether one of three sites that answered last does so now; True where there is none to ask."""
        good = CitedLink.objects.filter(state=CitedLink.State.GOOD, checked_at__lt=self.at)
        rows = good.exclude(host=suspect.host).order_by("-checked_at").values_list("address", flat=True)[:20]
        others = list({owner(each): each for each in reversed(rows)}.values())[-MOST_ASKED:]
        return not others or any(_answers(each) for each in others)


def _answers_control(address: str) -> bool:
    """An answer from elsewhere is none: a network that asks for a login answers for everybody."""
    try:
        answer = http.get(address, redirects=3)
    except CallFailed:
        return False
    return answer.status < 400 and owner(answer.url) == owner(address)


def _answers(address: str) -> bool:
    try:
        answer = http.hop(address, most=MOST_READ)
    except CallFailed:
        return False
    return answer.status < 500 and owner(answer.leads_to or address) == owner(address)
