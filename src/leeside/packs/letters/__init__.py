"""The papers of a pack: what each says, in which language, and where each of its blanks is filled from.

One paper is one text of data, `letters/<id>.<language>.toml`; its form is shared and lies in `leeside.letters`, which
fills and writes it. The package reads and checks; it knows no case and no day.
"""
