"""How each thing in a case is told on the timeline, one file for each part of the work.

A file exports `KINDS` (entry kind -> teller), `EVENTS` (event name -> its line), `HIDDEN_EVENTS` and `CHIPS` (kind ->
filter), and `registry` joins them. A kind or event that nobody tells is shown as newer than this program.
"""
