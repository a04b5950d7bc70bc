"""Shared by the tests of the sealing zone: one seeded random source a test, and hypothesis kept short."""

from hypothesis import HealthCheck, settings

settings.register_profile("sealing", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sealing")
