"""Addresses of the mailbox: words in, conversation, reply, erase, exit."""

from django.urls import path

import leeside.door.converters  # noqa: F401 -- registers <language:...>
from leeside.door import conversation_views, file_views
from leeside.door import mailbox_views as views

app_name = "mailbox"
urlpatterns = [
    path("", views.show_start, name="start"),
    path("exit", views.leave, name="exit"),
    path("exit/left", views.leave_for_good, name="left"),
    path("exit/last", views.leave_at_last, name="last"),
    path("health", views.show_health, name="health"),
    path("<language:language>/", views.show_start, name="start_in"),
    path("<language:language>/<slug:address>", views.add_slash),
    path("<language:language>/<slug:address>/", views.words, name="words"),
    path("<language:language>/<slug:address>/conversation", conversation_views.conversation, name="conversation"),
    path("<language:language>/<slug:address>/reply", conversation_views.reply, name="reply"),
    path("<language:language>/<slug:address>/send-file", file_views.send, name="send_file"),
    path("<language:language>/<slug:address>/saved/<slug:file>", file_views.save, name="save"),
    path("<language:language>/<slug:address>/answers", conversation_views.answers, name="answers"),
    path("<language:language>/<slug:address>/erase", conversation_views.erase, name="erase"),
]
