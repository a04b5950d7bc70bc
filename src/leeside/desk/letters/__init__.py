"""Papers of a case: drafted in memory from what the case knows, kept sealed, read by a second pair of eyes, given.

Nothing of a paper touches the disk in clear: it is made for one answer, or sealed as it is made. `leeside.letters`
words and writes it; here stands who may, where each value comes from, and what the case remembers of it.
"""
