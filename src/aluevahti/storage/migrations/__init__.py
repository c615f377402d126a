"""The database's revisions, oldest first.

To change the schema: change `tables/`, then write `versions/NNNN_what.py` by hand or with
`alembic revision --autogenerate`, and add its name here. A batch operation rebuilds a table and
loses its triggers: create them again in the same revision. A test compares the result of all
revisions with what `tables/` says.
"""

from typing import Final

REVISIONS: Final = ("0001", "0002", "0003")
