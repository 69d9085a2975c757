"""Short texts: clean ones, and clean ones with one fault each. Bodies and numbers that are no statistic are invented."""

from typing import Final

SUMMARY: Final = "What the credential asks for, who grants it, and what the work pays."
LEAD: Final = (
    "The Certified Professional Coder (CPC) shows that a person can code the work of physicians. Here is what the "
    "exam asks, how to prepare for it, and what to ask a school before you pay."
)
FACTS: Final = """## Important facts

| Fact | Value |
| --- | --- |
| Median annual pay (2025) | $51,140* |
| Work environment | Hospitals, clinics, offices |

Sources: *U.S. Bureau of Labor Statistics, https://www.bls.gov/oes/
"""


def text(
    body: str, *, title: str = "What the CPC exam asks of you", summary: str = SUMMARY, lead: str = LEAD
) -> str:
    """A file with front matter."""
    front = "\n".join(
        f"{name}: >-\n  {value}"
        for name, value in (("title", title), ("summary", summary), ("lead", lead))
        if value
    )
    return f"---\n{front}\n---\n\n{body}"


BASES: Final = (
    """## The exam

The exam tests how you look codes up. You may bring your own code books. Most questions describe a visit and ask
for the right code.

## How to prepare

Take a course, or study alone with the code books. Read the [page of the CPC](/credentials/cpc/) first.
""",
    f"""{LEAD}

{FACTS}
## Before you pay

Ask the school who accredits it. Then [compare schools](/schools/?field=billing-coding) and their prices.

1. Ask for the whole price.
2. Ask what the exam costs.
3. Ask who pays for a second try.
""",
    """## What it pays

The median pay of medical records specialists is [[stat:oews.29-2072.us.median-annual|full]]. One in ten earns
under [[stat:oews.29-2072.us.p10-annual]].

## What to read next

Read [what a coding certification is](/articles/what-is-a-coding-certification/) before you choose. The list of
[schools](/schools/) tells you who teaches it.
""",
    """## Two kinds of work

| Work | Where |
| --- | --- |
| Coding | Hospitals and offices |
| Billing | Offices and insurers |

A coder reads the record. A biller sends the claim and follows it up.

### Where to begin

Begin with the work that you like. The [Certified Coding Specialist (CCS)](/credentials/ccs/) is for hospitals.
""",
)


def _with(addition: str, base: int = 0) -> str:
    return text(f"{BASES[base]}\n{addition}\n")


def _box(rows: str, sources: str = "Sources: *U.S. Bureau of Labor Statistics") -> str:
    table = "\n".join(f"| {row} |" for row in rows.split("\n"))
    return text(f"## Important facts\n\n| Fact | Value |\n| --- | --- |\n{table}\n\n{sources}\n\n{BASES[0]}")


