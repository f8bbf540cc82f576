"""Family names alone: where an article names "Albrecht Conze", a "Conze" that the model overlooks is he."""

import re

from kg.extract.actors.labels import Label
from kg.extract.syntax.doc import Doc
from kg.model import Kind, Span

_SHORTEST = 4  # letters; shorter names are too often words


def family_names(doc: Doc, labels: dict[int, Label]) -> dict[int, Label]:
    """Return labels for unlabelled words that are the last word of a person's name in full, by token."""
    text, found = doc.article.text, dict[int, Label]()
    persons = {label.start: label for label in labels.values() if label.what == "person"}
    names = {doc.text(Span(doc[p.start].span.start, doc[p.end - 1].span.end)): p for p in persons.values()}
    families = {name.split()[-1]: person for name, person in names.items() if " " in name}
    for family, person in sorted(families.items()):
        if len(family) < _SHORTEST or not family[:1].isupper():
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(family)}(?![\w-])", text):
            tokens = [t.i for t in doc.tokens if match.start() <= t.span.start and t.span.end <= match.end()]
            if tokens and not any(i in labels for i in tokens):
                label = Label(tokens[0], tokens[-1] + 1, "person", person.ids, kind=Kind.PERSON)
                found.update(dict.fromkeys(tokens, label))
    return found
