"""Finds who says so: the chain of sources of a statement, outermost last."""

from collections.abc import Iterator

from kg.extract.actors.chunks import Chunk
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.fillers import together, without
from kg.extract.relations.frames import Match
from kg.extract.relations.quoted import quoted_speaker
from kg.extract.relations.reported import is_reported, speaker_before
from kg.extract.syntax.doc import Token
from kg.knowledge.entities import knowledge_base
from kg.knowledge.values import MEDIA
from kg.knowledge.words import word_set, word_table
from kg.model import Kind, Mention
from kg.ontology import VERBAL, relation_types

_OWN_LINKS = frozenset({"ccomp", "parataxis", "dep", "xcomp"})
"""How a predicate hangs on the verb that reports it."""
_LINKS = _OWN_LINKS | {"obj"}
"""How a clause or noun over it does."""
_MEDIUM = "media"  # the kind of "newspaper" in the table of collectives
_SHORT = 5  # letters: shorter nouns are the end of too many other words
_OF = frozenset({"", "by", "des", "durch", "from", "of", "von", "'s"})  # between a report and its author
_OWN, _BY = frozenset({"eigen", "eigene", "own"}), frozenset({"nach", "laut", "by"})
_OPENING = frozenset({":", "„", "»", "“", '"'})  # before what is said
_FIRST_PERSON = frozenset({"1sg", "1pl"})


def speakers_of(match: Match, clauses: Clauses) -> tuple[Mention, ...]:
    """Return the chain of speakers of a match; empty where the narrator says it.

    The actor of an act of speech is not its own speaker, as the annotation guide says.
    """
    actors = {filler.chunk.start for filler in match.actors}
    performed = _is_performed(match, clauses)
    own = _own_words(match.token, clauses)
    chain = [
        *list(_told_by(match.token, clauses))[performed:],  # the first is who says "I"
        *_phrases(match.token, clauses),
        *own,
        *clauses.asides_in(clauses.doc.sentence(match.token.i)),
    ]
    if not chain and not performed:
        chain = quoted_speaker(match.token, clauses)
    if not chain and is_reported(match.token, clauses):
        chain = speaker_before(match.token, clauses)
    return without(
        dict.fromkeys(chain), actors - {chunk.start for chunk in (*own, *_own_account(match, clauses))}
    )


def _own_account(match: Match, clauses: Clauses) -> list[Chunk]:
    """Return who tells of what he did: "denied having met him", "bestätigte, ... zu haben".

    Who announces what he will do says it by announcing.
    """
    verb = clauses.doc[match.token.head]
    announced = word_table("operator", clauses.language).get(clauses.lemma(verb)) == "planned"
    if match.token.rel != "xcomp" or announced or not clauses.is_speech(verb):
        return []
    return clauses.speaking(verb)


def _is_performed(match: Match, clauses: Clauses) -> bool:
    """Tell whether an act is done by the words that say it: "I thank John", "wir fordern ihn auf"."""
    first_person = any(filler.chunk.mention.head in _FIRST_PERSON for filler in match.actors)
    verbal = relation_types()[match.frame.relation].quad in VERBAL
    lemma, auxiliaries = match.token.lemma.lower(), clauses.doc.children(match.token.i, "aux")
    return first_person and verbal and not auxiliaries and match.token.form.lower() in {lemma, lemma[:-1]}


def speech_subjects(token: Token, clauses: Clauses) -> list[Chunk]:
    """Return who says a clause, the innermost first."""
    chain = [*_told_by(token, clauses), *clauses.asides_in(clauses.doc.sentence(token.i))]
    return list(dict.fromkeys(chain))


def _told_by(token: Token, clauses: Clauses) -> Iterator[Chunk]:
    """Yield whom nouns such as "Meldungen" and the verbs of speech over a predicate name."""
    reports = [(noun, _authors(noun, clauses)) for noun in _reports_over(token, clauses)]
    yield from (author for _, authors in reports for author in authors)
    answered = {noun.head for noun, authors in reports if authors}  # who denies a report does not say it
    for verb in _speech_verbs(token, clauses):
        if verb.i not in answered:
            yield from _chain_of(verb, clauses)


