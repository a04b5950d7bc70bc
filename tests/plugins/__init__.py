"""Pytest plugins of our own: databases, promises, requirements."""
