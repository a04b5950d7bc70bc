"""An installation for the tests of one process: a folder, its settings, migrated databases, clean for each test.

Django is set up once a process under the role `all`. `--database=postgresql` puts the three databases into a real
PostgreSQL that the test run starts itself; everything else stays the same.

All of it lies in memory where there is room: thousands of small commits would each wait for the disk otherwise. A
SIGKILL takes nothing from such a folder that it would leave on a disk. Served installations lie in `tmp_path`.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from leeside.project.testing import postgresql

CONFIGURATION = """\
{demo}
[lines.refusal]
pack = "refusal"
address = "help"
titles = {{ ru = "Вопросы и ответы", en = "Questions and answers", uk = "Питання та відповіді" }}
time_zone = "Europe/Moscow"

[database]
kind = "{kind}"
"""
POSTGRESQL_TABLE = """
[database.{database}]
name = "{name}"
host = "{host}"
user = "{user}"
"""
ALIASES = {"data": "default", "shred": "shred", "fleeting": "fleeting"}
NOT_RUN = "NOT RUN: "
IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes folders of our own there
ROOM_IN_MEMORY = 4 << 30
STATE = pytest.StashKey["State"]()


@dataclass
class State:
    """What one test process owns and has to put away at its end."""

    folder: Path
    kind: str
    cluster: postgresql.Cluster | None
    owns_cluster: bool


@dataclass(frozen=True)
class Installation:
    """The folder of this process's installation and the kind of its databases."""

    directory: Path
    database_kind: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --database and --databases-prefix."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where the vault lies")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, start PostgreSQL when asked (once for all xdist workers), and set Django up."""
    kind = config.getoption("--database")
    folder = Path(tempfile.mkdtemp(prefix="leeside-test-", dir=_place_in_memory()))
    cluster, owns = _cluster_for(kind)
    is_controller = bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")
    config.stash[STATE] = State(folder, kind, cluster, owns)
    if is_controller:
        return
    _write_configuration(folder, kind, cluster)
    os.environ["LEESIDE_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "leeside.project.settings.all"
    _set_django_up()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what pytest_configure made."""
    state = config.stash.get(STATE, None)
    if state is None:
        return
    if state.owns_cluster and state.cluster is not None:
        _close_connections()
        state.cluster.stop()
        os.environ.pop("LEESIDE_TEST_CLUSTER", None)
    shutil.rmtree(state.folder, ignore_errors=True)


def _cluster_for(kind: str) -> tuple[postgresql.Cluster | None, bool]:
    if kind != "postgresql":
        return None, False
    running = os.environ.get("LEESIDE_TEST_CLUSTER")
    if running:
        folder, user = running.split("|")
        return postgresql.attach_cluster(folder, user), False
    cluster = postgresql.start_cluster(_place_in_memory())
    os.environ["LEESIDE_TEST_CLUSTER"] = f"{cluster.folder}|{cluster.user}"
    return cluster, True


def _place_in_memory() -> Path | None:
    """Where folders lie in memory, or None where there is no such place or too little room."""
    try:
        has_room = shutil.disk_usage(IN_MEMORY).free >= ROOM_IN_MEMORY
    except OSError:
        return None
    return IN_MEMORY if has_room and os.access(IN_MEMORY, os.W_OK) else None


def _write_configuration(folder: Path, kind: str, cluster: postgresql.Cluster | None) -> None:
    for name in ("data", "shred", "fleeting", "editions", "static", "run"):
        (folder / name).mkdir(mode=0o700)
    text = CONFIGURATION.format(kind=kind, demo="")
    if cluster is not None:
        for database in ALIASES:
            name = f"test_{os.getpid()}_{database}"
            cluster.create_database(name)
            text += POSTGRESQL_TABLE.format(database=database, name=name, host=cluster.folder, user=cluster.user)
    (folder / "leeside.toml").write_text(text, encoding="utf-8")


def _set_django_up() -> None:
    import django
    from django.conf import settings
    from django.test.utils import setup_test_environment

    # Pages in these tests name static files without their hash: nothing is collected for them.
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    django.setup()
    setup_test_environment()


def _close_connections() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """The installation with its three databases migrated, once a process."""
    from django.core.management import call_command

    state = request.config.stash[STATE]
    for alias in ALIASES.values():
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    if state.kind == "sqlite":
        for alias in ALIASES.values():
            _copy_sqlite(_sqlite_path(alias), state.folder / f"{alias}.template")
    yield Installation(state.folder, state.kind)
    _close_connections()


