-- The end of a tenant's transparency log: how long it is, and what the next entry is added to.
CREATE TABLE log_head (
    tenant_id BIGINT NOT NULL, -- Tenant
    origin TEXT NOT NULL, -- Name of the log, as in its checkpoints
    size BIGINT NOT NULL, -- Number of entries
    edge BYTEA NOT NULL, -- Hashes of the complete subtrees at the right edge, 32 bytes each, the largest first
    checkpoint TEXT NOT NULL, -- The signed checkpoint of this size
    at BIGINT NOT NULL, -- Instant of the last entry; it never goes back
    PRIMARY KEY (tenant_id)
);

-- One entry of the transparency log; append-only.
CREATE TABLE log_entry (
    tenant_id BIGINT NOT NULL, -- Tenant
    seq BIGINT NOT NULL, -- Place in the log, from 0
    covers TEXT NOT NULL, -- Table of the row that the entry commits to
    subject BYTEA NOT NULL, -- Identity of that row, or the first 16 bytes of the SHA-256 of its key
    entry BYTEA NOT NULL, -- The entry as it is in the log
    salt BYTEA, -- 32 random bytes of the commitment; null once the row was erased
    PRIMARY KEY (tenant_id, seq)
); -- narrow
CREATE INDEX log_entry_subject ON log_entry (tenant_id, subject, seq);

-- What a sender calls its punches, so that sending one again gives the first answer again.
CREATE TABLE intake_key (
    tenant_id BIGINT NOT NULL, -- Tenant
    sender BYTEA NOT NULL, -- Device or account that sent it
    client_id BYTEA NOT NULL, -- 16 bytes that the sender chose for the punch
    punch_id BYTEA NOT NULL, -- The punch that it became
    PRIMARY KEY (tenant_id, client_id, sender)
); -- narrow
