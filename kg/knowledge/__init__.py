"""What the tables under ``data/lexicon`` say: entities and their names, predicates, small words."""