@pytest.fixture
def installation(migrated: Installation) -> Iterator[Installation]:
    """The installation with empty databases; whatever the test writes is gone before the next one."""
    yield migrated
    empty(migrated)


def empty(migrated: Installation) -> None:
    """Empty databases again."""
    # Shred keys made ahead for the test that ended are gone with its database.
    from leeside.vault import shredding

    shredding._start_anew()
    if migrated.database_kind == "sqlite":
        for alias in ALIASES.values():
            _copy_sqlite(migrated.directory / f"{alias}.template", _sqlite_path(alias))
    else:
        _truncate_all()


@dataclass(frozen=True)
class Kept:
    """What the databases held at a moment: the name of SQLite's copies, or PostgreSQL's rows and sequences."""

    name: str
    rows: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    sequences: Mapping[tuple[str, str], int] = field(default_factory=dict)


def keep(installation: Installation, name: str) -> Kept:
    """Keep what the databases hold now, under a name of its own."""
    if installation.database_kind == "sqlite":
        for alias in ALIASES.values():
            _copy_sqlite(_sqlite_path(alias), installation.directory / f"{alias}.{name}")
        return Kept(name)
    return Kept(name, *_read_postgresql())


def put_back(installation: Installation, kept: Kept) -> None:
    """Fill empty databases with what was kept."""
    if installation.database_kind == "sqlite":
        for alias in ALIASES.values():
            _copy_sqlite(installation.directory / f"{alias}.{kept.name}", _sqlite_path(alias))
    else:
        _write_postgresql(kept)


@pytest.fixture(scope="session")
def postgresql_cluster(request: pytest.FixtureRequest) -> Iterator[postgresql.Cluster]:
    """A real PostgreSQL whatever --database says: for tests marked `postgresql`, which make their own databases."""
    running = request.config.stash[STATE].cluster
    if running is not None:
        yield running
        return
    if postgresql.find_binaries() is None:
        pytest.skip(f"{NOT_RUN}postgresql: {postgresql.INSTALL_COMMAND}")
    cluster = postgresql.start_cluster()
    yield cluster
    cluster.stop()


def bytes_of(path: Path) -> bytes:
    """What a file holds, read by another process.

    Whoever opens and closes a database's own files here would drop this process's locks on them (POSIX locks end with
    any descriptor of the file). The next process that opens the database then takes its shared memory for left over and
    cuts it off beneath us: a bus error in whatever test comes then.
    """
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def _sqlite_path(alias: str) -> Path:
    from django.conf import settings

    return Path(settings.DATABASES[alias]["NAME"])


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy page by page through SQLite itself: other open connections see the new content, not a torn file."""
    with sqlite3.connect(source, timeout=20) as one, sqlite3.connect(target, timeout=20) as two:
        two.execute("PRAGMA synchronous = OFF")
        one.backup(two)
    one.close()
    two.close()


def _read_postgresql() -> tuple[dict[tuple[str, str], bytes], dict[tuple[str, str], int]]:
    from django.db import connections

    rows, sequences = {}, {}
    for alias in ALIASES.values():
        with connections[alias].cursor() as cursor:
            for table in _tables_of(alias):
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    held = b"".join(copy)
                if held:
                    rows[alias, table] = held
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
            sequences |= {(alias, name): last for name, last in cursor.fetchall()}
    return rows, sequences


def _write_postgresql(kept: Kept) -> None:
    from django.db import connections, transaction

    for alias in ALIASES.values():
        # Keys that point to rows of another table are looked at when all of them are there.
        with transaction.atomic(alias), connections[alias].cursor() as cursor:
            for table in (table for of, table in kept.rows if of == alias):
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(kept.rows[alias, table])
            for name, last in ((name, last) for (of, name), last in kept.sequences.items() if of == alias):
                cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', last])


def _tables_of(alias: str) -> list[str]:
    """Every table that tests write."""
    from django.db import connections

    return [name for name in connections[alias].introspection.table_names() if name != "django_migrations"]


def _truncate_all() -> None:
    from django.db import connections

    for alias in ALIASES.values():
        connection = connections[alias]
        tables = _tables_of(alias)
        if tables:
            quoted = ", ".join(connection.ops.quote_name(name) for name in tables)
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
