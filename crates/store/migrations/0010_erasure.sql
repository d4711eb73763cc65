-- Facts of a person that were deleted under the data protection law, with the salts of their entries; append-only. It says
-- which entries nobody can open any more, so that a salt that is gone without it is noticed.
CREATE TABLE erasure (
    tenant_id BIGINT NOT NULL, -- Tenant
    erasure_id BYTEA NOT NULL, -- Identity
    at BIGINT NOT NULL, -- Instant
    scope TEXT NOT NULL, -- facts (of some time) or person (everything)
    employee_id BYTEA, -- Whose facts they were; null when the person was erased too
    until_day TEXT, -- Last day of the facts; null for all
    entries TEXT NOT NULL, -- Places of their entries in log_entry, as 4-9,12
    entry_count BIGINT NOT NULL, -- How many entries that are
    sheets TEXT NOT NULL, -- JSON: unit, month and version of locked sheets that were deleted as a whole
    reason TEXT NOT NULL, -- Why
    legal_basis TEXT NOT NULL, -- Article or decision it rests on
    actor TEXT NOT NULL, -- Who decided
    PRIMARY KEY (tenant_id, erasure_id)
);

ALTER TABLE log_waiting ADD COLUMN tag BYTEA; -- HMAC-SHA256 under a key from the ledger folder: this program put it here
