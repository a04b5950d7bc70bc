"""The pages of the queue."""
