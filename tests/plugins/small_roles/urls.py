"""Pages of the small roles: health, who answers, a slow page, a page that breaks while it holds a word."""

import os
import time

from django.http import HttpRequest, HttpResponse
from django.urls import path


def show_health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("well")


def show_process(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(os.getpid()))


def show_slowly(request: HttpRequest) -> HttpResponse:
    time.sleep(1.5)
    return HttpResponse("slow")


def break_off(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("canary-in-an-exception " + request.GET.get("word", ""))


urlpatterns = [
    path("health", show_health),
    path("process", show_process),
    path("slow", show_slowly),
    path("break", break_off),
]
