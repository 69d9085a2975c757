"""What a browser sent of a form for schools: what was typed, and the picture that came with it."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from listings.submissions import logo_files
from listings.submissions.filling import kept
from listings.submissions.filling.slots import DROP
from listings.views.for_schools import visit

type Received = tuple[dict[str, list[str]], dict[str, str]]


def received(request: HttpRequest) -> Received:
    """What was typed, the picture kept and named in it; by the field's id why a picture was refused."""
    typed, control = kept(request.POST), logo_files.CONTROL
    upload = request.FILES.get(f"{control}-file")
    if not isinstance(upload, UploadedFile):
        return typed, {}
    typed.pop(f"{control}-{DROP}", None)
    try:
        return typed | {control: [logo_files.receive(upload, visit.network(request))]}, {}
    except ValidationError as refused:
        return typed, {control: refused.messages[0]}
