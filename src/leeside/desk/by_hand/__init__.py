"""What comes by telephone: a case that somebody of the line writes down, and what a person said in an open one.

The text is typed here by a colleague and sealed like any other; nothing of it is kept anywhere else.
"""
