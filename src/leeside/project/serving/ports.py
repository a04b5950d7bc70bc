"""Asks the machine whether a port is free, and a running role whether it is well. One of the few users of sockets."""

import contextlib
import errno
import socket

from leeside.project.errors import InstallationError


def require_free_port(bind: str, port: int, role: str) -> None:
    """Raise InstallationError when `port` cannot be listened on, saying for which role and why."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            reasons = {errno.EADDRINUSE: "is already in use", errno.EACCES: "may only be used by root"}
            reason = reasons.get(error.errno or 0, error.strerror or "cannot be used")
            raise InstallationError(f"port {port} on {bind}, for the {role}, {reason}; choose another --port") from None


def is_healthy(bind: str, port: int, path: str = "/health", seconds: float = 2.0) -> bool:
    """Ask a role for its health page; True for an answer of 200 within the time."""
    try:
        with socket.create_connection((reachable(bind), port), timeout=seconds) as connection:
            request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode("ascii"))
            answer = connection.recv(64)
    except OSError:
        return False
    return answer.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200"))


def reachable(bind: str) -> str:
    """The address under which a listener on `bind` is reached from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 -- compared, not listened on
