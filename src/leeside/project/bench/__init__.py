"""Measurements: what `./leeside bench NAME` runs. It measures and prints; it never decides whether a test passes."""
