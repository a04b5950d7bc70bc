"""The queue: which cases, in which order, whose clock runs out, and who is told.

It opens cards and no more of a case. Whatever it changes, a flow of the case changes.
"""
