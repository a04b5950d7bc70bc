"""One role's process: gunicorn with our settings, started by the supervisor as `python -m ...role`.

The parent loads the application once and never sees a request; its workers are forked from it and replaced. No
access log exists, and the error log names kinds and places only.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response

from leeside.project.configuration import Configuration, read_configuration
from leeside.project.errors import ConfigurationError
from leeside.project.faults import tell_fault
from leeside.project.logs import LOGGING
from leeside.project.serving import hardening
from leeside.project.serving.forgetting import Activity, watch
from leeside.project.serving.patience import PatientWorker
from leeside.project.serving.roles import RoleConfiguration, configure_role
from leeside.project.serving.sharing import Shares
from leeside.project.settings_table import ROLES
from leeside.web.opening import was_nothing_opened

# A worker that counts to `max_requests` picks its own number up to this much below, so that not all end at once.
_JITTER_SHARE = 10


class NoAccessLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's log of its own faults, without its record of each visit: that is not even put together."""

    def access(self, *visit: Any) -> None:
        """Nobody's visit is told."""


class RoleApplication(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn for one role, configured in memory: no configuration file is looked for."""

    def __init__(self, role: RoleConfiguration, bind: str, directory: Path, *, locks_memory: bool) -> None:
        self._role = role
        self._bind = bind
        self._directory = directory
        self._locks_memory = locks_memory
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in gunicorn_options(self._role, self._bind, self._directory, self._locks_memory).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Load the application in the parent, with every address and view behind it, and no database connection."""
        from django.apps import apps
        from django.conf import settings
        from django.db.utils import load_backend
        from django.urls import get_resolver

        from leeside.project.checks import require_sound_settings
        from leeside.project.wsgi import application

        require_sound_settings()
        _leave_connections_to_the_store()
        _leave_out_the_programs_name()
        _ = get_resolver().url_patterns
        for database in settings.DATABASES.values():
            # The code that speaks to the database, fifteen milliseconds of it; no connection is opened here.
            load_backend(str(database["ENGINE"]))
        for app in apps.get_app_configs():
            # What an app makes once and shows for ever is made here, so that every worker begins with it.
            getattr(app, "warm", _nothing)()
        return application


def _leave_connections_to_the_store() -> None:
    """Django looks after connections bound to threads, twice a request; the store keeps and mends its own."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, reset_queries

    request_started.disconnect(reset_queries)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)


def _leave_out_the_programs_name() -> None:
    """Gunicorn writes `Server: gunicorn` into every answer, and some proxies pass it on. No option turns it off."""
    whole: Callable[[Any], list[str]] = Response.default_headers

    def headers(response: Any) -> list[str]:
        return [one for one in whole(response) if not one.startswith("Server:")]

    Response.default_headers = headers


def work_in_long_turns() -> None:
    """Ask the system, where it can, not to interrupt a thread of ours whenever another one wakes.

    A worker's threads wake each other all the time; each that cut in held up whoever held a lock of the store. As
    Linux's "batch" they take turns: a tenth more letters, each answered sooner (docs/performance.md).
    """
    batch = getattr(os, "SCHED_BATCH", None)
    if batch is not None:
        # Some containers forbid it; then it is as it was.
        with suppress(OSError):
            os.sched_setscheduler(0, batch, os.sched_param(0))


def _nothing() -> None:
    """Stands for an app that has nothing to make ahead."""


def gunicorn_options(role: RoleConfiguration, bind: str, directory: Path, locks_memory: bool) -> dict[str, Any]:
    """Every option of gunicorn that we set, and why nothing else is left to chance."""
    jitter = role.max_requests // _JITTER_SHARE
    host = f"[{bind}]" if ":" in bind else bind
    shares = Shares()
    return {
        "bind": [f"{host}:{role.port}"],
        "worker_class": PatientWorker,
        "workers": role.workers,
        "threads": role.threads,
        "worker_connections": 512,
        "max_requests": role.max_requests - jitter,
        "max_requests_jitter": jitter,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 6,
        "keepalive": 5,
        "backlog": 1024,
        "limit_request_line": 2048,
        "limit_request_fields": 60,
        "limit_request_field_size": 8190,
        "worker_tmp_dir": str(directory / "run"),
        "proc_name": f"leeside-{role.name}",
        "accesslog": None,
        "logger_class": NoAccessLog,
        # Answers go out in one piece, through memory.
        "sendfile": False,
        "errorlog": "-",
        "loglevel": "warning",
        "logconfig_dict": LOGGING,
        "control_socket_disable": True,
        "umask": 0o077,
        "when_ready": _when_ready,
        "post_fork": _make_post_fork(role, locks_memory, shares),
        "child_exit": lambda arbiter, worker: shares.leave(worker.age),
        "pre_request": _pre_request,
        "post_request": _post_request,
    }


def _when_ready(arbiter: Any) -> None:
    """Move all that is loaded out of the garbage collector's way: workers then share those pages for longer."""
    gc.collect()
    gc.freeze()


def _make_post_fork(role: RoleConfiguration, locks_memory: bool, shares: Shares) -> Any:
    def post_fork(arbiter: Any, worker: Any) -> None:
        if locks_memory:
            hardening.lock_memory()
        work_in_long_turns()
        _begin_apps()
        worker.leeside_activity = Activity()
        worker.leeside_shares = shares
        if role.idle_seconds:
            # handle_exit is what SIGTERM calls: it takes no new connection and finishes those it has.
            watch(worker.leeside_activity, role.idle_seconds, lambda: worker.handle_exit(None, None))

    return post_fork


def _begin_apps() -> None:
    """Let each app make what must be made before a worker sees its first request, and starts its first thread."""
    from django.apps import apps

    for app in apps.get_app_configs():
        getattr(app, "begin", _nothing)()


def _pre_request(worker: Any, request: Any) -> None:
    worker.leeside_activity.begin()


def _post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
    if worker.leeside_activity.end(was_nothing_opened(environ)):
        # Taken back from what gunicorn counted: it did not know yet what the request would come to.
        worker.nr -= 1


def main(words: Sequence[str]) -> int:
    """Run one role until it is told to end."""
    parser = argparse.ArgumentParser(prog="leeside role", description="One role's process; `serve` starts it.")
    parser.add_argument("role", choices=ROLES)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--bind", required=True)
    parser.add_argument("--supervisor", type=int, default=os.getppid(), help="the process with which this one ends")
    parser.add_argument("--idle-seconds", type=int)
    parser.add_argument("--readable", action="store_true", help="leave memory readable, for the memory search")
    arguments = parser.parse_args(words)
    sys.excepthook = tell_fault
    try:
        configuration = read_configuration(Path(os.environ["LEESIDE_DIR"]), os.environ)
    except ConfigurationError as error:
        print(f"leeside: {error}", file=sys.stderr)
        return error.exit_status
    _harden(configuration, arguments.supervisor, readable=arguments.readable)
    role = configure_role(configuration, arguments.role, arguments.port)
    if arguments.idle_seconds is not None:
        role = RoleConfiguration(**{**vars(role), "idle_seconds": arguments.idle_seconds})
    application = RoleApplication(role, arguments.bind, configuration.directory, locks_memory=not arguments.readable)
    try:
        application.run()
    except ImproperlyConfigured as error:
        print(f"leeside: {error}", file=sys.stderr)
        return 2
    return 0


def _harden(configuration: Configuration, supervisor: int, *, readable: bool) -> None:
    os.umask(0o077)
    hardening.end_with_parent(supervisor)
    hardening.forbid_dumps()
    if not readable and not configuration.is_set("demo"):
        hardening.forbid_reading()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
