"""Addresses of the pages for schools."""

from django.urls import path

from listings.views.for_schools.correct import correct

urlpatterns = [
    path("schools/<slug:slug>/correct/", correct, name="school-correct"),
]
