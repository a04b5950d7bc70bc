"""The desk: the staff's pages. It unseals what the signed-in person may read, in processes that are replaced."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "desk"
ALLOWED_HOSTS = CONFIGURATION.hosts(LEESIDE_ROLE)
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.desk"]
# Whatever is asked for under the second name, for files, is answered before anything else sees it.
MIDDLEWARE = ["leeside.desk.files.host.FilesHost", *FRAME_MIDDLEWARE, *COOKIE_MIDDLEWARE]
ROOT_URLCONF = "leeside.project.urls.desk"
CSRF_COOKIE_NAME = "__Host-desk-csrf"
LEESIDE_WEB_OWN_SCRIPTS = True
# Django's own page would lose what somebody typed.
CSRF_FAILURE_VIEW = "leeside.desk.views.signing.show_stale_page"
