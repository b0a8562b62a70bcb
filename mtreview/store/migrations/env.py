"""Run by Alembic: migrates over the connection that ``upgrade`` gives it."""

from __future__ import annotations

from alembic import context

from mtreview.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
