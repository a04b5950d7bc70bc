"""Recall: which open cases were told something that is another today, what changed, and the word that follows.

The files: `asking` is the flow that has the cases compared, and `comparing` what the child does that searches run in;
`told` reads what a case was told, `readiness` says where no line to many may go; `groups` puts what differs together by
old and new; `drafting` begins the line that is sent, `sending` sends it case by case or sets a case aside; `views`
speaks HTTP.

What it must never do: keep a list of who was told what. It is worked out anew each time, shown, and forgotten.
"""
