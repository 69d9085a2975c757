"""Every address of the site. A page that needs both apps is routed to `directory.views`."""

from django.contrib import admin
from django.urls import path

from directory.health import healthz
from directory.once import login_once

urlpatterns = [
    path("healthz", healthz, name="health"),
    path("admin/once/<str:token>/", login_once, name="login-once"),
    path("admin/", admin.site.urls),
]
