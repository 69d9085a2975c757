"""Addresses of the school directory."""

from django.urls import path

from listings.views.school import SchoolDetail
from listings.views.school_list import HowOrdered, SchoolList

urlpatterns = [
    path("schools/", SchoolList.as_view(), name="school-list"),
    path("schools/<slug:slug>/", SchoolDetail.as_view(), name="school-detail"),
    path("how-listings-are-ordered/", HowOrdered.as_view(), name="how-ordered"),
]
