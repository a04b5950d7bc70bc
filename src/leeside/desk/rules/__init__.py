"""The guide's rules at the desk, for whoever reads them as a lawyer: all of them, one of them, trying one, signing.

A rule belongs to the pack, and a pack is files that the keeper puts there: nothing here writes into it. What the desk
keeps of a rule is who of the line's lawyers signed for it (`reviews`), and a signature is worth what the roster says.
"""
