"""Every address of the site. A page that needs both apps is routed to `directory.views`."""

from django.contrib import admin
from django.urls import include, path

from content.views.credentials import CredentialChoice
from directory import views
from directory.apps import discover
from directory.health import healthz
from directory.once import login_once
from directory.previews import EditorsPreview, SharedPreview
from directory.search import SearchPage, suggest
from directory.sitemaps import sitemap

discover()

urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("articles/<slug:slug>/", views.ArticlePage.as_view(), name="article-detail"),
    path("credentials/which/", CredentialChoice.as_view(), name="credential-choice"),
    path("credentials/<slug:slug>/", views.CredentialPage.as_view(), name="credential-detail"),
    path("privacy/", views.PrivacyPage.as_view(), {"slug": "privacy"}, name="page"),
    path("how-this-site-is-paid-for/", views.HowPaid.as_view(), name="how-paid"),
    path("api/v1/", include("directory.api")),
    path("", include("content.urls")),
    path("", include("listings.urls")),
    # After the lists: `in` and `compare` are no schools.
    path("schools/<slug:slug>/", views.SchoolPage.as_view(), name="school-detail"),
    path("search/", SearchPage.as_view(), name="search"),
    path("search/suggest/", suggest, name="search-suggest"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", healthz, name="health"),
    path("preview/<str:token>/", SharedPreview.as_view(), name="preview"),
    path("admin/preview/<int:pk>/", EditorsPreview.as_view(), name="editors-preview"),
    path("admin/once/<str:token>/", login_once, name="login-once"),
    path("admin/", admin.site.urls),
]
handler400 = "directory.errors.bad_request"
handler403 = "directory.errors.permission_denied"
handler404 = "directory.errors.page_not_found"
