"""Settings of the small roles."""

SECRET_KEY = "not a secret: nothing is signed with it"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "plugins.small_roles.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, object]] = {}
USE_TZ = True
