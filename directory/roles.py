"""What authors, reviewers and publishers may do: three groups, made from this table and nothing else."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction

READ: Final = (
    *("content.certifyingbody", "content.credential", "content.requirement", "content.specialty"),
    *("content.topic", "content.source", "content.statistic", "content.article", "content.revision"),
    *("content.factbox", "content.fact", "content.factsource", "content.revisionstep", "content.previewlink"),
    *("content.credentialsetting", "content.attribution", "content.term", "content.picture"),
    *("listings.school", "listings.program"),
)
AUTHOR: Final = dict.fromkeys(READ, "view") | {
    "content.article": "view add change",
    "content.revision": "view change",
    "content.factbox": "view add change delete",
    "content.fact": "view add change delete",
    "content.factsource": "view add change delete",
    "content.source": "view add",
    "content.picture": "view add change",
    "content.previewlink": "view change",
    "content.importbatch": "view add",
    "content.batchpage": "view change",
}
REVIEWER: Final = AUTHOR | {
    "content.revision": "view change see_every approve",
    "content.certifyingbody": "view add change",
    "content.credential": "view add change",
    "content.requirement": "view add change delete",
    "content.credentialsetting": "view add change delete",
    "content.attribution": "view add change delete",
    "content.specialty": "view add change",
    "content.term": "view add change",
    "content.source": "view add change",
    "content.relatedlink": "view add change delete",
    "content.observation": "view add change",
    "content.providerstate": "view",
    "content.citedlink": "view change",
    "content.publication": "view",
    "content.importedpage": "view",
    "content.editorsmail": "view",
    "content.errorreport": "view change",
    "content.redirect": "view",
    "content.waiver": "view add change",
    "content.textcheck": "view",
    "listings.statement": "view add change",
    "listings.sponsorship": "view",
    "listings.disclosure": "view",
    "listings.dataversion": "view",
    "listings.submission": "view change",
    "listings.claim": "view change read_letter",
    "listings.letter": "view",
    "listings.mailbox": "view",
    "listings.storedanswer": "view add change",
    "tasks.jobrun": "view",
}
PUBLISHER: Final = REVIEWER | {
    "content.article": "view add change delete",
    "content.revision": "view change see_every approve publish",
    "content.topic": "view add change",
    "content.statistic": "view change",
    "content.picture": "view add change delete",
    "content.redirect": "view add change delete",
    "content.importedpage": "view delete",
    "listings.school": "view change",
    "listings.mailbox": "view see_contacts",
    "listings.contactlook": "view",
    "listings.storedanswer": "view add change delete",
    "listings.sponsorship": "view add change",
    "listings.disclosure": "view add",
    "tasks.jobrun": "view add",
}
ROLES: Final = {"Author": AUTHOR, "Reviewer": REVIEWER, "Publisher": PUBLISHER}


def make_roles() -> int:
    """Brings the three groups to this table, whatever was changed in them; counts the ones made new.

    Other groups are the operator's own and are not touched.
    """
    made = 0
    with transaction.atomic():
        for name, rights in ROLES.items():
            group, is_new = Group.objects.get_or_create(name=name)
            group.permissions.set([_permission(model, verb) for model, verb in _pairs(rights)])
            made += is_new
    return made


def _pairs(rights: dict[str, str]) -> list[tuple[str, str]]:
    return [(model, verb) for model, verbs in rights.items() for verb in verbs.split()]


def _permission(model: str, verb: str) -> Permission:
    app, name = model.split(".")
    names = {"see_every": "see_every_revision", "approve": "approve_revision", "publish": "publish_revision"}
    names |= {"see_contacts": "see_contacts", "read_letter": "read_letter"}
    codename = names.get(verb, f"{verb}_{name}")
    return Permission.objects.get(content_type__app_label=app, content_type__model=name, codename=codename)
