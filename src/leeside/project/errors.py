"""What the command line says in one line instead of a traceback."""


class ProjectError(Exception):
    """Something an operator can put right; its text is one full sentence and holds nothing of any case."""

    exit_status = 1


class ConfigurationError(ProjectError):
    """A setting is wrong, unknown or missing; the text begins with its name."""

    exit_status = 2


class InstallationError(ProjectError):
    """The folder is not an installation, is half made, or a program it needs is missing."""
