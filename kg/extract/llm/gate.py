"""The evidence gate: what a model says becomes a statement only if the passage says it too."""

from typing import Final

from kg.extract.llm.mentions import Mentions
from kg.extract.llm.passages import Passage
from kg.extract.llm.quotes import Searchable
from kg.extract.llm.schema import Found
from kg.model import Article, Mention, Span, Statement

_SHORTEST: Final = 2  # words of a quote: fewer stand in many sentences
_LONGEST: Final = 3  # sentences that a quote may touch: more are no evidence for one act
_CONFIDENCE: Final = 0.7


class RejectedError(Exception):
    """A claim that the passage does not bear out; the message is what it is counted as."""


class Gate:
    """Lets claims about one article through."""

    def __init__(self, article: Article, mentions: Mentions, cue: str) -> None:
        self._article, self._mentions, self._cue = article, mentions, cue
        self._text = Searchable(article.text)

    def statement(self, found: Found, passage: Passage) -> Statement:
        """Return a claim of a passage as a statement, with its sentences as quote. Raises RejectedError."""
        quoted = self._quoted(found, passage)
        quote = self._sentences(quoted, passage)
        actor = self._mention(found.actor, quote, passage, "actors")
        recipient = self._mention(found.recipient, quote, passage, "actors")
        if actor.span.overlaps(recipient.span):
            raise RejectedError("claims of one actor with itself")
        absent = sum(not quote.covers(mention.span) for mention in (actor, recipient))
        if absent > self._mentions.stand_ins(quote):
            raise RejectedError("actors not in the quote")
        speakers = (self._mention(words, quote, passage, "speakers") for words in self._told_by(found))
        place = self._mentions.find(found.place, near=quote, within=passage.span) if found.place else None
        return Statement(
            relation=found.relation,
            actor=actor,
            recipient=recipient,
            modality=found.modality,
            trigger=next(iter(self._text.find_name(found.trigger, quoted)), quoted),
            quote=quote,
            speakers=tuple(dict.fromkeys(speaker for speaker in speakers if speaker != actor)),
            when=self._when(found.when, quote, passage),
            place=place,
            confidence=_CONFIDENCE,
            cues=(self._cue,),
        )

    def _quoted(self, found: Found, passage: Passage) -> Span:
        if len(found.quote.split()) < _SHORTEST:
            raise RejectedError("quotes too short")
        places = self._text.find(found.quote, passage.span)
        if not places:
            raise RejectedError("quotes not in the text")
        return places[0]

    def _sentences(self, quoted: Span, passage: Passage) -> Span:
        """Return the whole sentences of a quote: half of one may leave out its "not"."""
        touched = [sentence for sentence in passage.sentences if sentence.overlaps(quoted)]
        if len(touched) > _LONGEST:
            raise RejectedError("quotes too long")
        return Span(touched[0].start, touched[-1].end)

    def _mention(self, words: str, near: Span, passage: Passage, what: str) -> Mention:
        found = self._mentions.find(words, near=near, within=passage.span)
        if found is None:
            raise RejectedError(f"{what} not in the text")
        return found

    def _told_by(self, found: Found) -> list[str]:
        """Return the speakers; an outlet that is named for its own article is the narrator."""
        outlet = self._article.publisher.casefold()
        return [words for words in found.speakers if words.strip() and words.strip().casefold() != outlet]

    def _when(self, words: str, quote: Span, passage: Passage) -> Span | None:
        for within in (quote, passage.span):
            if found := self._text.find_name(words, within):
                return found[-1]
        return None
