"""What a case's entries say about safety: safe contact, the graded check, the silence watch, a seized device.

Only reading and arithmetic lie here, so that the low modules (`opening`, `changes`, `outgoing`) may ask; the flows that
write are in `desk.guarding`. Nothing here imports a flow or a page.
"""
