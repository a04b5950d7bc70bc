"""Django settings, one module a role; what differs between installations is read by `configuration`."""
