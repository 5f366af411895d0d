-- Revisions that are taken back by themselves unless somebody confirms them in time. Written under the lock of the head, so
-- that a confirmation and the taking back never both happen.
CREATE TABLE confirmations (
    revision bigint PRIMARY KEY REFERENCES revisions,
    until timestamptz NOT NULL,
    author text NOT NULL,
    state text NOT NULL CHECK (state IN ('PENDING', 'CONFIRMED', 'REVERTED')),
    settled_at timestamptz,
    settled_by text,
    reverted_in bigint REFERENCES revisions,
    note text NOT NULL,
    CHECK ((state = 'PENDING') = (settled_at IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL))
);
CREATE INDEX confirmations_due ON confirmations (until) WHERE state = 'PENDING';
