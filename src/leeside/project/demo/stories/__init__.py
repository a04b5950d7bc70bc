"""What the line did with the twelve beyond answering: one file for each part of the work, its texts beside it.

A story module has `play(filler, cases)`, which calls the desk's own flows; `cases` maps a code name's slug to its case.
Whatever somebody says or writes in it stands in the TOML file of the same name, in three languages, so that
`demo prove` looks for it.
"""
