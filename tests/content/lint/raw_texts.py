"""A third hand: a summary that is no YAML, a lead in a block, a facts box as a list, raw links."""

from typing import Final

SUMMARY: Final = "Two jobs in one office: what each does all day, and how to choose."
LEAD: Final = (
    "Billers and coders share an office and often a desk, but not a task. This page sets the two jobs side by side so "
    "that you can tell which one fits you."
)


def page(body: str) -> str:
    """A file whose front matter needs a lenient reader."""
    front = f"title: Which of the two jobs fits you?\nsummary: {SUMMARY}\nlead: |\n  {LEAD}\nslug: two-jobs\nkind: article"
    return f"---\n{front}\n---\n\n{body}\n"


PAGE: Final = """## What billers do

Billers send claims to insurers and follow them until they are paid. They talk to patients about what is owed.

## What coders do

Coders read the record of a visit and choose the code for each service. The American Health Information Management Association (AHIMA) and the American Academy of Professional Coders (AAPC) both certify them.

### Tools

- code books
- a claim scrubber
- patience

## Important facts

- Median annual pay (2025): $51,140*
- Job growth (2024-34): 7.1%*
- Work environment: Hospitals, clinics, insurers

Sources: *U.S. Bureau of Labor Statistics (https://www.bls.gov)

## How to decide

Spend a day in an office if you can. Ask what people like about their work and what they do not. Then look at [programs near you](/schools/?field=billing-coding).
"""
PLANTED: Final[tuple[tuple[str, str], ...]] = (
    ("acronym-conflict", PAGE + "\nAAPC (Alliance of American Physician Coders) runs the exam.\n"),
    ("acronym-conflict", PAGE + "\nCCS stands for Certified Claims Specialist.\n"),
    ("acronym-conflict", PAGE + "\nThe Certified Coding Scholar (CCS) title is for hospitals.\n"),
    (
        "acronym-conflict",
        PAGE
        + "\nThe Electronic Hospital Register (EHR) holds the notes. Every electronic health record (EHR) is private.\n",
    ),
    (
        "retired-credential-as-current",
        PAGE + "\nOutpatient coders can take the [CPC-H](/credentials/cpc-h/), which AAPC grants.\n",
    ),
    ("retired-credential-as-current", PAGE + "\n| Credential | Granted by |\n|---|---|\n| CPC-H | AAPC |\n"),
    ("retired-credential-as-current", PAGE + "\nThe CPC-H exam has 150 questions.\n"),
    (
        "prose-number-contradicts-statistic",
        PAGE + "\nThe median hourly wage of medical records specialists is $22.69.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        PAGE
        + "\nAbout 150,000 people are employed as medical records specialists, the Bureau of Labor Statistics says.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        PAGE
        + "\nThe Bureau of Labor Statistics expects about 25,000 openings for medical records specialists each year.\n",
    ),
    ("prose-number-contradicts-statistic", PAGE + "\nMedian pay for this job was $48,780 in May 2025.\n"),
    (
        "prose-number-contradicts-statistic",
        PAGE + "\nThe mean annual wage of medical records specialists is $48,310.\n",
    ),
    (
        "prose-number-contradicts-statistic",
        PAGE + "\nThe field is growing: employment will increase 15% by 2034.\n",
    ),
    ("broken-link", PAGE + "\nRead [the guide to exams](/guides/exams/).\n"),
    ("broken-link", PAGE + "\nSee [this topic](/topics/exam-tips/) for more.\n"),
    ("broken-link", PAGE + "\nLook at [Sunrise College](/schools/sunrise-college-of-nowhere/).\n"),
    ("broken-link", PAGE + "\nSee [the tools](#the-tools).\n"),
    ("unsafe-link", PAGE + "\nOpen [the worksheet](file:///etc/passwd).\n"),
    ("unsafe-link", PAGE + "\n<a href=\"javascript:alert('x')\">Open the worksheet</a>\n"),
    ("unsafe-link", PAGE + "\nOpen [the worksheet](//evil.example/x).\n"),
    ("unsafe-link", PAGE + "\nOpen [the worksheet](JaVaScRiPt:alert(1)).\n"),
    ("unsafe-link", PAGE + "\nOpen [the worksheet](https://user:pw@evil.example/).\n"),
    (
        "missing-disclosure",
        PAGE + "\n## Partner schools\n\n- [Lakeside Institute](https://lakeside.example/)\n",
    ),
    (
        "missing-disclosure",
        PAGE + "\nUse our affiliate link to save on a [coding course](https://learn.example/c?aff=99).\n",
    ),
    ("missing-disclosure", PAGE + "\nThe sponsored programs below are popular with our readers.\n"),
    ("missing-disclosure", PAGE + "\nSponsored: Lakeside Institute trains coders online.\n"),
    (
        "missing-disclosure",
        PAGE + "\nTake the course at [Lakeside](https://lakeside.example/?partner=superbill).\n",
    ),
    ("leftover-boilerplate", PAGE + "\nSubscribe to our newsletter for weekly tips.\n"),
    ("leftover-boilerplate", PAGE + "\nPrevious | 1 | 2 | 3 | Next\n"),
    ("leftover-boilerplate", PAGE + "\nSkip to main content\n"),
    ("leftover-boilerplate", PAGE + "\n[Insert school name here] offers a program.\n"),
    ("leftover-boilerplate", PAGE + "\nAdvertisement\n"),
    ("leftover-boilerplate", PAGE + "\nRequest information from schools today!\n"),
    ("leftover-boilerplate", PAGE + "\nPosted on March 3, 2016 by admin\n"),
    ("leftover-boilerplate", PAGE + "\n## Popular Schools\n\n1. 1\n2. 2\n3. Next\n"),
    ("leftover-boilerplate", PAGE + "\nWe use cookies to improve your experience. Accept all cookies.\n"),
    (
        "leftover-boilerplate",
        PAGE
        + "\nTo continue researching, browse degree options below for course curriculum, prerequisites and financial aid information.\n",
    ),
    ("leftover-boilerplate", PAGE + "\nGet matched with a school in minutes!\n"),
    ("leftover-boilerplate", PAGE + "\nLast updated: March 3, 2016\n"),
    ("leftover-boilerplate", PAGE + "\nRelated articles: see the links on the right.\n"),
    ("image-alt", PAGE + "\n![ ](picture:office)\n"),
    ("image-alt", PAGE + "\n![image](picture:office)\n"),
    ("image-alt", PAGE + "\nAn office: ![](picture:office) at work.\n"),
    ("stale-statistic", PAGE.replace("(2025): $51,140", "(2017): $39,180")),
    ("stale-statistic", PAGE.replace("(2024-34): 7.1", "(2016-26): 13")),
    (
        "stale-statistic",
        PAGE
        + "\nJobs are projected to grow 8 percent from 2019 to 2029, according to the U.S. Bureau of Labor Statistics.\n",
    ),
    ("stale-statistic", PAGE + "\nThe outlook: [[stat:ep.29-2071.us.change-percent|full]].\n"),
    (
        "stale-statistic",
        PAGE + "\nIn the combined group it was [[stat:oews.29-2098.us.median-annual|full]].\n",
    ),
    ("fact-without-period", PAGE.replace("Median annual pay (2025):", "Median annual pay:")),
    ("fact-without-period", PAGE.replace("Job growth (2024-34):", "Job growth:")),
    ("fact-without-source", PAGE.replace("- Job growth (2024-34): 7.1%*", "- Job growth (2024-34): 7.1%")),
    ("marker-without-source", PAGE.replace("7.1%*", "7.1%†")),
    (
        "marker-without-source",
        PAGE.replace("Sources: *U.S. Bureau of Labor Statistics (https://www.bls.gov)\n", ""),
    ),
    ("source-without-marker", PAGE.replace("(https://www.bls.gov)", "(https://www.bls.gov); **Payscale.com")),
    ("unexpanded-acronym", PAGE + "\nCoders must know HCPCS codes.\n"),
    ("unexpanded-acronym", PAGE + "\nA coder with an RHIA earns more respect.\n"),
    ("unexpanded-acronym", PAGE + "\nMost offices keep notes in an EHR.\n"),
    ("unexpanded-acronym", PAGE + "\nThe exam is run by the NHA each month.\n"),
    ("missing-heading", PAGE.replace("## How to decide", "## {untitled}")),
    ("missing-heading", PAGE.replace("## How to decide", "**How to decide**")),
    ("missing-heading", PAGE.replace("## How to decide", "## ")),
    ("heading-skip", PAGE.replace("### Tools", "#### Tools")),
    ("heading-skip", PAGE.replace("### Tools", "##### Tools")),
    ("heading-duplicate", PAGE.replace("## How to decide", "## What coders do")),
    ("heading-duplicate", PAGE.replace("## How to decide", "## what billers do")),
    ("table-header", PAGE + "\n|   | Pay |  |\n|---|---|---|\n| a | b | c |\n"),
    (
        "table-header",
        PAGE
        + "\n<table><tr><td>Work</td><td>Place</td></tr><tr><td>Coding</td><td>Office</td></tr></table>\n",
    ),
    ("link-text", PAGE + "\nMore is [here](/articles/).\n"),
    ("link-text", PAGE + "\n[Click here for more](https://www.ahima.org/).\n"),
    ("link-text", PAGE + "\n[Learn more](/credentials/) about credentials.\n"),
    ("link-text", PAGE + "\nThe source is this [link](https://www.ahima.org/).\n"),
    (
        "link-text",
        PAGE
        + "\nSee [https://www.ahima.org/certification/list](https://www.ahima.org/certification/list).\n",
    ),
    ("prose-number-without-source", PAGE + "\nNearly 40% of billers also code.\n"),
    ("prose-number-without-source", PAGE + "\nBeginners can expect to earn $38,000 in the first year.\n"),
    ("prose-number-without-source", PAGE + "\nMore than 200,000 people hold a coding credential.\n"),
    ("prose-number-without-source", PAGE + "\nThe exam costs $399.\n"),
    ("qualifier-mismatch", PAGE + "\nThe mean pay is [[stat:oews.29-2072.us.median-annual|full]].\n"),
    ("qualifier-mismatch", PAGE + "\nThe hourly wage is [[stat:oews.29-2072.us.median-annual|full]].\n"),
    (
        "qualifier-mismatch",
        PAGE.replace("- Median annual pay (2025): $51,140*", "- Average annual pay (2025): $51,140*"),
    ),
    ("count-mismatch", PAGE + "\nFour bodies certify coders.\n"),
    ("count-mismatch", PAGE + "\nYou will need five tools:\n\n- a book\n- a pen\n"),
    ("tracking-parameters", PAGE + "\nRead [the handbook](https://www.bls.gov/ooh/?gclid=123).\n"),
    (
        "tracking-parameters",
        PAGE + "\nRead [the handbook](https://www.bls.gov/ooh/?page=2&utm_medium=cpc).\n",
    ),
    ("hedges", PAGE + "\nIt seems that coding is somewhat better paid.\n"),
    ("hedges", PAGE + "\nSome say that billing is easier.\n"),
    ("hedges", PAGE + "\nCoding may possibly suit you.\n"),
    ("hedges", PAGE + "\nThis could arguably be the better choice.\n"),
    ("hedges", PAGE + "\nIt is likely that you might like it.\n"),
    (
        "long-sentence",
        PAGE
        + "\nIf you like to work alone and in peace, with books and rules and a screen in front of you, and if you do not mind that most of your day is spent with words that other people wrote in haste, then coding will suit you well.\n",
    ),
    (
        "long-paragraph",
        PAGE + "\n" + "You sit at a desk. You read a note. You find the code. You type it in. " * 10 + "\n",
    ),
)
KEPT: Final = (
    PAGE,
    PAGE + "\nPay depends on the place, the employer and the years that you have worked.\n",
    PAGE + "\nIn 2019 the two jobs were counted in another group, so older figures do not compare.\n",
    PAGE + "\nThe CPC-H is an old name; the Certified Outpatient Coder (COC) took its place.\n",
    PAGE + "\nAAPC retired the CPC-H. Today it grants the Certified Outpatient Coder (COC).\n",
    PAGE
    + "\n## Pay\n\nHalf of all medical records specialists earn more than [[stat:oews.29-2072.us.median-annual]] a year.\n",
    PAGE + "\n## Pay\n\nThe typical worker earns [[stat:oews.29-2072.us.median-hourly]].\n",
    PAGE
    + "\n## Pay\n\nThe median annual wage was $51,140 in May 2025, the Bureau of Labor Statistics reports.\n",
    PAGE
    + "\n## Outlook\n\nBLS, the Bureau of Labor Statistics, expects growth of 7.1 percent from 2024 to 2034.\n",
    PAGE
    + "\n## Where to look\n\nSee [what a coding certification is](/articles/what-is-a-coding-certification/), [the CCS](/credentials/ccs/) and [pay by state](/statistics/pay-by-state/).\n",
    PAGE + "\nAsk three questions: What does it cost? How long does it take? Who accredits it?\n",
    PAGE + "\n- [Compare schools](/schools/)\n- [Find a credential](/credentials/)\n",
    PAGE + "\nYou can start in 6 months. A class has 20 students.\n",
    PAGE + "\nCall 1-800-555-0100 or write to 12 Main Street, Springfield, IL 62701.\n",
    PAGE + "\nThe fee was $300 in 2025 (AHIMA, 2025).\n",
    PAGE
    + "\nTuition at the college was $4,200 in 2026, according to its [price list](https://college.example/prices).\n",
    PAGE
    + "\nA claim form, the CMS-1500, is sent to the payer. The Centers for Medicare & Medicaid Services (CMS) designed it.\n",
    PAGE + "\n![Two people at one desk, one with a code book](picture:desk)\n",
    PAGE
    + "\nThis page has ads. Schools marked as sponsored pay us to appear.\n\n## Sponsored schools\n\n- Lakeside Institute\n",
    PAGE + "\n## Steps\n\nThere are two steps:\n\n1. Decide.\n2. Enroll.\n",
    PAGE + "\nWork takes place from 9 a.m. to 5 p.m., Monday to Friday.\n",
    PAGE + "\nNo school can promise you a job. Walk away from one that does.\n",
    PAGE + "\nThe COVID-19 pandemic moved many coders to their homes.\n",
    PAGE
    + "\nICD-10-CM (International Classification of Diseases, Tenth Revision, Clinical Modification) has tens of thousands of codes.\n",
    PAGE.replace("## Important facts", "## Important Facts"),
    PAGE + "\n\n---\n\nRules and fees change; ask the body before you pay.\n",
    PAGE + "\nOften the same person does both. In a small office that is usual.\n",
    PAGE + "\nSmith v. Jones taught payers to keep notes. It's a well-known case.\n",
)
FAULTS: Final = tuple((code, page(body)) for code, body in PLANTED)
CLEAN: Final = tuple(page(body) for body in KEPT)
