"""The store's tables, step by step. Real names, and no data moves in them yet."""
