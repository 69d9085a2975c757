"""The site's addresses and the benchmark's own; only `directory.bench.wsgi` has them."""

from django.urls import path

from directory import urls
from directory.bench.views import Floor, WithoutNumbers

urlpatterns = [
    path("bench/floor/", Floor.as_view()),
    path("bench/schools/", WithoutNumbers.as_view()),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
