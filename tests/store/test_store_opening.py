import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import mtreview.store.migrations
from mtreview.errors import StoreError
from mtreview.store.database import ENVIRONMENT_VARIABLE, HEAD, resolve
from mtreview.store.repository import ReviewStore
from mtreview.store.tables import metadata


def test_the_migrations_make_the_tables_that_the_code_knows(store):
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_head_is_the_newest_migration():
    folder = Path(mtreview.store.migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_store_is_found_again_as_it_was_left(store_url, make):
    with ReviewStore.open(store_url) as store:
        review = store.create(make.document("قال"))
        left = store.load(review)
    with ReviewStore.open(store_url) as store:
        assert store.load(review) == left


def test_the_empty_url_is_the_environment_and_then_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    default = Path(str(resolve("").database))
    assert default.name == "reviews.db"
    assert "mtreview" in str(default)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "elsewhere/own.db")
    assert resolve("").database == "elsewhere/own.db"
    assert resolve("given.db").database == "given.db"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("reviews.db", "sqlite:///reviews.db"),
        ("/var/reviews.db", "sqlite:////var/reviews.db"),
        ("sqlite:///desk/reviews.db", "sqlite:///desk/reviews.db"),
        ("postgresql+pg8000://desk@host/mt", "postgresql+pg8000://desk@host/mt"),
    ],
)
def test_paths_and_urls(url, shown):
    assert str(resolve(url)) == shown


@pytest.mark.parametrize("url", ["postgresql://desk@host/mt", "postgres://desk@host/mt"])
@pytest.mark.parametrize(("found", "driver"), [(True, "psycopg"), (False, "pg8000")])
def test_postgresql_is_spoken_to_by_the_driver_that_is_there(monkeypatch, url, found, driver):
    monkeypatch.setattr("mtreview.store.database.find_spec", lambda name: found or None)
    assert str(resolve(url)) == f"postgresql+{driver}://desk@host/mt"


def test_missing_folders_are_made(tmp_path):
    path = tmp_path / "a" / "b c" / "مراجعات.db"
    ReviewStore.open(str(path)).close()
    assert path.is_file()


def test_a_file_is_in_write_ahead_mode(tmp_path):
    path = tmp_path / "reviews.db"
    ReviewStore.open(str(path)).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense://host/name", "not supported.*SQLite or PostgreSQL"),
        ("mysql://host/name", "databases of the kind 'mysql' are not supported"),
        ("postgresql+nodriver://host/name", "driver .* not installed.*pip install"),
        ("://", "not the URL of a database.*Write sqlite:///"),
    ],
)
def test_a_url_that_is_no_database_is_refused(url, message):
    with pytest.raises(StoreError, match=message):
        ReviewStore.open(url)


def test_a_password_is_never_shown():
    pytest.importorskip(resolve("postgresql://").get_driver_name())
    with pytest.raises(StoreError, match="does not answer") as caught:
        ReviewStore.open("postgresql://desk:secret@127.0.0.1:1/name")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("قال الوزير\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"article\.txt: it is not an SQLite database"):
        ReviewStore.open(str(path))
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE reviews (stars INTEGER)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="the tables of another program"):
        ReviewStore.open(str(path))
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert names == [("reviews",)]


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened or created"):
        ReviewStore.open(str(tmp_path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the folder cannot be made"):
        ReviewStore.open(str(tmp_path / "file" / "reviews.db"))


def test_a_read_only_database_can_be_read_and_says_why_it_is_not_written(
    tmp_path, make, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "reviews.db"
    with ReviewStore.open(str(path)) as store:
        review = store.create(make.document("قال"))
    with ReviewStore.open(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert len(store.document(review).segments) == 1
        with pytest.raises(StoreError, match=r"it is read-only.*Change its permissions"):
            store.decide(review, make.decision("s0"))
    assert not (tmp_path / "file:").exists()


def test_a_database_of_a_later_version_is_refused(store, store_url):
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"another version of mtreview.*Update mtreview"):
        ReviewStore.open(store_url)


def test_a_full_disk_stores_nothing_and_says_so(tmp_path, make):
    with ReviewStore.open(str(tmp_path / "reviews.db")) as store:
        kept = store.create(make.document("قال"))
        with store._database.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError, match="the disk is full"):
            store.create(make.document(*(f"قال {number}" for number in range(5000))))
        assert [summary.id for summary in store.reviews()] == [kept]
        assert store.decide(kept, make.decision("s0")).revision == 1


def test_a_locked_database_says_so_in_the_end(tmp_path, make, monkeypatch):
    monkeypatch.setattr("mtreview.store.database._BUSY_SECONDS", 0)
    path = tmp_path / "reviews.db"
    with ReviewStore.open(str(path)) as store:
        review = store.create(make.document("قال"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert len(store.document(review).segments) == 1
        with pytest.raises(StoreError, match="another program keeps it locked"):
            store.decide(review, make.decision("s0"))
        other.execute("ROLLBACK")
        other.close()
        assert store.decide(review, make.decision("s0")).revision == 1
