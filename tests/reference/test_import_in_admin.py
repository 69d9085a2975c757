"""The pages that come with gold answers, through the admin's upload: as the command reads them."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.content.importing.uploading import newest, run, upload, zipped
from tests.content.workflow.people import logged_in, make_editor
from tests.reference.test_article_samples import FOLDERS, gold

pytestmark = [pytest.mark.reference, pytest.mark.django_db]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("folder", "pattern"), FOLDERS.items())
def test_an_upload_is_read_as_the_command_reads_it(reference, tmp_path, folder, pattern, packed):
    samples = [raw for raw, _answer in gold(reference / "data" / folder, pattern)]
    call_command("import_articles", *map(str, samples), dry_run=True, json=tmp_path)
    files = [(raw.name, raw.read_bytes()) for raw in samples]
    author = logged_in(make_editor("Author"))
    upload(author, *([("pages.zip", zipped(files))] if packed else files))
    run()
    for row in newest().pages.all():
        exported = author.get(reverse("admin:content_batchpage_json", args=[row.pk])).content
        wanted = (tmp_path / f"{row.name.rpartition('.')[0]}.json").read_text("utf-8")
        assert json.loads(exported) == json.loads(wanted), row.name
    assert newest().pages.count() == len(samples) > 0
