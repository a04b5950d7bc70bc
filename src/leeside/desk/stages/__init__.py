"""How far a case is and what is due in it: stages, outcomes that may come late, following up after closing."""
