"""Addresses for schools: no account, a link in a mail opens one's own page."""

from typing import Final

from django.urls import path, re_path

from listings.views.for_schools import (
    claim,
    entering,
    landing,
    link,
    my,
    new,
    own_data,
    person,
    sent,
    still_correct,
    whole,
)
from listings.views.for_schools.correct import correct
from listings.views.for_schools.upload import upload, upload_template
from listings.views.logo import school_logo

MARK: Final = "[0-9a-f]{32}-[1-9][0-9]{0,2}x[1-9][0-9]{0,2}"

urlpatterns = [
    path("for-schools/", landing.ForSchools.as_view(), name="for-schools"),
    path("for-schools/new/", new.new, name="school-new"),
    path("for-schools/new/alike/", new.alike_now, name="school-alike"),
    path("for-schools/link/", link.ask, name="school-link"),
    path("for-schools/confirm/<str:token>/", entering.confirm, name="school-confirm"),
    path("for-schools/reminders/<str:token>/", entering.reminders, name="school-end-reminders"),
    path("for-schools/my/", my.my_page, name="school-my"),
    path("for-schools/my/letters/", my.letters, name="school-letters"),
    path("for-schools/my/person/", person.person, name="school-person"),
    path("for-schools/my/data/", own_data.own_data, name="school-data"),
    path("for-schools/my/leave/", person.leave, name="school-leave"),
    path("for-schools/my/sent/<slug:reference>/", sent.sent, name="school-sent"),
    path(
        "for-schools/my/still-correct/<slug:slug>/", still_correct.still_correct, name="school-still-correct"
    ),
    path("for-schools/my/draft/<slug:reference>/", whole.draft, name="school-draft"),
    path("for-schools/my/drop/<slug:reference>/", sent.drop_draft, name="school-drop-draft"),
    path("for-schools/my/claim/<slug:slug>/", claim.claim, name="school-claim"),
    path("for-schools/my/upload/<slug:slug>/", upload, name="school-upload"),
    re_path(
        r"^for-schools/my/upload/(?P<slug>[-a-zA-Z0-9_]+)/programs\.(?P<form>csv|xlsx)$",
        upload_template,
        name="school-upload-template",
    ),
    # After the pages with names of their own: no key is as short as these.
    path("for-schools/my/<str:token>/", entering.open_page, name="school-open"),
    path("schools/<slug:slug>/correct/", correct, name="school-correct"),
    re_path(
        rf"^schools/(?P<slug>[-a-zA-Z0-9_]+)/logo/(?P<mark>{MARK})\.webp$", school_logo, name="school-logo"
    ),
]
