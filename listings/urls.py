"""Addresses of the school directory; a school's own page shows articles too: `directory.urls` routes it."""

from django.urls import include, path

from listings.views.area import AreaPage
from listings.views.compare import Compare, Saved
from listings.views.export import SchoolExport
from listings.views.school_list import HowOrdered, SchoolList

urlpatterns = [
    path("schools/", SchoolList.as_view(), name="school-list"),
    path("schools/compare/", Compare.as_view(), name="school-compare"),
    path("schools/saved/", Saved.as_view(), name="school-saved"),
    path("schools/in/<str:state>/", AreaPage.as_view(), name="state-detail"),
    path("programs/<str:field>/<str:state>/", AreaPage.as_view(), name="field-state"),
    path("schools/export.csv", SchoolExport.as_view(), name="school-export"),
    path("how-listings-are-ordered/", HowOrdered.as_view(), name="how-ordered"),
    path("", include("listings.urls_for_schools")),
]
