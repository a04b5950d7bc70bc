"""Papers: the ledger of who physically holds which, and what went out to an authority and waits for an answer.

Everything lies sealed in `work`. No number of a person's paper is asked and no image kept here: those are identity.
"""
