"""The first schema.

Written out as SQL, so that it stays what it was however the tables change later.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE bodies (
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    base_id INTEGER,
    data BLOB NOT NULL,
    CONSTRAINT pk_bodies PRIMARY KEY (id),
    CONSTRAINT uq_bodies_sha256 UNIQUE (sha256),
    CONSTRAINT fk_bodies_base_id FOREIGN KEY(base_id) REFERENCES bodies (id)
)
 STRICT
""",
    "CREATE INDEX ix_bodies_base_id ON bodies (base_id)",
    """
CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
)
 STRICT
""",
    """
CREATE TABLE proposals (
    region TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    state TEXT NOT NULL,
    since TEXT,
    evidence TEXT NOT NULL,
    locked INTEGER NOT NULL,
    as_of TEXT,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposed_at TEXT NOT NULL,
    accepted INTEGER,
    decided_at TEXT,
    note TEXT,
    CONSTRAINT ck_proposals_decided CHECK ((accepted IS NULL) = (decided_at IS NULL))
)
 STRICT
""",
    "CREATE INDEX ix_proposals_region_field ON proposals (region, field)",
    """
CREATE TABLE robots (
    origin TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER,
    body TEXT NOT NULL,
    CONSTRAINT pk_robots PRIMARY KEY (origin)
)
 STRICT
""",
    """
CREATE TABLE sources (
    id TEXT NOT NULL,
    region TEXT NOT NULL,
    platform TEXT,
    url TEXT,
    enabled INTEGER NOT NULL,
    definition TEXT,
    added_at TEXT NOT NULL,
    retired_at TEXT,
    polls INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    wire_bytes INTEGER NOT NULL,
    state TEXT NOT NULL,
    told_state TEXT,
    bad_checks INTEGER NOT NULL,
    error TEXT,
    last_attempt_at TEXT,
    last_success_at TEXT,
    last_change_at TEXT,
    next_poll_at TEXT,
    first_read_at TEXT,
    lookback_from TEXT,
    usual_items INTEGER NOT NULL,
    quarantine TEXT,
    quarantine_count INTEGER NOT NULL,
    skeleton TEXT,
    checked_on TEXT,
    backlog INTEGER NOT NULL,
    told_count INTEGER NOT NULL,
    CONSTRAINT pk_sources PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE status_history (
    region TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    state TEXT NOT NULL,
    since TEXT,
    evidence TEXT NOT NULL,
    locked INTEGER NOT NULL,
    as_of TEXT,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
)
 STRICT
""",
    "CREATE INDEX ix_status_history_region_field ON status_history (region, field)",
    """
CREATE TABLE statuses (
    region TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    state TEXT NOT NULL,
    since TEXT,
    evidence TEXT NOT NULL,
    locked INTEGER NOT NULL,
    as_of TEXT,
    at TEXT NOT NULL,
    CONSTRAINT pk_statuses PRIMARY KEY (region, field)
)
 STRICT
""",
    """
CREATE TABLE subscribers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email TEXT COLLATE NOCASE NOT NULL,
    lang TEXT NOT NULL,
    rhythm TEXT NOT NULL,
    regions TEXT NOT NULL,
    themes TEXT NOT NULL,
    words TEXT NOT NULL,
    all_documents INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    confirmed_at TEXT,
    unsubscribed_at TEXT,
    cursor INTEGER NOT NULL,
    token TEXT NOT NULL,
    confirm_sha256 TEXT,
    CONSTRAINT uq_subscribers_email UNIQUE (email),
    CONSTRAINT uq_subscribers_token UNIQUE (token),
    CONSTRAINT uq_subscribers_confirm_sha256 UNIQUE (confirm_sha256)
)
 STRICT
""",
    """
CREATE TABLE digest_runs (
    subscriber_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_digest_runs PRIMARY KEY (subscriber_id, period),
    CONSTRAINT fk_digest_runs_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE documents (
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
    CONSTRAINT uq_documents_source_key UNIQUE (source, "key"),
    CONSTRAINT fk_documents_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_documents_twin_of FOREIGN KEY(twin_of) REFERENCES documents (id)
)
 STRICT
""",
    "CREATE INDEX ix_documents_region_last_seen_at ON documents (region, last_seen_at)",
    "CREATE INDEX ix_documents_twin_of ON documents (twin_of)",
    """
CREATE TABLE http_records (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    sha256 TEXT,
    core TEXT,
    checked_at TEXT NOT NULL,
    CONSTRAINT pk_http_records PRIMARY KEY (source, url),
    CONSTRAINT fk_http_records_source FOREIGN KEY(source) REFERENCES sources (id)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    recipient TEXT COLLATE NOCASE NOT NULL,
    subscriber_id INTEGER,
    message_id TEXT NOT NULL,
    mime BLOB NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    next_try_at TEXT NOT NULL,
    lease_until TEXT,
    lease_seconds INTEGER,
    sent_at TEXT,
    closed_at TEXT,
    last_error TEXT,
    CONSTRAINT uq_outbox_kind_recipient_period UNIQUE (kind, recipient, period),
    CONSTRAINT fk_outbox_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE SET NULL,
    CONSTRAINT uq_outbox_message_id UNIQUE (message_id)
)
 STRICT
""",
    "CREATE INDEX ix_outbox_recipient ON outbox (recipient)",
    "CREATE INDEX ix_outbox_state_next_try_at ON outbox (state, next_try_at)",
    "CREATE INDEX ix_outbox_subscriber_id ON outbox (subscriber_id)",
    """
CREATE TABLE snapshots (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    requested_url TEXT,
    purpose TEXT NOT NULL,
    "key" TEXT,
    fetched_at TEXT NOT NULL,
    media_type TEXT NOT NULL,
    charset TEXT,
    body_id INTEGER NOT NULL,
    CONSTRAINT fk_snapshots_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_snapshots_body_id FOREIGN KEY(body_id) REFERENCES bodies (id)
)
 STRICT
""",
    "CREATE INDEX ix_snapshots_body_id ON snapshots (body_id)",
    "CREATE INDEX ix_snapshots_source_url ON snapshots (source, url)",
    """
CREATE TABLE versions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    title TEXT NOT NULL,
    phase TEXT,
    text_sha256 TEXT,
    body_id INTEGER NOT NULL,
    snapshot_id INTEGER,
    reading TEXT,
    CONSTRAINT fk_versions_document_id FOREIGN KEY(document_id) REFERENCES documents (id),
    CONSTRAINT fk_versions_body_id FOREIGN KEY(body_id) REFERENCES bodies (id),
    CONSTRAINT fk_versions_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshots (id)
)
 STRICT
""",
    "CREATE INDEX ix_versions_body_id ON versions (body_id)",
    "CREATE INDEX ix_versions_document_id ON versions (document_id)",
    "CREATE INDEX ix_versions_snapshot_id ON versions (snapshot_id)",
    """
CREATE TABLE windows (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    region TEXT NOT NULL,
    window TEXT NOT NULL,
    source TEXT,
    url TEXT,
    title TEXT NOT NULL,
    first_told_at TEXT,
    told_marks TEXT NOT NULL,
    closed_told INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    baseline INTEGER NOT NULL,
    proofs TEXT NOT NULL,
    document INTEGER,
    told_on TEXT,
    earlier TEXT NOT NULL,
    CONSTRAINT fk_windows_document FOREIGN KEY(document) REFERENCES documents (id)
)
 STRICT
""",
    "CREATE INDEX ix_windows_region ON windows (region)",
    """
CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    source TEXT,
    detected_at TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    relevant INTEGER NOT NULL,
    themes TEXT NOT NULL,
    document INTEGER,
    organ TEXT,
    meeting_on TEXT,
    section INTEGER,
    "before" TEXT,
    "after" TEXT,
    evidence TEXT,
    sure INTEGER NOT NULL,
    window INTEGER,
    CONSTRAINT fk_changes_document FOREIGN KEY(document) REFERENCES documents (id),
    CONSTRAINT fk_changes_window FOREIGN KEY(window) REFERENCES windows (id)
)
 STRICT
""",
    "CREATE INDEX ix_changes_detected_at ON changes (detected_at)",
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, body, lemmas, tokenize = 'unicode61 remove_diacritics 0')",
    """
CREATE TRIGGER snapshots_are_not_changed BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed'); END
""",
    """
CREATE TRIGGER changes_are_not_changed BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'a change that was told is never changed'); END
""",
    """
CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'a change that was told is never deleted'); END
""",
    "PRAGMA application_id = 1634497910",
)


def upgrade() -> None:
    """From nothing."""
    for statement in STATEMENTS:
        op.execute(statement)
