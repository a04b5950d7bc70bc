"""The mailbox's addresses."""

from django.urls import URLPattern, URLResolver, include, path

from leeside.web import errors

urlpatterns: list[URLPattern | URLResolver] = [path("", include("leeside.door.mailbox_urls"))]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
