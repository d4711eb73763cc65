-- What befell the transparency log itself: continued after a restore, or given up for a new one; append-only.
CREATE TABLE log_event (
    tenant_id BIGINT NOT NULL, -- Tenant
    event_id BYTEA NOT NULL, -- Identity of the event
    at BIGINT NOT NULL, -- Instant
    what TEXT NOT NULL, -- continued or begun_anew
    origin TEXT NOT NULL, -- Name of the log that it befell
    published BIGINT NOT NULL, -- Number of entries of that log that were published
    root TEXT NOT NULL, -- Root of that many entries, base64
    lost BIGINT NOT NULL, -- How many of them this database did not have
    reason TEXT NOT NULL, -- What happened, in words
    actor TEXT NOT NULL, -- Who decided
    PRIMARY KEY (tenant_id, event_id)
);

-- A log that was given up, as far as this database has it.
CREATE TABLE log_closed (
    tenant_id BIGINT NOT NULL, -- Tenant
    generation BIGINT NOT NULL, -- Which log of the tenant it was, from 1
    origin TEXT NOT NULL, -- Name of the log
    first BIGINT NOT NULL, -- Place of its first entry in log_entry
    edge BYTEA NOT NULL, -- Right edge of its tree at the end, as in log_head
    PRIMARY KEY (tenant_id, generation)
);

-- A key that signs the log from its entry on; append-only. The first key of a log is in its first entry.
CREATE TABLE log_key (
    tenant_id BIGINT NOT NULL, -- Tenant
    key_id BYTEA NOT NULL, -- Identity of the change
    at BIGINT NOT NULL, -- Instant
    vkey TEXT NOT NULL, -- The new key
    replaces TEXT NOT NULL, -- The key before it
    reason TEXT NOT NULL, -- Why it was changed
    actor TEXT NOT NULL, -- Who decided
    PRIMARY KEY (tenant_id, key_id)
);

-- Rows that were taken in while the log might not be signed, and wait for their entries.
CREATE TABLE log_waiting (
    tenant_id BIGINT NOT NULL, -- Tenant
    at BIGINT NOT NULL, -- Instant of taking in
    covers TEXT NOT NULL, -- Table of the row
    subject BYTEA NOT NULL, -- Identity of the row, as in log_entry
    payload BYTEA NOT NULL, -- What the entry will commit to
    PRIMARY KEY (tenant_id, at, covers, subject)
);

ALTER TABLE log_head ADD COLUMN generation BIGINT NOT NULL DEFAULT 1; -- Which log of the tenant it is, from 1
ALTER TABLE log_head ADD COLUMN first BIGINT NOT NULL DEFAULT 0; -- Place of its first entry in log_entry
