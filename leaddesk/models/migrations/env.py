"""How Alembic runs the migrations: on the connection it is handed, inside the transaction that its owner began.

Migrations never import today's models: each says what the tables looked like when it was written.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
