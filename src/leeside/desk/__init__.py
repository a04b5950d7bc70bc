"""The staff side: sign-in, queue, case page, people, the publisher's month.

Who talks to it: staff, in a browser, each with a name, a passphrase and a one-time code; and the command line, which
calls the same flows. What it may know: what the person of this request may read, for the length of this request.
What it must never do: keep plaintext anywhere after the answer is sent; take a public key from a table on trust;
hand a passphrase, a private key or plaintext to the vault. Only `desk.keyring` opens anything.

It may import web, vault.store, tally, packs and sealing; never door, figures or courts.

The files: `keyring` opens and verifies; `sessions` and `signing_in` let people in; `founding`, `invitations`,
`admission`, `removal`, `epochs` are the flows about people; `opening` makes a case legible and puts the reading on
record; `holding`, `answering`, `notes`, `facts`, `steps`, `circles`, `confirming`, `closing`, `grants` are the flows
about cases; `permissions` is the one table of who may do what; `views` and its neighbours speak HTTP and nothing else.
"""
