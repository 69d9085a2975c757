"""Pages as sites serve them: of health and schools, and of those who sit in their place."""

from collections.abc import Callable
from typing import Any

from tests.content.http.servers import Handler
from tests.content.links.web import Answer

# Title and text of pages that a site like this one cites; several speak of pharmacies and gambling.
TOPICS = {
    "cpc": (
        "Certified Professional Coder (CPC) Certification",
        "The CPC exam asks about correct use of procedure and diagnosis codes in physician offices. "
        "Candidates "
        "sit four hours and answer one hundred questions. Membership is required, and apprentices show "
        "two years "
        "of experience before the apprentice mark is removed. Continuing education units keep the "
        "certification.",
    ),
    "ccs": (
        "Certified Coding Specialist (CCS)",
        "Coding specialists classify medical data from patient records, mostly in hospitals. The exam covers "
        "inpatient coding, documentation, reimbursement methods and privacy. Eligibility paths name "
        "courses in "
        "anatomy, pathophysiology, pharmacology and coding, or years of experience in the field.",
    ),
    "pay": (
        "Medical Records Specialists: Occupational Outlook Handbook",
        "Employment of medical records specialists is projected to grow. The median annual wage is given "
        "with the "
        "lowest and highest ten percent. Most work full time in hospitals and physician offices; some "
        "work from "
        "home. Workers typically need a postsecondary certificate, and employers may prefer certification.",
    ),
    "school": (
        "Medical Billing and Coding Certificate | Greenwood Community College",
        "The certificate takes two semesters on campus or online. Courses: medical terminology, anatomy, "
        "coding "
        "with current code sets, insurance billing, electronic records. Tuition and fees stand in the "
        "catalog. "
        "Graduates may sit for national exams. Admission asks for a high school diploma. Apply by August.",
    ),
    "technician": (
        "Pharmacy Technician Program: Online and on Campus",
        "Learn to work in a retail or hospital pharmacy. Pharmacy technicians fill prescriptions, count "
        "pills, "
        "enter orders and help customers under a pharmacist. The online pharmacy technician program "
        "prepares for "
        "the certification exam. Generic and brand names are learned: sildenafil, tadalafil, tramadol, "
        "alprazolam.",
    ),
    "safety": (
        "BeSafe: Buying Prescription Medicine from an Online Pharmacy",
        "Many websites that sell prescription medicine are unsafe. Warning signs of a rogue online "
        "pharmacy: it "
        "does not require a prescription, it offers discounts that seem too good to be true, it ships "
        "worldwide. "
        "Never buy Viagra online without a prescription. Counterfeit Cialis may hold the wrong "
        "ingredient. A safe "
        "pharmacy is licensed by the state board and has a pharmacist who answers your questions.",
    ),
    "drug": (
        "Sildenafil: Drug Information",
        "Sildenafil (Viagra, Revatio) is used to treat erectile dysfunction and pulmonary hypertension. "
        "Follow the "
        "directions on your prescription label carefully. Side effects: headache, flushing, upset "
        "stomach. Tell "
        "your doctor and pharmacist what other medications you take, nitrates above all. Keep the "
        "tablets closed.",
    ),
    "addiction": (
        "Gambling Addiction: Symptoms and Treatment",
        "Gambling disorder is coded F63.0. People bet at casinos, on slot machines, in sports betting "
        "apps and at "
        "online casinos, and cannot stop although it harms them. Free spins and deposit bonuses are made "
        "to keep "
        "players in the game. Treatment is therapy and support groups. Call the helpline, day or night.",
    ),
    "law": (
        "Casino and Gaming Law: State Reporting Rules",
        "Casinos and sports betting operators report winnings on slot machines, poker and keno above a "
        "threshold. "
        "The commission licenses operators and hears disputes. Compliance officers file forms by the "
        "fifteenth. "
        "The rules of the agency follow the act of the legislature and are reviewed every year.",
    ),
    "news": (
        "Men Can Now Buy Viagra Online from Its Maker",
        "The maker sells the drug on its own website from today on. A prescription is needed all the "
        "same. Earlier, "
        "sellers in other countries offered copies with no prescription required, up to 95 percent "
        "cheaper, and "
        "many buyers did not know what was in them. Analysts expect other makers to follow.",
    ),
    "hospital": (
        "St. Agnes Hospital: Outpatient Pharmacy and Billing",
        "The outpatient pharmacy is open on weekdays. Refill your prescription online or by telephone; "
        "bring your "
        "insurance card. The billing office explains charges and payment plans. Interpreters are free of "
        "charge. "
        "Visiting hours, parking and directions are on the page for patients and visitors.",
    ),
}


def page(title: str, text: str, *, more: str = "", head: str = "", lang: str = "en") -> str:
    """A whole page with a head, a menu, a text and a foot."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}'
        "</head><body>"
        '<header><nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>'
        f"</header><main><h1>{title.partition(' | ')[0]}</h1><p>{text}</p>{more}</main>"
        "<footer><p>Privacy. Accessibility. All rights reserved.</p></footer></body></html>"
    )


def topic(name: str, **more: Any) -> str:
    title, text = TOPICS[name]
    return page(title, text, **more)


NOT_FOUND = page(
    "Page not found", "The page that you asked for is not here. Try the search or the front page."
)
FRONT = page("Association of Coders", "Welcome. Join today. News, events, membership, certification, jobs.")


def html(body: str, status: int = 200, **headers: str) -> Answer:
    """Serves a page of HTML."""
    return lambda request: request.send(
        body.encode(), status, **{"Content_Type": "text/html; charset=utf-8", **headers}
    )


def moved(to: str, status: int = 301) -> Answer:
    return lambda request: request.send(status=status, Location=to)


def site(pages: dict[str, Answer], other: Answer | None = None, robots: str | None = None) -> Answer:
    """A host with an answer for each path; else `other`, a plain 404 where that is None."""

    def answer(request: Handler) -> None:
        if request.path == "/robots.txt":
            if robots is None:
                request.send(b"", 404)
            else:
                request.send(robots.encode(), Content_Type="text/plain")
        elif request.path in pages:
            pages[request.path](request)
        else:
            (other or html(NOT_FOUND, 404))(request)

    return answer


def always(answer: Answer) -> Answer:
    """A host that answers every address alike, robots.txt excepted."""
    return site({}, answer)


type Make = Callable[[], Answer]
