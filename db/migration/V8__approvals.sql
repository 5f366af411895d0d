-- Words on drafts, and on revisions that were made without approval (about: change-set/<id> or revision/<number>). One of
-- each approver on each; what he was when he gave it is kept, since it counts only while he may give it.
CREATE TABLE approvals (
    about text COLLATE "C" NOT NULL,
    approver text COLLATE "C" NOT NULL,
    name text NOT NULL,
    subjects jsonb NOT NULL,
    is_root boolean NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('APPROVED', 'REJECTED')),
    content text NOT NULL,
    comment text NOT NULL,
    given_at timestamptz NOT NULL,
    PRIMARY KEY (about, approver)
);
CREATE INDEX approvals_by_age ON approvals (given_at);

-- Everybody who wrote a part of a draft: none of them can approve it.
ALTER TABLE change_sets ADD COLUMN authors jsonb NOT NULL DEFAULT '[]';
UPDATE change_sets SET authors = jsonb_build_array(owner);
ALTER TABLE change_sets ALTER COLUMN authors DROP DEFAULT;

-- Why a revision was made without approval, and what it waits for.
ALTER TABLE confirmations ADD COLUMN emergency jsonb;
CREATE INDEX confirmations_of_emergencies ON confirmations (revision) WHERE state = 'PENDING' AND emergency IS NOT NULL;

ALTER TABLE audit_events DROP CONSTRAINT audit_events_outcome_check;
ALTER TABLE audit_events ADD CONSTRAINT audit_events_outcome_check CHECK (outcome IN ('DONE', 'REFUSED', 'EMERGENCY'));
