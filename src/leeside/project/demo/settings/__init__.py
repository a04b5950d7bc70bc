"""Settings of a demo: each role as it is on a real line, and the chairs besides."""