def _reports_over(token: Token, clauses: Clauses) -> Iterator[Token]:
    """Yield the nouns that tell what a predicate says: "Berichte der Times, wonach ...", "the claim that ..."."""
    current, told = token, False
    for ancestor in clauses.doc.ancestors(token.i):
        # The parser may hang the clause to the author, or to the verb over the noun.
        told = current.rel == "acl" or (told and current.rel in {"nmod", "appos"})
        if told and _is_report(ancestor, clauses):
            yield ancestor
        reported = current.rel in {"parataxis", "advcl"} and is_reported(current, clauses)
        if current.rel == "ccomp" or reported:
            objects = clauses.doc.children(ancestor.i, "obj")
            yield from (noun for noun in objects if noun.i < current.i and _is_report(noun, clauses))
        current = ancestor


def _is_report(noun: Token, clauses: Clauses) -> bool:
    return noun.upos == "NOUN" and _stands_in("report_noun", noun.lemma.lower(), noun, clauses)


def _authors(noun: Token, clauses: Clauses) -> list[Chunk]:
    """Return whose report it is: "Meldungen des Senders", "US-Vorwürfe", "claims by Iran"."""
    owners = [c for c in clauses.doc.children(noun.i, "nmod") if clauses.case(c) in _OF]
    owners += clauses.doc.children(noun.i, "amod", "det", "compound")
    return together(filler for owner in owners for filler in clauses.fillers(owner, "source"))


def _speech_verbs(token: Token, clauses: Clauses) -> Iterator[Token]:
    """Yield the verbs of speech over a predicate, the innermost first."""
    doc = clauses.doc
    current = token
    yield from _inserted(current, clauses)
    for ancestor in doc.ancestors(token.i):
        links = _OWN_LINKS if current.i == token.i else _LINKS
        told = current.rel in links and not _stands_beside(current, ancestor, clauses)
        told = told and (current.rel != "xcomp" or current.upos in {"VERB", "AUX"})  # "called it an attack"
        if ancestor.upos in {"VERB", "AUX"} and told and clauses.is_speech(ancestor):
            yield ancestor
        yield from _inserted(ancestor, clauses)
        current = ancestor


def _stands_beside(clause: Token, verb: Token, clauses: Clauses) -> bool:
    """Tell a sentence of its own after a verb of speech: "A sprach von Terror; B zog sich zurück"."""
    if clause.rel != "parataxis" or clause.i < verb.i:
        return False
    marks = {token.form for token in clauses.doc.children(clause.i, "punct") if token.i < clause.i}
    if ";" in marks:
        return True
    said = marks & _OPENING or is_reported(clause, clauses)
    return not said and _is_clause_of_its_own(clause, clauses)


def _inserted(token: Token, clauses: Clauses) -> Iterator[Token]:
    """Yield verbs of speech put into or after a clause: "..., sagte X", "wie X mitteilte"."""
    for child in clauses.doc.children(token.i, "parataxis", "advcl", "ccomp"):
        own_clause = child.rel == "parataxis" and _is_clause_of_its_own(child, clauses)
        if own_clause or not clauses.is_speech(child):
            continue
        marks = {c.form.lower() for c in clauses.doc.children(child.i, "mark", "advmod", "case")}
        beside = child.rel == "parataxis" or (not marks and _is_misread(child, token, clauses))
        added = beside and not clauses.doc.children(child.i, "ccomp", "obj")
        if added or marks & word_set("as_said", clauses.language):
            yield child


def _is_misread(clause: Token, said: Token, clauses: Clauses) -> bool:
    """Tell an English clause that the parser took for an adverbial one: "Iran attacked, Macron told parliament"."""
    behind = clauses.language == "en" and clause.rel == "advcl" and clause.i > said.i
    return behind and clauses.subject(clause) is not None


def _is_clause_of_its_own(verb: Token, clauses: Clauses) -> bool:
    """Tell whether a German clause has its subject first: ", X spricht von Terror"; a report has ", sagte X"."""
    if clauses.language != "de":
        return False
    finite = min([verb, *clauses.doc.children(verb.i, "aux")], key=lambda token: token.i)
    return any(subject.i < finite.i for subject in clauses.doc.children(verb.i, "nsubj"))


