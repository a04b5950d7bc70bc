"""What the law offers a person on a day: rules and terms over facts, and why.

Who talks to it: `desk`, which shows its results to counsellors, and the command line.

What it may know: the facts of one case as plain values, the day, and a pack's guidebook. What it must never know: whose
case it is, a text that somebody wrote, a key, or the clock: the day is handed in.

What it may import: the standard library, `packs`, and `holidays` for days off (`days_off` only).

The way through, once: `evaluating` says which rules apply, which lie ahead and which nobody can tell yet; `deadlines`
counts the days of their terms; `asking` finds the question that would decide most; `explaining` turns results into
sentences. `comparing` finds the cases whose result a changed rule turns, `drawing` draws a rule for people, `auditing`
lists what a reviewer has to look at.
"""
