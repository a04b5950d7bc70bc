"""The public side: the form, the receipt, intake, and the mailbox in which a writer finds the answer.

Talks to it: people in danger, in a browser, often without script; and browsers or letters that bring ready parcels.
Two roles run it as two processes. The **door** (`urls`, `intake` and what they use) holds what one request typed
for the length of that request, seals it and forgets it; it has no key that opens anything and must never load
`leeside.sealing.unseal`. The **mailbox** (`mailbox_urls`, `mailbox` and what they use) opens one writer's
conversation for one request, with what that writer's receipt derives.

It must never know who somebody is: it reads no address and no user agent, sets no cookie before the mailbox, and
logs nothing of a request. It must never keep a receipt, an answer or a reply anywhere but inside a seal.

It imports `web`, `vault.store`, `packs` and `sealing`.
"""
