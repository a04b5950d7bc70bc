"""Runs a supervisor over the small roles: `python -m plugins.small_server --dir DIR --port P [--idle-seconds N]`."""

import argparse
import os
import sys

from leeside.project.serving.roles import RoleConfiguration
from leeside.project.serving.supervisor import Supervisor


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--idle-seconds", type=int)
    parser.add_argument("--roles", type=int, default=4)
    arguments = parser.parse_args()
    os.environ["LEESIDE_DIR"] = arguments.dir
    os.makedirs(f"{arguments.dir}/run", exist_ok=True)  # noqa: PTH103
    names = ("door", "mailbox", "desk", "public")[: arguments.roles]
    roles = [RoleConfiguration(name, arguments.port + place, 2, 4, 0, 60) for place, name in enumerate(names)]
    supervisor = Supervisor(
        roles,
        "127.0.0.1",
        "plugins.small_roles",
        lambda line: print(line, file=sys.stderr, flush=True),
        readable=True,
        idle_seconds=arguments.idle_seconds,
    )
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(main())
