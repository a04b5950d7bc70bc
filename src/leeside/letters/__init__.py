"""Papers: the text of a pack and the facts of a case in, the bytes of a Word file or of a PDF out.

The desk and the command line talk to it. It knows one paper at a time and keeps nothing: what it is given lies in
memory, what it gives back is bytes, and it neither reads nor writes a file but its own forms. It imports `packs`; the
guide's verdicts, the case and the day are handed in. Nothing in it talks to a network.
"""
