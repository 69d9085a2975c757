"""Pay by state, for one occupation and, if asked, one state."""

from typing import Any

from django.views.generic import TemplateView

from content.pay import OCCUPATION, PLACES, occupations, pay_by_state


class PayByStatePage(TemplateView):
    """`occupation` and `state` choose; a value that is not among the choices is said and does nothing."""

    template_name = "content/pay_by_state.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = occupations()
        asked, state = self.request.GET.get("occupation", ""), self.request.GET.get("state", "").lower()
        occupation = asked if asked in choices else OCCUPATION
        pay = pay_by_state(occupation)
        chosen = pay.place(state)
        wrong = []
        if asked and asked not in choices:
            wrong.append("There is no pay by state for that occupation; choose one from the list.")
        if state and state not in PLACES:
            wrong.append("That is no state or territory; choose one from the list.")
        return super().get_context_data(**kwargs) | {
            "choices": choices,
            "pay": pay,
            "chosen": chosen,
            "unpublished": PLACES.get(state, "") if state in PLACES and chosen is None else "",
            "states": PLACES,
            "state": state if state in PLACES else "",
            "wrong": wrong,
            "is_default": occupation == OCCUPATION,
        }
