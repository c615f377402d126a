"""What Alembic runs to migrate: always online, on the one connection that `schema.upgrade` hands over."""

from alembic import context

from aluevahti.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
