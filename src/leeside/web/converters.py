"""Parts of addresses: a language that we have, and a line's word."""

from leeside.web.languages import LANGUAGES


class LanguageConverter:
    """`ru`, `en`, `uk`: whatever stands in `languages.LANGUAGES`, and nothing else."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value
