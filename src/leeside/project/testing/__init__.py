"""The test command: linters, types, import contracts, tests on both databases, and the table of promises."""
