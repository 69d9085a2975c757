# dashes and quotes as pages write them
"""Bodies, credentials and specialties in running words."""

import pytest

from tests.content.pipeline.reading import credentials, organisations, read_page

pytestmark = pytest.mark.once


def section(text: str) -> dict:
    return read_page(f"# Title\n\nA lead.\n\n## Section\n\n{text}\n", "page.md")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The American Medical Billing Association (AMBA) offers the Certified Medical Reimbursement"
            " Specialist"
            " (CMRS) exam.",
            {("CMRS", "Certified Medical Reimbursement Specialist", "AMBA")},
        ),
        (
            "AHIMA grants the Registered Health Information Technician (RHIT®) and the Registered Health"
            " Information"
            " Administrator (RHIA™).",
            {
                ("RHIT", "Registered Health Information Technician", "AHIMA"),
                ("RHIA", "Registered Health Information Administrator", "AHIMA"),
            },
        ),
        (
            "Choose between the CPC (Certified Professional Coder) from AAPC and the CCS (Certified"
            " Coding Specialist)"
            " from AHIMA.",
            {
                ("CPC", "Certified Professional Coder", "AAPC"),
                ("CCS", "Certified Coding Specialist", "AHIMA"),
            },
        ),
        (
            "The Certified Tumor Registrar (CTR) is awarded by the National Cancer Registrars"
            " Association (NCRA).",
            {("CTR", "Certified Tumor Registrar", "NCRA")},
        ),
        (
            "Like AHIMA, the Academy of Coders (AC) lists two certifications: the Certified Chart Coder"
            " (CCC) and the"
            " Certified Claim Coder (CLC).",
            {("CCC", "Certified Chart Coder", "AC"), ("CLC", "Certified Claim Coder", "AC")},
        ),
        (
            "Two credentials stand out: the Certified Claims Handler (CCH), from the Claims League; and"
            " the Senior Claims"
            " Handler (SCH), from the Institute of Claims.",
            {
                ("CCH", "Certified Claims Handler", "Claims League"),
                ("SCH", "Senior Claims Handler", "Institute of Claims"),
            },
        ),
        (
            "The Society for Clinical Coding — SCC — certifies coders as Clinical Coding Practitioners"
            " (CCP).",
            {("CCP", "Clinical Coding Practitioner", "SCC")},
        ),
        (
            "To become a Certified Coding Specialist, pass the exam of the American Coding Guild (ACG)."
            " The CCS costs $299.",
            {("CCS", "Certified Coding Specialist", "ACG")},
        ),
        (
            "The National Board of Billers (NBB) gives the title Certified Dental Biller. It offers"
            " examinations for"
            " certification as a Dental Claims Specialist.",
            {(None, "Dental Claims Specialist", "NBB")},
        ),
        (
            "The Heart Society awards the certified cardiac device specialist (CCDS).",
            {("CCDS", "Certified Cardiac Device Specialist", "Heart Society")},
        ),
        (
            "The Guild of Eye Coders (GEC) tests coders. Its first title is the Certified Eye Coder"
            " (CEC), once the"
            " Certified Vision Coder (CVC).",
            {("CEC", "Certified Eye Coder", "GEC")},
        ),
    ],
)
def test_credentials_with_the_bodies_that_grant_them(text, wanted):
    assert credentials(section(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Medicare and electronic health records (EHR) matter. The Health Insurance Portability Act"
        " (HIPAA) applies.",
        "Graduates hold an Associate of Applied Science (AAS) degree or a Bachelor of Science (BS).",
        "Hospitals hire Emergency Medical Technicians (EMT) who hold a diploma.",
        "The International Classification of Diseases (ICD) and Current Procedural Terminology (CPT) are"
        " code sets.",
        "Evaluation and Management (E/M) codes are tested.",
    ],
)
def test_letters_that_are_no_credential(text):
    assert credentials(section(text)) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The U.S. Bureau of Labor Statistics (BLS) counts jobs (www.bls.gov).",
            ("U.S. Bureau of Labor Statistics", "BLS", "www.bls.gov"),
        ),
        (
            "The Board of Medical Specialty Coding and Compliance, or BMSC, sets rules.",
            ("Board of Medical Specialty Coding and Compliance", "BMSC", None),
        ),
        (
            "Cardiovascular Credentialing International (CCI) offers tests at https://www.cci.example/tests.",
            ("Cardiovascular Credentialing International", "CCI", "www.cci.example"),
        ),
        (
            "The [National Board of Billers](https://nbb.example/about) tests billers.",
            ("National Board of Billers", None, "nbb.example"),
        ),
        (
            "In 2019 the Academy of Coders (formerly the Guild of Coders) moved.",
            ("Academy of Coders", None, None),
        ),
        ("AMCA (www.amca.example) tests phlebotomists.", ("AMCA", "AMCA", "www.amca.example")),
    ],
)
def test_an_organisation_with_its_letters_and_its_site(text, wanted):
    assert organisations(section(text)) == {wanted}


def test_an_address_belongs_to_the_body_whose_letters_it_holds():
    page = section("Like the Guild of Coders (GOC), the Board of Billers (BOB) has rules (www.goc.example).")
    assert organisations(page) == {
        ("Guild of Coders", "GOC", "www.goc.example"),
        ("Board of Billers", "BOB", None),
    }


def test_two_bodies_joined_by_and_one_whose_name_holds_and():
    page = section("The Guild of Coders and the Institute of Billing met the Society of Coders and Auditors.")
    assert organisations(page) == {
        ("Guild of Coders", None, None),
        ("Institute of Billing", None, None),
        ("Society of Coders and Auditors", None, None),
    }


def test_the_grantor_of_a_paragraph_carries_over_to_the_items_below_it():
    page = section(
        "The Council of Coders (COC) offers two credentials:\n\n- Certified A Coder (CAC)\n- Certified B"
        " Coder (CBC)"
    )
    assert credentials(page) == {("CAC", "Certified A Coder", "COC"), ("CBC", "Certified B Coder", "COC")}


def test_a_heading_names_the_grantor_of_its_section():
    page = read_page(
        "# T\n\nThe Guild of Coders (GOC) and the Board of Billers (BOB) test.\n\n## GOC"
        " credentials\n\nThe Certified Coder"
        " (CC) is for beginners.\n\n## BOB credentials\n\nThe Certified Biller (CB) is for all.\n",
        "page.md",
    )
    assert credentials(page) == {("CC", "Certified Coder", "GOC"), ("CB", "Certified Biller", "BOB")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "There are specializations for oncology, obstetrics and gynecology, radiology, mental health"
            " and psychiatry,"
            " orthopedics and dermatology.",
            [
                "oncology",
                "obstetrics and gynecology",
                "radiology",
                "mental health and psychiatry",
                "orthopedics",
                "dermatology",
            ],
        ),
        (
            "Specialties include cardiology, urology, and ear, nose and throat.",
            ["cardiology", "urology", "ear, nose and throat"],
        ),
        ("Coders specialize in pediatrics or surgery.", ["pediatrics", "surgery"]),
        ("Areas:\n\n### Specialties\n\n- Cardiology\n- Family practice", ["Cardiology", "Family practice"]),
        ("The specialty for you is one that you like, and that pays.", []),
        ("Hospitals, clinics and pharmacies all hire.", []),
    ],
)
def test_specialties(text, wanted):
    assert section(text)["specialties"] == wanted
