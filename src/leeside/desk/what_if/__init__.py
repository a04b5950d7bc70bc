"""What the law would give to facts that nobody wrote to us: chosen on a page, or those of a case with some changed.

Nothing of it is stored, sent or counted, and no address carries a fact: what was chosen stands in the posted form and
in the page that answers it. Taking over the facts of a case opens that case, which is on record as any reading is.
"""
