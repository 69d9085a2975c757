"""Sites on either broker, each from a database that was migrated once."""

import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from directory.deploy import servers
from tests.services.site import LEASE, Site

EFFECTS = "CREATE TABLE effects (n integer NOT NULL UNIQUE)"


@pytest.fixture(scope="session")
def postgres():
    with servers.postgres() as folder:
        yield folder


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory):
    """The file of a migrated database."""
    var = tmp_path_factory.mktemp("migrated")
    site = Site(var, f"sqlite:///{var}/superbill.sqlite3")
    site.manage("migrate", "--verbosity", "0")
    site.query(EFFECTS)
    site.query("PRAGMA wal_checkpoint(TRUNCATE)")
    return var / "superbill.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgres(postgres, tmp_path_factory):
    """The name of a migrated database."""
    create(postgres, "CREATE DATABASE migrated")
    site = Site(tmp_path_factory.mktemp("migrated"), f"postgres://postgres@/migrated?host={postgres}")
    site.manage("migrate", "--verbosity", "0")
    site.query(EFFECTS)
    return "migrated"


def create(folder, statement):
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def var():
    """A folder with a short name, so that sockets fit."""
    path = Path(tempfile.mkdtemp(prefix="sb-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def on_files(var, migrated_sqlite):
    """Embedded mode: SQLite and messages in files."""
    shutil.copy(migrated_sqlite, var / "superbill.sqlite3")
    site = Site(var, f"sqlite:///{var}/superbill.sqlite3", JOB_LEASE=str(LEASE))
    yield site
    site.close()


@pytest.fixture
def broker():
    """A Redis for messages, on 127.0.0.1 and durable."""
    with servers.redis(port=servers.free_port(), durable=True) as server:
        yield server


@pytest.fixture
def on_redis(var, postgres, migrated_postgres, broker):
    """As in production: PostgreSQL and Redis."""
    name = f"site_{var.name.replace('-', '_')}".lower()
    create(postgres, f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    address = f"postgres://postgres@/{name}?host={postgres}"
    site = Site(var, address, REDIS_URL=f"redis://127.0.0.1:{broker.port}/0", JOB_LEASE=str(LEASE))
    yield site
    site.close()
    create(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["on_files", "on_redis"])
def site(request):
    """The site on each broker in turn."""
    return request.getfixturevalue(request.param)
