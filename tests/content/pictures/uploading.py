"""The form of a picture as an editor sends it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from content.models import Picture

ADD = "admin:content_picture_add"
EDGE = b"----the-edge-of-a-part"
TEXTS = {
    "slug": "desk",
    "name": "A desk with two screens",
    "alternative": "A coder at a desk with two screens",
    "licence": "own-work",
    "credit": "",
    "source_url": "",
}


def upload(client: Client, data: bytes | None, file_name: str = "a.png", **changes: str) -> Any:
    """Sends the form of a new picture; the file has that name as it is, which a test client would mend."""
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in (TEXTS | changes).items()
    ]
    if data is not None:
        quoted = file_name.replace("\\", "\\\\").replace('"', '\\"')
        head = f'Content-Disposition: form-data; name="file"; filename="{quoted}"\r\nContent-Type: image/png'
        parts.append(head.encode() + b"\r\n\r\n" + data)
    body = b"".join(b"--" + EDGE + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + EDGE + b"--\r\n"
    return client.post(reverse(ADD), body, content_type=f"multipart/form-data; boundary={EDGE.decode()}")


def replace(client: Client, picture: Picture, data: bytes | None, **changes: str) -> Any:
    """Sends the form of a picture that is there, perhaps with another file."""
    named = {name: getattr(picture, name) for name in TEXTS if name != "slug"}
    file = {} if data is None else {"file": SimpleUploadedFile("b.png", data)}
    decorative = {"is_decorative": "on"} if picture.is_decorative else {}
    return client.post(page(picture), named | decorative | changes | file)


def page(picture: Picture) -> str:
    return reverse("admin:content_picture_change", args=[picture.pk])


def errors(answer: Any) -> dict[str, list[str]]:
    """What the form that came back says."""
    assert answer.status_code == 200
    return {name: list(said) for name, said in answer.context["adminform"].form.errors.items()}
