"""Labels that facts boxes use, for lines where no sign parts label and value."""

from typing import Final

_WRITTEN: Final = """
median salary | mean salary | average salary | annual salary | starting salary | salary range | salary |
median pay | pay range | pay | median annual salary | median annual wage | average annual salary | mean
annual wage | median wage | mean wage | average wage | median hourly wage | average hourly wage | hourly
wage | entry-level wage | entry-level salary | wage range | median income | earnings | job outlook | job
growth | projected growth | projected job growth | employment growth | employment change | employment
outlook | growth rate | outlook | job openings | annual openings | number of jobs | employment | work
environment | work setting | work settings | work schedule | key skills | required skills | key
responsibilities | responsibilities | job duties | required education | entry-level education |
education required | education requirements | education | degree level | degree levels | degree field |
degree fields | field of study | degree required | required training | training required | training |
on-the-job training | prerequisites | program length | program duration | study time | typical study
time | time to complete | online availability | certification | certifications | certification options |
licensure | license | licensing | licensure requirements | licensure/certification | licensure or
certification | certification requirements | exam requirements | exam | exam required | exam fee | exam
length | exam cost | exam format | passing score | pass rate | renewal | experience | work experience |
experience required | similar occupations | related careers | job titles | common job titles |
specializations | specialties | possible careers | career options | common courses | courses | cost |
tuition | fees | common software | software | employers | top employers | industries | advancement |
physical requirements | additional requirements | other requirements | concentrations
"""
# Longest first, so that "salary range" is found before "salary".
LABELS: Final = tuple(
    sorted((" ".join(label.split()) for label in _WRITTEN.split("|")), key=len, reverse=True)
)
