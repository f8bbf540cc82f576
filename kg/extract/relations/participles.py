"""Tells German participles by their form: the treebanks' tag VERB does not."""


def looks_like_participle(form: str) -> bool:
    """Tell whether a German verb form can be a perfect participle.

    >>> looks_like_participle("getroffen"), looks_like_participle("verurteilt"), looks_like_participle("treffen")
    (True, True, False)
    """
    lower = form.lower()
    return (
        (
            "ge" in lower[:8]
            and lower.endswith(("t", "en", "te", "ten", "ter", "tes", "tem", "ene", "enen", "ener", "enes"))
        )
        or lower.endswith(("iert", "ierte", "ierten"))
        or (
            lower.startswith(("be", "ver", "er", "ent", "zer", "über", "unter", "miss"))
            and lower.endswith(("t", "te", "ten", "ter"))
        )
    )
