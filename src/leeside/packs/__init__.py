"""Packs: the folders of plain files that make a line what it is, read into typed, immutable objects.

Who talks to it: everything above. `door` draws its form from a pack and reads answers with it; `desk` shows
answers, reasons, stages and outcomes by it; `figures` and `tally` take their definitions from it; `project`
checks packs from the command line.

What it may know: the files of a pack, and answers that are handed in for the length of one call.
What it must never know: a key that opens anything, a case, a database, the network, the hour (`today` is always
handed in). It writes nothing. No module of it may name a pack: what a line is stands in the pack's files, not in code.

It may import the standard library and `leeside.sealing.compartments`, which only names the compartments;
`sealing_answers` and `promise_times` alone also seal and hash, and import nothing that opens.
"""
