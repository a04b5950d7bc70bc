"""Numbered checks of dangerous database settings (filled below)."""
