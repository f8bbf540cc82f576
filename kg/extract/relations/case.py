"""German case from determiners and adjective endings: it mends objects that the parser took for subjects."""

from kg.extract.actors.chunks import Chunks
from kg.extract.syntax.doc import Doc, Token
from kg.knowledge.words import word_set
from kg.model import Kind

_PLAIN = {
    "den": "acc", "einen": "acc", "seinen": "acc", "ihren": "acc", "diesen": "acc", "keinen": "acc",
    "dem": "dat", "einem": "dat", "seinem": "dat", "ihrem": "dat", "diesem": "dat",
    "des": "gen", "eines": "gen", "seines": "gen", "ihres": "gen",
}  # fmt: skip


def case_of(token: Token, doc: Doc, chunks: Chunks) -> str:
    """Return nom, acc, dat or gen where the words show it, else "". German only; raises nothing."""
    determiner = next((c.form.lower() for c in doc.children(token.i, "det")), "")
    if determiner in _PLAIN:
        return _PLAIN[determiner]
    adjectives = [c.form.lower() for c in doc.children(token.i, "amod")]
    if determiner == "der":
        if adjectives:
            return "nom" if all(a.endswith("e") for a in adjectives) else "dat"
        return _without_adjective(token, chunks)
    if determiner in {"ein", "sein", "ihr", "kein"} and any(a.endswith("er") for a in adjectives):
        return "nom"
    if determiner in {"einer", "seiner", "ihrer"}:
        return "dat"
    return ""


def _without_adjective(token: Token, chunks: Chunks) -> str:
    """Tell "der Präsident" (nominative) from "der Präsidentin", "der Türkei" (dative)."""
    form = token.form
    if form in word_set("masculine_name", "de"):
        return "nom"
    chunk = chunks.at(token.i)
    if chunk and chunk.mention.kind in {Kind.OFFICE, Kind.PERSON} and not chunk.mention.plural:
        return "dat" if form.endswith("in") else "nom"
    return "dat" if form.endswith(("ung", "schaft", "heit", "keit", "tion", "ei", "in")) else ""
