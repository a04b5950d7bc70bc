"""Writing to the writer and for ourselves: drafts, the second pair of eyes, canned answers, the composers.

Nothing typed is lost: every refusal gives the text back, and a sealed draft outlives the session.
"""
