-- Drafts of revisions, beside the desired state. The data of credentials within is sealed, as it is in resources.
CREATE TABLE change_sets (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    owner text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    expires_at timestamptz NOT NULL,
    message text NOT NULL,
    base bigint NOT NULL CHECK (base >= 0),
    state text NOT NULL CHECK (state IN ('DRAFT', 'PUBLISHED', 'DISCARDED')),
    published_in bigint,
    changes jsonb NOT NULL
);
CREATE INDEX change_sets_newest ON change_sets (updated_at DESC);
CREATE INDEX change_sets_owner ON change_sets (owner) WHERE state = 'DRAFT';
CREATE INDEX change_sets_expiry ON change_sets (expires_at);
