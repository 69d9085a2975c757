"""Addresses of the knowledge half; a page that shows schools too is routed in `directory.urls`."""

from django.urls import path, re_path, register_converter
from django.urls.converters import SlugConverter
from django.views.decorators.http import conditional_page

from content.feeds import ArticleFeed, TopicFeed
from content.lib.verbs import read_only
from content.models.article import TOP_PAGES
from content.views.articles import ArticleList, TopicDetail
from content.views.corrections import Corrections, report_error
from content.views.credentials import CredentialList, SpecialtyDetail, SpecialtyList
from content.views.glossary import Glossary
from content.views.pay import PayByStatePage
from content.views.pictures import picture_file
from content.views.statistics import StatisticDetail, StatisticList, statistic_chart, statistic_data
from content.views.texts import PageDetail


class TopPage(SlugConverter):
    regex = "|".join(TOP_PAGES)


class OtherPage(SlugConverter):
    regex = rf"(?!(?:{TopPage.regex})/)[-a-zA-Z0-9_]+"


register_converter(TopPage, "top_page")
register_converter(OtherPage, "other_page")

urlpatterns = [
    path("articles/", ArticleList.as_view(), name="article-list"),
    path("topics/<slug:slug>/", TopicDetail.as_view(), name="topic-detail"),
    path("topics/<slug:slug>/feed.atom", read_only(conditional_page(TopicFeed())), name="topic-feed"),
    path("feed.atom", read_only(conditional_page(ArticleFeed())), name="feed"),
    path("credentials/", CredentialList.as_view(), name="credential-list"),
    path("corrections/", Corrections.as_view(), {"slug": "corrections"}, name="corrections"),
    path("<top_page:slug>/", PageDetail.as_view(), name="page"),
    path("about/<other_page:slug>/", PageDetail.as_view(), name="other-page"),
    path("corrections/report/", report_error, name="report-error"),
    path("glossary/", Glossary.as_view(), name="glossary"),
    path("specialties/", SpecialtyList.as_view(), name="specialty-list"),
    path("specialties/<slug:slug>/", SpecialtyDetail.as_view(), name="specialty-detail"),
    re_path(r"^pictures/(?P<name>[0-9a-f]{32}-[0-9]{1,5}\.webp)$", picture_file, name="picture-file"),
    path("statistics/", StatisticList.as_view(), name="statistic-list"),
    # Before the receipts: no key is spelled so.
    path("statistics/pay-by-state/", PayByStatePage.as_view(), name="pay-by-state"),
    path("statistics/<str:key>/", StatisticDetail.as_view(), name="statistic-detail"),
    path("statistics/<str:key>/data.csv", statistic_data, name="statistic-data"),
    path("statistics/<str:key>/chart.svg", statistic_chart, name="statistic-chart"),
]
