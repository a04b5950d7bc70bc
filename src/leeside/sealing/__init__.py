"""The sealing zone: everything that locks, and the one module that unlocks.

Who talks to it: every zone above it. What it may know: keys and plain bytes, for the length of one
call. What it must never do: keep anything, write or send anything, log, read a clock, or put
content, keys or receipts into an exception. It imports no other zone, and no other zone imports the
cryptography library.

Split by capability, so that an import line tells what a module can do:

* ``seal`` needs no secret that opens what was sealed to somebody else;
* ``unseal`` is the dangerous one: only ``desk.keyring``, ``door.mailbox`` and ``door.courier``
  may import it, and the door's intake process never loads it;
* ``shred`` wraps what is sealed already, for the vault alone.

Every shape that leaves this zone is specified byte by byte in ``docs/format.md``.
"""
