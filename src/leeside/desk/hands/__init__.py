"""A case passes from hand to hand: assigned, handed over, stood in for, swapped; and what is erased of it.

Nobody here types a name of a key: who may hold what is asked of the roster and the pack, each time.
"""
