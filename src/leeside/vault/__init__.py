"""The blind store: it keeps sealed bytes, opaque ids and a few marks, and opens nothing.

Who talks to it: `door`, `desk` and `project`, through `vault.store` only; nobody outside touches its models.
What it may know: that a case exists, its day, language, channel, circle, state, owner's opaque id, urgency class,
look-by bucket, code name, sizes in steps, who was granted what. The list of every column is `columns.py`.
What it must never know: a passphrase, a private key, a receipt, an address, a name or a word of anybody.
What it may import: `sealing` (formats, hashes, and `sealing.shred`, which nobody else imports) and Django.

Three databases: `default` (the data, in backups), `shred` (one random key a case, only ever backed up as the newest
copy) and `fleeting` (sessions, holds, one-time addresses; in no backup at all).
"""
