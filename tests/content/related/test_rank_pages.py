"""The scoring against its slow twin, and what no corpus may change."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from content.lib.graph import LinkGraph
from content.lib.ranking import Corpus, Page, Ranking, choose
from content.lib.similarity import STRONGEST, count_terms, resemblance, sketch, weigh
from tests.content.related import twin
from tests.proof import count

pytestmark = pytest.mark.once

WORDS = [f"word{letter}" for letter in "abcdefghijkl"]


@st.composite
def corpora(draw):
    """Two to fourteen pages that share words, labels and links, some of them without any."""
    size = draw(st.integers(2, 14))
    keys = [f"p{number}" for number in range(size)]
    terms = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 9), max_size=8)
    return [
        Page(
            key=key,
            terms=draw(terms),
            links=draw(st.lists(st.sampled_from([*keys, "elsewhere"]), max_size=4)),
            labels=draw(st.lists(st.sampled_from(["x", "y", "z"]), max_size=2, unique=True)),
            day=draw(st.none() | st.integers(738000, 741000)),
        )
        for key in keys
    ]


@given(pages=corpora())
@settings(max_examples=count(1000), derandomize=True, deadline=None)
def test_scores_equal_those_of_the_slow_twin(pages):
    for ranking in Corpus(pages).rank():
        expected = twin.scores(pages, ranking.row)
        found = dict(zip(ranking.targets.tolist(), ranking.scores.tolist(), strict=True))
        assert found == pytest.approx(expected, rel=1e-3, abs=1e-6)


@given(pages=corpora())
@settings(max_examples=count(500), derandomize=True, deadline=None)
def test_each_place_goes_to_the_page_of_most_worth_beside_those_above(pages):
    for ranking in Corpus(pages).rank():
        known = twin.scores(pages, ranking.row)
        order = ranking.targets.tolist()
        for place, row in enumerate(order[:10]):
            left = twin.worth(pages, known, order[:place])
            assert left[row] == pytest.approx(max(left.values()), rel=1e-3, abs=1e-6)


@given(pages=corpora(), data=st.data())
@settings(max_examples=count(500), derandomize=True, deadline=None)
def test_a_pages_own_links_change_nothing_for_it(pages, data):
    row = data.draw(st.integers(0, len(pages) - 1))
    page = pages[row]
    without = [
        *pages[:row],
        Page(key=page.key, terms=page.terms, labels=page.labels, day=page.day),
        *pages[row + 1 :],
    ]
    (before,), (after,) = Corpus(pages).rank([row]), Corpus(without).rank([row])
    assert before.targets.tolist() == after.targets.tolist()
    assert before.scores.tolist() == after.scores.tolist()


@given(pages=corpora())
@settings(max_examples=count(200), derandomize=True, deadline=None)
def test_a_page_ranked_alone_is_ranked_as_with_all_others(pages):
    corpus = Corpus(pages)
    for together in corpus.rank():
        (alone,) = corpus.rank([together.row])
        assert alone.targets.tolist() == together.targets.tolist()
        assert alone.scores.tolist() == pytest.approx(together.scores.tolist(), rel=1e-6)


def test_weights_are_those_of_scikit_learn():
    texts = [{"coding": 3, "exam": 1}, {"coding": 1, "exam": 2, "fee": 1}, {"coding": 5, "fee": 4}]
    weights, words = weigh(texts)
    counts = np.array([[terms.get(word, 0) for word in words] for terms in texts])
    expected = TfidfTransformer(sublinear_tf=True).fit_transform(counts).toarray()
    assert weights.toarray() == pytest.approx(expected, rel=1e-5)


def test_only_the_strongest_words_of_a_long_text_count():
    texts = [{f"w{number}": 1 + number % 7 for number in range(STRONGEST + 50)}] * 2
    weights, _ = weigh(texts)
    assert np.diff(weights.indptr).tolist() == [STRONGEST, STRONGEST]
    assert (weights @ weights.T).toarray() == pytest.approx(1)


def test_a_chunk_of_texts_is_weighed_as_any_other():
    texts = [{f"w{number % 40}": 1, f"w{(number * 7 + 1) % 40}": 2} for number in range(1203)]
    weights, words = weigh(texts)
    counts = np.zeros((len(texts), len(words)))
    for row, terms in enumerate(texts):
        for word, times in terms.items():
            counts[row, words.index(word)] = times
    expected = TfidfTransformer(sublinear_tf=True).fit_transform(counts).toarray()
    assert weights.toarray() == pytest.approx(expected, rel=1e-4)


def test_words_are_counted_in_their_commonest_spelling():
    terms = count_terms(
        "The CPC exam", "An exam", "Exam fees of the CPC, and what the exam asks of cpc holders"
    )
    assert terms["CPC"] == 5
    assert terms["exam"] == 6
    assert "the" not in {word.lower() for word in terms}


def test_sketches_tell_a_changed_sentence_from_another_text():
    words = [f"word{number}" for number in range(400)]
    text, edited = " ".join(words), " ".join([*words[:390], "now", "ends", "otherwise"])
    other = " ".join(reversed(words))
    assert resemblance(sketch(text), sketch(edited)) > 0.9
    assert resemblance(sketch(text), sketch(other)) == 0
    assert resemblance([], []) == 0


def test_a_page_that_links_to_both_is_named_the_one_with_the_fewest_links():
    graph = LinkGraph(6, [2, 2, 3, 3, 3, 4], [0, 1, 0, 1, 4, 0])
    assert graph.through(0, 1) == 2
    assert graph.through(0, 5) is None


def ranking(row, **targets):
    rows = np.array([int(name[1:]) for name in targets])
    values = np.array(list(targets.values()), np.float32)
    return Ranking(row=row, targets=rows, scores=values, cosines=values, arrived=values)


def test_a_popular_target_goes_to_those_it_suits_best():
    lists = [ranking(0, t9=0.5, t8=0.4), ranking(1, t9=0.9, t8=0.1), ranking(2, t9=0.7)]
    chosen = choose(lists, links=1, most=2, taken={})
    assert {row: places.tolist() for row, places in chosen.items()} == {0: [1], 1: [0], 2: [0]}


def test_links_that_others_have_already_count_against_the_cap():
    chosen = choose([ranking(0, t9=0.9, t8=0.5)], links=2, most=3, taken={9: 3})
    assert chosen[0].tolist() == [1]


@pytest.mark.parametrize("pages", [[], [Page(key="alone", terms={"word": 1})], [Page(key="a", terms={})] * 1])
def test_too_few_pages_have_nothing_to_rank(pages):
    assert [found.targets.tolist() for found in Corpus(pages).rank()] == [[] for _ in pages]


def test_the_site_serves_pages_without_the_libraries_of_the_jobs():
    script = (
        "import sys, django; django.setup(); import directory.urls, content.related;"
        " sys.exit(', '.join({'sklearn', 'scipy'} & set(sys.modules)) or 0)"
    )
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stderr.strip()) == (0, "")


def test_a_job_reads_texts_without_the_addresses_of_the_whole_site():
    script = (
        "import sys, django; django.setup(); from content.digests import digest;"
        " from content.models import Article, Revision;"
        " read = digest(Revision(article=Article(slug='a'), body='[b](/articles/b/) and [c](../c/)'), []);"
        " sys.exit('directory.urls' in sys.modules or ' '.join(read.links))"
    )
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert asked.stderr.strip() == "b c"
