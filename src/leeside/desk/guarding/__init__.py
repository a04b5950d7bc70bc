"""Flows and pages of safety: safe contact, the graded check, code phrases, the silence watch, a seized device.

What they write, `desk.safety` reads; low modules ask that, and never this.
"""
