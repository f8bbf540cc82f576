"""Sentences, words and trees."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.syntax import Doc, syntax_reader
from kg.extract.syntax.lemmas import lemma_of, verb_guesses
from kg.extract.syntax.names import NameTags
from kg.extract.syntax.tree import best_heads
from kg.extract.syntax.words import split_sentences, split_words
from kg.model import Article
from kg.training.treebank import NAME_TAGS


def parsed(text: str, language: str = "de") -> Doc:
    return syntax_reader()(Article("a", "", text, language))


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Er kam am 3. März. Sie ging.", 2),
        ("de", "BERLIN, 3. März (dpa) – Der Kanzler kam. Sie ging.", 3),
        ("de", "»Ich komme.« Das sagte Dr. Meier am Montag. »Nie!«, rief er.", 3),
        ("de", "Ein Titel ohne Punkt\n\nDer Text beginnt hier.", 2),
        ("en", "U.S. President George W. Bush met Mr. Blair. They talked.", 2),
        ("en", '"We will not go." The minister left at 5 p.m. on Monday.', 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str, sentences: int) -> None:
    assert len(split_sentences(text, language)) == sentences


def test_words_follow_the_treebanks() -> None:
    words = split_words("Er war im US-Konsulat.", split_sentences("Er war im US-Konsulat.", "de")[0], "de")
    assert [w.form for w in words] == ["Er", "war", "in", "dem", "US-Konsulat", "."]
    text = "Iran's well-known envoy didn't go."
    words = split_words(text, split_sentences(text, "en")[0], "en")
    assert [w.form for w in words] == ["Iran", "'s", "well", "-", "known", "envoy", "did", "n't", "go", "."]


@given(st.text(max_size=200), st.sampled_from(["de", "en"]))
def test_every_word_stands_at_its_offsets_and_none_is_lost(text: str, language: str) -> None:
    covered: set[int] = set()
    for sentence in split_sentences(text, language):
        for word in split_words(text, sentence, language):
            assert sentence.covers(word.span)
            covered.update(range(word.span.start, word.span.end))
    assert covered >= {i for i, c in enumerate(text) if not c.isspace()}


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.floats(-9, 9), min_size=n * (n + 1), max_size=n * (n + 1))
    )
)
@settings(max_examples=200)
def test_any_scores_give_a_tree_with_one_root(values: list[float]) -> None:
    count = int((len(values) + 0.25) ** 0.5 - 0.5)
    heads = best_heads(np.array(values, np.float32).reshape(count, count + 1))
    assert sum(head == 0 for head in heads) == 1
    for start in range(1, count + 1):
        seen, node = set(), start
        while node:
            assert node not in seen
            seen.add(node)
            node = int(heads[node - 1])


def test_the_root_is_the_one_of_the_best_tree() -> None:
    never = -100.0
    scores = [
        [5, never, 10, never],
        [0, 10, never, never],
        [0, -1, -50, never],
    ]  # root, first, second, third word
    assert best_heads(np.array(scores, np.float32)).tolist() == [0, 1, 1]


@given(st.lists(st.lists(st.floats(-20, 20), min_size=7, max_size=7), min_size=1, max_size=8))
@settings(deadline=None, derandomize=True)
def test_no_name_begins_with_its_inside(values: list[list[float]]) -> None:
    scores = np.array(values, np.float32)
    tags = NameTags(NAME_TAGS).best(scores)
    assert len(tags) == len(values)
    for before, tag in pairwise(["O", *tags]):
        assert not tag.startswith("I-") or before[1:] == tag[1:]
    likeliest = [NAME_TAGS[i] for i in scores.argmax(-1)]
    if all(not b.startswith("I-") or a[1:] == b[1:] for a, b in pairwise(["O", *likeliest])):
        found = sum(row[NAME_TAGS.index(tag)] for row, tag in zip(scores, tags, strict=True))
        assert found == pytest.approx(scores.max(-1).sum(), abs=1e-3)


def test_lemmas_of_separable_and_unknown_verbs() -> None:
    assert lemma_of("trafen", "VERB", "de") == "treffen"
    assert lemma_of("talks", "NOUN", "en") == "talk"
    assert "vernehmen" in verb_guesses("vernommen")


def test_parsing_is_deterministic_and_keeps_offsets() -> None:
    text = (
        "Der iranische Außenminister traf am Montag in Wien seinen russischen Amtskollegen. Beide schwiegen."
    )
    first, second = parsed(text), parsed(text)
    assert first.tokens == second.tokens
    assert len(first.sentences) == 2
    for token in first.tokens:
        assert token.form in {first.text(token.span), "in", "dem", "an"}
    assert all(a.span.start <= b.span.start for a, b in pairwise(first.tokens))


def test_a_very_long_sentence_is_cut_and_not_refused() -> None:
    doc = parsed("Iran, " * 900 + "Irak.")
    assert len(doc) > 1800
