"""${message}

Revision ${up_revision}, after ${down_revision}.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There is no way back: the backup that was made before is the way back."""
    ${upgrades if upgrades else "pass"}
