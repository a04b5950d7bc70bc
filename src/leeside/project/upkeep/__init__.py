"""Upkeep: migrations, copies, restores and checks of an installation. It moves sealed bytes and opens nothing."""
