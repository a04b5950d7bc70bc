"""The people of a line: how they come, what they may, their shifts and training, their own page, how they leave.

Everything here that changes who may open what goes through one signed step of the roster (`roster_steps`), stored
together with the role keys that belong to it: there is no moment at which one is there without the other.
"""