def _chain_of(verb: Token, clauses: Clauses) -> list[Chunk]:
    """Return who a verb of speech names, innermost first: sources it cites, its subject, the medium it was said to."""
    chain = [
        filler.chunk for source in _cited(verb, clauses) for filler in clauses.fillers(source, "source")[:1]
    ]
    subject = clauses.subject(verb)
    if clauses.is_passive(verb):
        subject = next(clauses.agent(verb), None)
    if subject is not None:
        chain.extend(together(clauses.fillers(subject, "speaker")))
    for addressee in clauses.doc.children(verb.i, "iobj", "obl", "obj"):
        chunk = clauses.chunks.at(addressee.i)
        if chunk and not clauses.case(addressee) and _is_medium(chunk, clauses):
            chain.append(chunk)
    return chain


def _is_medium(chunk: Chunk, clauses: Clauses) -> bool:
    """Tell whether who is told something tells it on: a medium, or a name that nobody knows."""
    mention = chunk.mention
    if mention.kind is not Kind.ORGANISATION or mention.offices:
        return False
    if not mention.name:
        return word_table("collective", clauses.language).get(mention.head) == _MEDIUM
    records = [knowledge_base().records.get(candidate) for candidate in mention.candidates]
    return not records or any(record and record.subkind in MEDIA for record in records)


def _cited(verb: Token, clauses: Clauses) -> Iterator[Token]:
    """Yield the sources after "unter Berufung auf" and "citing"."""
    nouns = word_set("citing", clauses.language)
    start, end = clauses.doc.sentence(verb.i).start, clauses.doc.sentence(verb.i).end
    for token in clauses.doc.tokens[start:end]:
        if token.form.lower() in nouns and any(a.i == verb.i for a in clauses.doc.ancestors(token.i)):
            below = clauses.doc.children(token.i, "nmod", "obj", "obl")
            if below:
                yield from below[:1]
            else:  # the parser may hang the source to the verb: take the next actor within the sentence
                following = (clauses.chunks.at(i) for i in range(token.i + 1, min(token.i + 8, end)))
                found = next((chunk for chunk in following if chunk), None)
                if found:
                    yield clauses.doc[found.head]


def _phrases(token: Token, clauses: Clauses) -> list[Chunk]:
    """Return the sources named by a phrase ("laut X", "X zufolge", "nach Angaben von X") over a predicate."""
    found: list[Chunk] = []
    doc = clauses.doc
    simple = word_set("source_case", clauses.language)
    for host in (token, *doc.ancestors(token.i)):
        for child in doc.children(host.i, "obl", "nmod", "advmod", "advcl", "nsubj", "obj", "parataxis"):
            cases = {c.form.lower() for c in doc.children(child.i, "case", "mark", "advmod", "fixed")}
            if cases & simple and (clauses.language == "de" or "according" in cases or "per" in cases):
                found.extend(together(clauses.fillers(child, "source")))
            elif cases & {"nach", "laut", "aus"} and _stands_in(
                "source_noun", child.form.lower(), child, clauses
            ):
                for owner in (*doc.children(child.i, "nmod"), *doc.children(child.i, "amod", "det")):
                    found.extend(together(clauses.fillers(owner, "source")))
            elif cases & {"in"} and host.lemma == "heißen" and _is_report(child, clauses):
                found.extend(_authors(child, clauses))
            elif child.form.lower() == "according":
                for source in (*doc.children(child.i, "obl", "nmod"), child):
                    found.extend(together(clauses.fillers(source, "source")))
    return found


def _own_words(token: Token, clauses: Clauses) -> list[Chunk]:
    """Return whose own account a clause is: "Die Armee hat nach eigenen Angaben ...", "by its own account"."""
    for host in (token, *clauses.doc.ancestors(token.i)):
        for phrase in clauses.doc.children(host.i, "obl", "nmod"):
            own = any(child.lemma.lower() in _OWN for child in clauses.doc.children(phrase.i, "amod", "det"))
            if (
                own
                and clauses.case(phrase) in _BY
                and _stands_in("source_noun", phrase.form.lower(), phrase, clauses)
            ):
                return clauses.speaking(host)
    return []


def _stands_in(table: str, word: str, token: Token, clauses: Clauses) -> bool:
    """Tell whether a table has a word such as "Angaben", in German also as the end of a noun ("Militärangaben")."""
    words = word_set(table, clauses.language)
    joined = clauses.language == "de" and token.upos == "NOUN"
    return word in words or (joined and any(len(end) > _SHORT and word.endswith(end) for end in words))
