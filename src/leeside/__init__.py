"""Leeside: a sealed help line. People in danger write in, few may read, only figures come out."""
