"""Articles that have much or little to say to each other."""

from content.models import RelatedLink
from tests.build import make_article

CODING = "Coders assign diagnosis and procedure codes from the medical record of each visit"
MONEY = "Tuition, books, membership and fees decide what a program costs its students"


def about(slug, words, body="", **more):
    """A live article on the given words; only its title tells it from others on the same."""
    return make_article(slug, title=f"Story {slug}", lead=f"{words}. It is called {slug}.", body=body, **more)


def coding_and_money(each=3, **more):
    """Articles on two subjects, named coding-0, coding-1 ... and money-0, money-1 ..."""
    extra = (
        "modifiers",
        "outpatient",
        "inpatient",
        "audits",
        "denials",
        "charts",
        "appeals",
        "remote",
        "billing",
    )
    subjects = {"coding": CODING, "money": MONEY}
    return {
        f"{name}-{number}": about(
            f"{name}-{number}", f"{words}. {extra[number % 9] * 2} {extra[number % 9]}", **more
        )
        for name, words in subjects.items()
        for number in range(each)
    }


def hub_and_stories(stories):
    """One article that has words of every other, so that it goes best with each of them."""
    for number in range(stories):
        about(f"story-{number}", f"{CODING} number{number} number{number % 7}")
    return about("hub", " ".join([CODING, *(f"number{number}" for number in range(stories))]))


def shown(article, at=None):
    """The slugs of what stands under an article, in order."""
    return [link.target.slug for link in RelatedLink.objects.shown(at).filter(article=article)]
