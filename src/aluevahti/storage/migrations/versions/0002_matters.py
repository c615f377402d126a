"""Documents are found by their case number."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From 0001."""
    op.execute(
        "CREATE INDEX ix_documents_region_case_number ON documents (region, case_number COLLATE NOCASE) "
        "WHERE case_number IS NOT NULL"
    )
