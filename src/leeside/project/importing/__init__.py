"""Cases from a file: rows of a table become sealed parcels like any other. Nobody has to be signed in.

It reads standard input and writes nothing but sealed cases; no cell of the table is ever printed, logged or put into
another file. The file itself stays what it was, in clear: whoever has it shreds it.
"""
