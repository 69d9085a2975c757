"""The page on which an editor decides about one value: old and new side by side."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from content.correcting import correct
from content.lib.figures import format_value
from content.models import Observation, Statistic
from content.statistics import AlreadyDecided, accept, refuse

ACCEPTED_WHY = "Accepted by an editor."


class DecisionForm(forms.Form):
    """What to do, and why; `value` is the right number where the decision is to correct."""

    decision = forms.ChoiceField(
        choices=[("accept", "Accept"), ("refuse", "Refuse"), ("correct", "Correct")],
        widget=forms.RadioSelect,
    )
    value = forms.DecimalField(
        label="The right value", required=False, max_digits=18, decimal_places=4, help_text="To correct only."
    )
    why = forms.CharField(
        label="Why", required=False, max_length=280, help_text="Needed to refuse and to correct."
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decision = given.get("decision")
        if decision == "correct" and given.get("value") is None:
            self.add_error("value", "Write the right value.")
        if decision in ("refuse", "correct") and not given.get("why"):
            self.add_error("why", "Say why.")
        return given

    def decide(self, observation: Observation, by: User) -> str:
        """Does it; says in a sentence what readers see now. Raises AlreadyDecided and ValidationError."""
        given = self.cleaned_data
        if given["decision"] == "accept":
            accept(observation, by=by, why=given["why"] or ACCEPTED_WHY)
            return "Accepted. Every page shows it now, if no newer period is known."
        if given["decision"] == "refuse":
            refuse(observation, by=by, why=given["why"])
            return "Refused. The last good value stays."
        correct(observation, value=given["value"], by=by, why=given["why"])
        return "Corrected. Every page shows the right value now, if no newer period is known."


def decide(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Shows the page, and takes the decision."""
    if not request.user.has_perm("content.change_observation"):
        raise PermissionDenied
    rows = Observation.objects.select_related("statistic__current__source", "source", "decided_by")
    observation = get_object_or_404(rows, pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.decide(observation, cast(User, request.user)))
        except AlreadyDecided as late:
            messages.error(request, str(late))
        except ValidationError as error:
            form.add_error(None, error)
        if not form.errors:
            return HttpResponseRedirect(
                f"{reverse('admin:content_observation_changelist')}?status__exact=proposed"
            )
    context = {
        **site.each_context(request),
        "title": f"Decide: {observation.statistic.label}",
        "form": form,
        "observation": observation,
        "shown": observation.statistic.current,
        "change": change(observation),
        "is_waiting": observation.status == Observation.Status.PROPOSED,
    }
    return TemplateResponse(request, "admin/content/observation/decide.html", context)


def change(observation: Observation) -> str:
    """How far the value lies from the one that readers see, in percent; in points for percentages."""
    shown = observation.statistic.current
    if shown is None or not shown.value or observation.value is None:
        return ""
    difference = observation.value - shown.value
    if observation.statistic.unit == "percent":
        return f"{difference.normalize():+f} points"
    return f"{difference / abs(shown.value) * Decimal(100):+.1f} percent"


def value_said(observation: Observation, statistic: Statistic) -> str:
    """The value as readers would see it."""
    value = format_value(observation.value, statistic.unit, statistic.per)
    return value or observation.get_missing_display()
