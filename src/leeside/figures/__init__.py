"""The public figures: pages, charts, data and posts, made from published editions.

Who talks to it: everyone, through the role `public`, which runs without a database, a key or a session.

What it may know: the folders under `editions/`, and what the settings say about the lines. What it must never know:
a tally row, a case, the vault, sealing. It writes nothing.

Whom it may import: `web` for the frame of a page, `tally` for reading editions and for words.
"""
