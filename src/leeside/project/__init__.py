"""The project: settings per role, addresses, the server and the command line.

It is the only zone that may import everything, and nobody imports it. It starts processes, keeps files in
their places and asks the vault for counts; it never opens anything sealed and never holds a person's key.
"""
