"""The WSGI application of whichever role DJANGO_SETTINGS_MODULE names, such as `leeside.project.settings.door`.

There is one module for all roles, so that no role can be started with another one's settings by a wrong file name.
"""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