LONG: Final = (
    "When you have chosen the place where you want to work and the body whose letters the offices near you ask for, "
    "you can begin to look for a course that fits your time and your purse."
)
WALL: Final = "The exam asks for codes, and each code has its place in a book. " * 12
HARD: Final = (
    "Credentialing organizations continually emphasize comprehensive documentation competencies. Professional "
    "responsibilities necessitate interdisciplinary communication capabilities. Administrative considerations "
    "substantially influence reimbursement methodologies. Organizational accountability necessitates "
    "sophisticated analytical capabilities. Regulatory modifications continually necessitate additional education."
)
FAULTS: Final[tuple[tuple[str, str], ...]] = (
    ("marker-without-source", _box("Median annual pay (2025) | $51,140**")),
    ("marker-without-source", _box("Exam fee (2026) | $399†\nWork environment | Hospitals, offices*")),
    ("acronym-conflict", _with("The Certified Procedure Coder (CPC) is another matter.")),
    (
        "acronym-conflict",
        _with("The body behind it is the American Hospital Information Management Association (AHIMA)."),
    ),
    ("acronym-conflict", _with("Claims use CPT (Clinical Procedure Terms) for what physicians do.")),
    ("retired-credential-as-current", _with("If you code for outpatients, sit the CPC-H exam next.")),
    (
        "retired-credential-as-current",
        _with("AAPC (American Academy of Professional Coders) grants the CPC-H to outpatient coders."),
    ),
    (
        "prose-number-contradicts-statistic",
        _with("The median annual pay of medical records specialists is $47,180."),
    ),
    (
        "prose-number-contradicts-statistic",
        _with(
            "Medical coders earn a median salary of about $60,000 a year, says the U.S. Bureau of Labor Statistics."
        ),
    ),
    (
        "prose-number-contradicts-statistic",
        _with("Employment of medical records specialists is projected to grow 13 percent from 2024 to 2034."),
    ),
    (
        "prose-number-contradicts-statistic",
        _with("The lowest-paid tenth of medical records specialists earn less than $21,000 a year."),
    ),
    ("broken-link", _with("Read more about [the exam](/articles/the-exam-that-is-not/) first.")),
    ("broken-link", _with("See the [credential for billers](/credentials/nope/).")),
    ("broken-link", _with("The pay is [[stat:oews.29-9999.us.median-annual|full]].")),
    ("unsafe-link", _with("You can [open the form](javascript:alert(1)).")),
    ("unsafe-link", _with("You can [open the form](data:text/html;base64,PHNjcmlwdD4=).")),
    ("missing-disclosure", _with("## Sponsored schools\n\n- Sunrise College\n- Harbor Institute")),
    (
        "missing-disclosure",
        _with("Start with the [course of Harbor Institute](https://harbor.example/course?affid=1234)."),
    ),
    ("missing-disclosure", _with("Our partner schools below train coders in a few months.")),
    ("leftover-boilerplate", _with("Find schools near you today!")),
    ("leftover-boilerplate", _with("Share this article on Facebook | Twitter | Pinterest")),
    ("leftover-boilerplate", _with("Lorem" + " ipsum dolor sit amet.")),
    ("leftover-boilerplate", _with("Copyright 2019 Career Pages. All rights reserved.")),
    ("image-alt", _with("![](picture:code-books)")),
    ("image-alt", _with("![IMG_2041.jpg](picture:code-books)")),
    ("stale-statistic", _box("Median annual pay (2019) | $41,000*")),
    ("stale-statistic", _box("Job outlook (2016-2026) | 13%*")),
    (
        "stale-statistic",
        _with("The pay in that year was [[stat:payscale.medical-coders.us.median-annual|full]]."),
    ),
    ("stale-statistic", _box("Median annual pay (2022) | $47,180*")),
    ("fact-without-period", _box("Median annual pay | $51,140*")),
    ("fact-without-period", _box("Job growth | 7%*")),
    (
        "fact-without-source",
        _box("Median annual pay (2025) | $51,140\nWork environment | Hospitals, offices*"),
    ),
    ("fact-without-source", _box("Exam fee (2026) | $399\nWork environment | Hospitals, offices*")),
    (
        "source-without-marker",
        _box("Median annual pay (2025) | $51,140*", "Sources: *U.S. Bureau of Labor Statistics; **AAPC"),
    ),
    (
        "source-without-marker",
        _box(
            "Median annual pay (2025) | $51,140*", "Sources: *U.S. Bureau of Labor Statistics; Payscale.com"
        ),
    ),
    ("unexpanded-acronym", _with("Privacy rules such as HIPAA bind every coder.")),
    ("unexpanded-acronym", _with("Some coders earn the RHIT as well.")),
    ("missing-heading", _with("## {untitled}\n\nThe fee is not recorded here.")),
    ("missing-heading", _with("##\n\nThe fee is not recorded here.")),
    ("heading-skip", _with("#### The fee\n\nThe fee is not recorded here.")),
    ("heading-skip", text("### The exam\n\nThe exam tests how you look codes up.\n")),
    ("heading-duplicate", _with("## The exam\n\nThe fee is not recorded here.")),
    ("heading-duplicate", _with("## Before you pay\n\nAsk once more.", 1)),
    ("lead-length", text(BASES[2], lead="What the credential is.")),
    ("lead-length", text(BASES[2], lead=f"{LEAD} {LEAD}")),
    ("title-length", text(BASES[0], title="The CPC")),
    ("title-length", text(BASES[0], title="Everything that you have ever wanted to know about the CPC exam")),
    ("missing-summary", text(BASES[0], summary="")),
    ("table-header", _with("|  |  |\n| --- | --- |\n| Coding | Hospitals |")),
    ("link-text", _with("For the rules of the exam [click here](https://www.aapc.com/certification/cpc/).")),
    ("link-text", _with("The rules are [here](https://www.aapc.com/certification/cpc/).")),
    ("prose-number-without-source", _with("About 70 percent of coders work at home.")),
    ("prose-number-without-source", _with("A course costs $1,200 or more.")),
    ("qualifier-mismatch", _with("On average they earn [[stat:oews.29-2072.us.median-annual|full]].")),
    ("count-mismatch", _with("You need three things:\n\n- a code book\n- a pencil")),
    (
        "tracking-parameters",
        _with(
            "Read [the page of AAPC](https://www.aapc.com/certification/cpc/?utm_source=mail) (American Academy of Professional Coders)."
        ),
    ),
    ("hedges", _with("It is perhaps possible that the exam might be hard.")),
    ("long-sentence", _with(LONG)),
    ("long-paragraph", _with(WALL)),
    ("reading-grade", text(f"## The work\n\n{HARD}\n")),
)
CLEAN_ADDITIONS: Final = (
    "The Certified Outpatient Coder (COC) was formerly called the CPC-H.",
    "Until 2015 its name was CPC-H.",
    "AAPC (formerly the American Academy of Professional Coders) grants it.",
    "In May 2021 the median annual pay of medical records specialists was about $46,660; in May 2025 it was $51,140, says the U.S. Bureau of Labor Statistics.",
    "According to the U.S. Bureau of Labor Statistics, the median pay of registered nurses is higher than $90,000.",
    "Employment is projected to grow 7 percent from 2024 to 2034, according to the U.S. Bureau of Labor Statistics.",
    "The exam costs $425, as published by AAPC (American Academy of Professional Coders) in 2026.",
    "The exam has 100 questions and takes 4 hours. You have two tries.",
    "Write to [the editors](mailto:editors@superbill.example) if a figure is wrong.",
    "Read the [Handbook of the Bureau](https://www.bls.gov/ooh/healthcare/medical-records.htm) too.",
    "Schools that pay for a place are marked as ads. Sponsored listings are always marked.",
    "![A coder looks a diagnosis up in a code book](picture:code-books)",
    "### How long it takes\n\nPlan six months. Some need a year.",
    "## How to apply\n\n1. Open an account.\n2. Pay the fee.\n3. Choose a date.",
    "| | Office | Hospital |\n| --- | --- | --- |\n| Records | short | long |",
    "You need three things:\n\n- a code book\n- a pencil\n- time",
    "> Ask before you pay.\n\nThat is good advice.",
    "The form asks for your name, your ZIP code and your state, such as Columbus, OH.",
    "Electronic health record (EHR) systems hold what was done. An EHR is not a bill.",
    "The Health Insurance Portability and Accountability Act (HIPAA) guards records. HIPAA binds coders too.",
    "Do NOT pay before you have asked.",
    "The Bureau counts jobs, not people.[^1]\n\n[^1]: A person with two jobs counts twice.",
    "See [how to prepare](#how-to-prepare) above.",
    "You may sit the exam without experience. Employers often ask for it, and that can take a year.",
    "About half of the exam is about diagnoses.",
    "Ask the school:\n\n- Who accredits you?\n- Is the exam fee part of the price?",
    "Work at [two kinds of places](/topics/coding-certification/): offices and hospitals.",
    "The Certified Coding Associate (CCA) is an entry credential of the American Health Information Management Association (AHIMA).",
    "[[stat-table:oews.29-2072.us.median-annual,oews.29-2072.us.mean-annual]]",
    "The average pay is [[stat:oews.29-2072.us.mean-annual|full]].",
    "The middle half earns between [[stat:oews.29-2072.us.p25-annual]] and [[stat:oews.29-2072.us.p75-annual]].",
    "Read the [site of AHIMA](https://www.ahima.org/?page=2), the American Health Information Management Association.",
    "Ask for the price with and without tax; it is part of the form.",
    "Rules and fees change; ask the body before you pay.",
    "In 2026 the exam fee was $399, as published on [the exam page](https://www.aapc.com/certification/cpc/).",
    "A survey by Payscale in 2025 put the average salary of coders at $55,000.",
    "Links in this text may be affiliate links; we may earn a commission.\n\nTry the [course](https://harbor.example/?affid=12).",
    "**Note:** bring a pencil.",
    "The words `CPC-A` and `COC-A` mark beginners.",
)
CLEAN: Final = (
    *(text(base) for base in BASES),
    *(_with(addition) for addition in CLEAN_ADDITIONS),
    _box(
        "Median annual pay (2025) | $51,140*\nJob outlook (2024-2034) | 7%**",
        "Sources: *U.S. Bureau of Labor Statistics; **U.S. Bureau of Labor Statistics",
    ),
    _box(
        "Median annual pay | [[stat:oews.29-2072.us.median-annual|full]]\nWork environment | Hospitals, offices*"
    ),
    _box("Usual training | Certificate\nKey skills | Care, patience, logic", ""),
    text(
        f"## Important facts\n\n- **Median annual pay (2025):** $51,140*\n- **Work environment:** Hospitals, clinics*\n\nSources: *U.S. Bureau of Labor Statistics\n\n{BASES[0]}"
    ),
    text(f"{LEAD}\n\n{BASES[3]}"),
)
