"""The lines of ``kg extract``: for other programs, with the words of the roles, and to read."""

from kg.knowledge.entities import KnowledgeBase, knowledge_base
from kg.model import Article, Claim
from kg.records import Record, claim_record


def contract_record(claim: Claim, article: Article, kb: KnowledgeBase | None = None) -> Record:
    """Return a claim as a record, with ``mention``, the words of each role, and the ``country`` of its place.

    Raises TableError if a table of the knowledge base is broken.
    """
    record = claim_record(claim)
    for role in (record["actor"], record["recipient"], *record["speakers"]):
        if "start" in role:
            role["mention"] = article.text[role["start"] : role["end"]]
    if claim.place:
        known = (kb or knowledge_base()).records.get(claim.place.id)
        record["place"]["country"] = known.country if known else ""
    return record


def readable_line(claim: Claim) -> str:
    """Return a claim as a line to read: who did what to whom, according to whom, and the quote.

    Control characters of the article are left out, since they would steer the terminal. Raises nothing.
    """
    speakers = claim.said_by(lambda entity: entity.label("en")) or "narrator"
    when = f" on {claim.time.start}" if claim.time else ""
    where = f" in {claim.place.label('en')}" if claim.place else ""
    line = (
        f"{claim.actor.entity.label('en')} {claim.relation} {claim.recipient.entity.label('en')} "
        f"({claim.modality}){when}{where} [{speakers}]: {' '.join(claim.quote.split())}"
    )
    return "".join(character for character in line if character.isprintable())
