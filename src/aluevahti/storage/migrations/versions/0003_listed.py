"""When a list last showed a document: what lists no longer show may have left the net.

The table is made anew, as SQLite would put an added column behind the constraints and no migrated database would
look like a fresh one.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    'id, source, region, "key", url, title, form, phase, organ, meeting_key, meeting_on, section, case_number, '
    "published_on, lang, revision, detail, aliases, first_seen_at, last_seen_at, read_at, text_sha256, position, "
    "missing_count, missing_since, removed_at, silent, twin_of, reading"
)

STATEMENTS = (
    """
CREATE TABLE documents_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    region TEXT NOT NULL,
    "key" TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    phase TEXT,
    organ TEXT,
    meeting_key TEXT,
    meeting_on TEXT,
    section INTEGER,
    case_number TEXT,
    published_on TEXT,
    lang TEXT,
    revision TEXT,
    detail TEXT,
    aliases TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    read_at TEXT,
    text_sha256 TEXT,
    position INTEGER,
    missing_count INTEGER NOT NULL,
    missing_since TEXT,
    removed_at TEXT,
    silent INTEGER NOT NULL,
    twin_of INTEGER,
    reading TEXT,
    listed_at TEXT,
    CONSTRAINT uq_documents_source_key UNIQUE (source, "key"),
    CONSTRAINT fk_documents_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_documents_twin_of FOREIGN KEY(twin_of) REFERENCES documents (id)
)
 STRICT
""",
    f"INSERT INTO documents_new ({COLUMNS}) SELECT {COLUMNS} FROM documents",  # noqa: S608  (our own constant)
    "DROP TABLE documents",
    "ALTER TABLE documents_new RENAME TO documents",
    "CREATE INDEX ix_documents_twin_of ON documents (twin_of)",
    "CREATE INDEX ix_documents_region_last_seen_at ON documents (region, last_seen_at)",
    """
CREATE INDEX ix_documents_region_case_number ON documents (region, case_number COLLATE NOCASE)
WHERE case_number IS NOT NULL
""",
)


def upgrade() -> None:
    """From 0002. What was seen so far says nothing of lists: the next reading of each does."""
    for statement in STATEMENTS:
        op.execute(statement)
