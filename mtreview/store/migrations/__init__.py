"""Alembic migrations of the review store; run when a store is opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from mtreview.errors import StoreError


def upgrade(connection: Connection, where: str) -> None:
    """Bring the tables to the newest revision, within the transaction of the connection.

    Raises:
        StoreError: The database was made by a later version of mtreview.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"the database was made by another version of mtreview ({error})",
            where=where,
            hint="Update mtreview.",
        ) from error
