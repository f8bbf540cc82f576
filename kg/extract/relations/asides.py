"""Sources put into a sentence without a verb: ", so das Portal am Sonntag, "."""

from kg.extract.actors.chunks import Chunk, Chunks
from kg.extract.syntax.doc import Doc


def asides_of(doc: Doc, chunks: Chunks) -> dict[int, Chunk]:
    """Return the sources put in as ", so das Portal am Sonntag," by the first token of their chunk."""
    found = {}
    for token in doc.tokens:
        if (
            token.form != "so"
            or doc.article.language != "de"
            or token.i == 0
            or doc[token.i - 1].upos != "PUNCT"
        ):
            continue
        following = token.i + 1
        while following < len(doc) and doc[following].upos in {"DET", "ADJ"} and chunks.at(following) is None:
            following += 1
        chunk = chunks.at(following) if following < len(doc) else None
        if chunk:
            found[chunk.start] = chunk
    return found
