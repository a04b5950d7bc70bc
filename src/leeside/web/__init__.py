"""The page frame that every screen of Leeside stands in: style, headers, language, dates, error pages.

Talks to it: `door`, `desk`, `figures` and `project`. It may know a request's path and method. It must never
know a receipt, an answer, a key or a person, and it never writes an address, a user agent or a body to a log.
It imports Django and nothing of Leeside.
"""
