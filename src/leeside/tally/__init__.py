"""Counting for the public: counts in; disclosure control, comparisons and statements out.

Who talks to it: `figures`, which makes editions of what comes out; the publisher's pages of `desk` and the command
line, which hand in tally rows and definitions; `courts`, whose counts take the same shape.

What it may know: for each tally row its month, its kind and a few published dimensions. What it must never know: a
case, a person, a text, a key, or where the rows were stored. It does no input or output, reads no clock and no
settings, and runs without Django.

What it may import: the standard library and `packs`. What it counts by are plain types of its own (`definitions`), so
that a court's counts, or a question a journalist asks once, are counted by the same code; only `pack_definitions` knows
how a pack writes them down.

The way through, once: rows -> `counting` -> `disclosure` (and `tables`) -> `comparisons` -> `statements`. Nothing
after `disclosure` sees a number that is not published. `attack` plays the reader who tries to get back behind it.
"""
