"""Addresses, one module a role; each mounts an app's own addresses and nothing else."""
