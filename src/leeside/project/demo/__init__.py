"""The demo: an invented line with invented people, so that a stranger can sit on every chair in a minute.

This package is in no settings but a demo's. It talks to everything (it stands in `project`), listens on localhost
only, and signs its colleagues in through the real flow with one check skipped: a one-time code may be used twice.
It must never be loaded by a real installation; `tests/boundary` proves that it is not.
"""
