"""Every address of the site. A page that needs both apps is routed to `directory.views`."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
