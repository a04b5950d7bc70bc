"""All roles' addresses under one root, for the type checker and for tests that need several roles at once.

Door and mailbox share the shape of their addresses, so everything but the door has a prefix here.
"""

from django.urls import URLPattern, URLResolver, include, path

from leeside.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("mailbox/", include("leeside.door.mailbox_urls")),
    path("desk/", include("leeside.desk.urls")),
    path("public/", include("leeside.figures.urls")),
    path("", include("leeside.door.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
