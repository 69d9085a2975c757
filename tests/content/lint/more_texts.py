"""The same in another hand: each text has its lead again as its first paragraph, and a facts box with its sources."""

from typing import Final

TITLE: Final = "Medical Coding Certification: A Starter Guide"
SUMMARY: Final = "How to pick a first coding credential and what to expect from the work."
LEAD: Final = (
    "Medical coders turn the notes of a visit into codes that insurers understand. This guide explains which "
    "credential fits a beginner, what the exam looks like and where to find a school."
)


def guide(body: str, *, title: str = TITLE, summary: str = SUMMARY, lead: str = LEAD) -> str:
    """A file with front matter in quotes."""
    return f'---\ntitle: "{title}"\nsummary: "{summary}"\nlead: "{lead}"\n---\n\n{lead}\n\n{body}\n'


GUIDE: Final = """## What a coder does

A medical coder reads a patient record and assigns the right codes to each diagnosis and procedure. Insurers use those codes to decide what to pay. The work needs patience and a good eye for detail.

## Important facts

| Fact | Value |
|------|-------|
| Median annual pay (2025) | $51,140* |
| Projected job growth (2024-2034) | 7.1%** |
| Work settings | Hospitals, physician offices, insurers |

Sources: *U.S. Bureau of Labor Statistics, OEWS (https://www.bls.gov/oes/); **U.S. Bureau of Labor Statistics, Employment Projections (https://www.bls.gov/emp/)

## Choosing a credential

The Certified Professional Coder (CPC) is granted by the American Academy of Professional Coders (AAPC). The Certified Coding Associate (CCA) is granted by the American Health Information Management Association (AHIMA). Read our page on the [CPC credential](/credentials/cpc/) for details.

## Next steps

Compare the [schools that teach billing and coding](/schools/?field=billing-coding) and ask each one about the total price.
"""
PLANTED: Final[tuple[tuple[str, str], ...]] = (
    ("stale-statistic", GUIDE.replace("(2025) | $51,140*", "(2018) | $40,350*")),
    ("stale-statistic", GUIDE.replace("(2024-2034) | 7.1%**", "(2014-2024) | 15%**")),
    ("stale-statistic", GUIDE.replace("(2025) | $51,140*", "(May 2021) | $46,660*")),
    (
        "stale-statistic",
        GUIDE + "\n## Pay\n\nThe older series stood at [[stat:oews.29-2071.us.median-annual|full]].\n",
    ),
    (
        "stale-statistic",
        GUIDE
        + "\n## Pay\n\nIn 2016 coders earned a median of $38,040, according to the U.S. Bureau of Labor Statistics.\n",
    ),
    ("fact-without-period", GUIDE.replace(" (2025) |", " |")),
    (
        "fact-without-source",
        GUIDE.replace("$51,140* |", "$51,140 |").replace(
            "*U.S. Bureau of Labor Statistics, OEWS (https://www.bls.gov/oes/); **", "**"
        ),
    ),
    (
        "marker-without-source",
        GUIDE.replace(
            "; **U.S. Bureau of Labor Statistics, Employment Projections (https://www.bls.gov/emp/)", ""
        ),
    ),
    (
        "marker-without-source",
        GUIDE.replace("Hospitals, physician offices, insurers", "Hospitals, physician offices, insurers***"),
    ),
    (
        "source-without-marker",
        GUIDE.replace("(https://www.bls.gov/emp/)", "(https://www.bls.gov/emp/); ***National Career Atlas"),
    ),
    ("source-without-marker", GUIDE.replace("7.1%** |", "7.1%* |")),
    (
        "acronym-conflict",
        GUIDE + "\nThe American Health Insurance Management Agency (AHIMA) also offers courses.\n",
    ),
    ("acronym-conflict", GUIDE + "\nThe Certified Physician Coder (CPC) exam is offered all year.\n"),
    ("retired-credential-as-current", GUIDE + "\nHospital coders should earn the CPC-H credential.\n"),
    (
        "retired-credential-as-current",
        GUIDE + "\n## Other credentials\n\n- CPC-H for outpatient hospital coding\n- CCA for beginners\n",
    ),
    (
        "prose-number-contradicts-statistic",
        GUIDE
        + "\n## Pay\n\nThe median annual wage for medical records specialists is $62,300, according to the Bureau of Labor Statistics.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        GUIDE
        + "\n## Outlook\n\nJobs for medical records specialists are expected to grow by 22% between 2024 and 2034.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        GUIDE + "\n## Pay\n\nHalf of all medical records specialists earn more than $70,000 a year.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        GUIDE + "\n## Pay\n\nThe top 10 percent of medical records specialists earn more than $120,000.\n",
    ),
    ("broken-link", GUIDE.replace("/credentials/cpc/", "/credentials/cpc-certified/")),
    ("broken-link", GUIDE + "\nSee [how the exam works](/articles/how-the-cpc-exam-works/).\n"),
    (
        "broken-link",
        GUIDE + "\nPay is explained at [the statistics page](/statistics/oews.29-2072.us.p33/).\n",
    ),
    ("unsafe-link", GUIDE + "\nFind [practice questions](javascript:void(0)) online.\n"),
    ("unsafe-link", GUIDE + "\nFind [practice questions](vbscript:msgbox(1)) online.\n"),
    (
        "missing-disclosure",
        GUIDE
        + "\n## Featured Schools\n\nThese sponsored schools offer coding programs:\n\n- [Brightpath College](https://brightpath.example/)\n- [Harborview Institute](https://harborview.example/)\n",
    ),
    (
        "missing-disclosure",
        GUIDE
        + "\nEnroll through [this coding course](https://courses.example/coding?affiliate_id=superbill) to begin.\n",
    ),
    (
        "missing-disclosure",
        GUIDE + "\nOur partners offer discounted coding courses to readers of this page.\n",
    ),
    ("leftover-boilerplate", GUIDE + "\nClick here to request free information from schools near you!\n"),
    ("leftover-boilerplate", GUIDE + "\nHome > Articles > Medical Coding\n"),
    ("leftover-boilerplate", GUIDE + "\n© 2017 CareerSite. All rights reserved.\n"),
    (
        "leftover-boilerplate",
        GUIDE + "\nThis site uses cookies. By continuing you agree to our privacy policy.\n",
    ),
    ("leftover-boilerplate", GUIDE + "\nTweet Share Pin Email\n"),
    ("leftover-boilerplate", GUIDE + "\nSign up for our newsletter to get the latest updates.\n"),
    ("image-alt", GUIDE + "\n![](/media/coder.jpg)\n"),
    ("image-alt", GUIDE + '\n<img src="/media/coder.jpg">\n'),
    ("unexpanded-acronym", GUIDE + "\nMany employers also ask for the CCS.\n"),
    ("unexpanded-acronym", GUIDE + "\nA coder must know ICD-10-CM well.\n"),
    ("unexpanded-acronym", GUIDE + "\nThe NHA grants an entry credential for billers.\n"),
    ("missing-heading", GUIDE + "\n## {untitled}\n\nSome schools teach online.\n"),
    ("heading-skip", GUIDE + "\n#### Online programs\n\nSome schools teach online.\n"),
    ("heading-duplicate", GUIDE + "\n## Next steps\n\nSome schools teach online.\n"),
    (
        "table-header",
        GUIDE + "\n## Exams\n\n| | |\n|---|---|\n| CPC | 100 questions |\n| CCA | 90 questions |\n",
    ),
    ("link-text", GUIDE + "\nFor exam dates [read more](https://www.aapc.com/certification/).\n"),
    ("link-text", GUIDE + "\nFor exam dates see [this page](https://www.aapc.com/certification/).\n"),
    ("prose-number-without-source", GUIDE + "\nSome 85 percent of employers prefer certified coders.\n"),
    ("prose-number-without-source", GUIDE + "\nMost online programs cost between $2,000 and $4,500.\n"),
    (
        "qualifier-mismatch",
        GUIDE + "\n## Pay\n\nThe average coder earns [[stat:oews.29-2072.us.median-annual|full]].\n",
    ),
    (
        "qualifier-mismatch",
        GUIDE
        + "\n## Pay\n\nThe average annual pay is $51,140, according to the Bureau of Labor Statistics.\n",
    ),
    (
        "qualifier-mismatch",
        GUIDE.replace("$51,140* |", "$51,140* (for medical coders) |").replace(
            "7.1%** |", "7.1%** (for medical records specialists) |"
        ),
    ),
    ("count-mismatch", GUIDE + "\n## Bodies\n\nThree certifying bodies grant coding credentials.\n"),
    (
        "count-mismatch",
        GUIDE
        + "\n## Steps\n\nThere are four steps to follow:\n\n1. Pick a credential.\n2. Find a school.\n3. Sit the exam.\n",
    ),
    (
        "tracking-parameters",
        GUIDE
        + "\nThe [handbook of the Bureau](https://www.bls.gov/ooh/?utm_source=newsletter&utm_campaign=x) has more.\n",
    ),
    (
        "tracking-parameters",
        GUIDE + "\nThe [handbook of the Bureau](https://www.bls.gov/ooh/?fbclid=abc123) has more.\n",
    ),
    ("hedges", GUIDE + "\nIt could perhaps be argued that certification might possibly help somewhat.\n"),
    ("hedges", GUIDE + "\nCertification is generally thought to be useful.\n"),
    (
        "long-sentence",
        GUIDE
        + "\nBefore you choose a program you should visit the school, talk to the teachers and the students who are there, ask about the price of books and exams, and read the contract from the first page to the last.\n",
    ),
    (
        "long-paragraph",
        GUIDE
        + "\n"
        + "The exam is long and it asks a lot of you. Bring your books and mark the pages. Read each case twice. Note the main finding. Then look up the code. "
        * 6
        + "\n",
    ),
    (
        "reading-grade",
        "## What a coder does\n\n"
        + "Administrative professionals systematically evaluate comprehensive documentation. Interdisciplinary communication facilitates organizational accountability. Regulatory considerations significantly complicate reimbursement determinations. Continuing professional development necessitates considerable institutional commitment. Technological modernization fundamentally transforms occupational responsibilities. Standardized terminologies accommodate international epidemiological investigations.\n",
    ),
)
KEPT: Final = (
    GUIDE,
    GUIDE + "\nThe exam lasts four hours and has 100 questions.\n",
    GUIDE + "\nYou may work from home once you have some experience.\n",
    GUIDE + "\nSome employers usually want two years of experience.\n",
    GUIDE + "\nIn most states no license is needed. Employers decide.\n",
    GUIDE
    + "\nThe COC was known as CPC-H until AAPC renamed it. The full name is Certified Outpatient Coder (COC).\n",
    GUIDE + "\nThe median annual pay is [[stat:oews.29-2072.us.median-annual|full]].\n",
    GUIDE + "\nEmployment is projected to grow [[stat:ep.29-2072.us.change-percent|full]].\n",
    GUIDE + "\n## Exams\n\n| Exam | Questions |\n|---|---|\n| CPC | 100 |\n| CCA | 90 |\n",
    GUIDE + "\n![A coder at a desk with two screens](picture:desk)\n",
    GUIDE
    + "\n### Online programs\n\nSome schools teach online.\n\n### On campus\n\nOthers teach on campus.\n",
    GUIDE + "\nThe exam fee is $425 for members, according to AAPC in 2026.\n",
    GUIDE + "\nAbout 60 percent of members passed at the first try, AAPC reported in 2025.\n",
    GUIDE
    + "\nThis page contains affiliate links. We may earn a commission if you enroll.\n\nSee [a coding course](https://courses.example/?aff_id=1).\n",
    GUIDE
    + "\nDisclosure: some schools on this page are sponsors and pay us to be listed.\n\n## Sponsored schools\n\n- Brightpath College\n",
    GUIDE + "\nThere are three steps:\n\n1. Pick a credential.\n2. Find a school.\n3. Sit the exam.\n",
    GUIDE + "\nTwo bodies grant most coding credentials.\n",
    GUIDE
    + "\nCoders use the International Classification of Diseases, Tenth Revision (ICD-10) and Current Procedural Terminology (CPT). ICD-10 is for diagnoses.\n",
    GUIDE
    + "\nMedicare and Medicaid pay for many visits. The Centers for Medicare & Medicaid Services (CMS) writes the rules.\n",
    GUIDE + "\nEmail [the editors](mailto:editors@example.org) or call us at 555-0100.\n",
    GUIDE + "\nAsk how long the program takes: 9 months, 12 months or 2 years.\n",
    GUIDE + "\n> A code is a promise that the record supports it.\n",
    GUIDE + "\nWages differ by place. See [pay by state](/statistics/pay-by-state/).\n",
    GUIDE + "\nStudents learn anatomy, physiology, medical terminology and the rules of each payer.\n",
    GUIDE.replace("## Important facts", "## Important Facts About This Occupation"),
    GUIDE.replace("| Fact | Value |", "| Measure | Detail |"),
    GUIDE + "\nA full program runs from January to May 2027.\n",
    GUIDE + "\nWhat should I do first? Call three schools. Then visit one.\n",
)

FAULTS: Final = (
    *((code, guide(body)) for code, body in PLANTED),
    ("lead-length", guide(GUIDE, lead="A short guide.")),
    ("title-length", guide(GUIDE, title="Coding")),
    (
        "title-length",
        guide(GUIDE, title="A Very Long and Winding Title about Medical Coding Certification for Everyone"),
    ),
    ("missing-summary", guide(GUIDE, summary="")),
)
CLEAN: Final = tuple(guide(body) for body in KEPT)
