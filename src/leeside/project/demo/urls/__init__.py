"""Addresses of a demo: those of the real role, and the demo's own pages before them."""
