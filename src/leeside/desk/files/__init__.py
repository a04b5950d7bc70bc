"""Files of a case: what a writer sent, what colleagues attach, what is given back; looked at as pixels only.

No byte of a file is ever interpreted in a process that holds a key. `pixels` draws in a child that can reach nothing;
`host` gives pixels and downloads out under another name than the desk's own.
"""
