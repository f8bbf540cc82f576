"""The learned relation layer: pairs of actors -> which relation, at which word."""
