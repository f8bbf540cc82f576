"""From clauses to statements: predicates, who fills their roles, modality, speakers, time and place."""
