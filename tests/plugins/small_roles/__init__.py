"""Four roles of almost nothing, to test supervising and forgetting without the rest of the house."""
