"""The child that draws. It runs alone (`python -I`), imports nothing of Leeside but this package, and no key is in it.

It takes one file on standard input and gives raw pixels on standard output. Whatever a file makes it do, it has no
file system, no network, no other process, little memory and little time (`confine`); and what it gives is not trusted
either (`desk.files.drawing`).
"""
