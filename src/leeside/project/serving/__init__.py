"""Serving: one supervisor, four roles as separate processes on separate ports, workers that are replaced to forget."""
