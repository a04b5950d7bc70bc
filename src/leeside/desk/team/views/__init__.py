"""HTTP and nothing else: each view reads a request, calls one flow and shows a page."""
