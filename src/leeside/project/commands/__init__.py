"""The commands, one module each: each parses its words, calls the module that does the work, and prints."""
