-- Basic TPP amounts by class, narrowed by position or unit.
CREATE TABLE tpp_amount (
    tenant_id BIGINT NOT NULL, -- Tenant
    amount_id BYTEA NOT NULL, -- Identity
    valid_from TEXT NOT NULL, -- First day; holds until the next one of the same class, position and unit
    kelas BIGINT, -- Class 1 to 17; null for any
    jabatan TEXT, -- Position; null for any
    unit_id BYTEA, -- Unit and everything below it; null for any
    amount TEXT NOT NULL, -- Rupiah a month, exact decimal
    legal_basis TEXT NOT NULL, -- Article it comes from
    actor TEXT NOT NULL, -- Who recorded it
    recorded_at BIGINT NOT NULL, -- Instant of recording
    import_id BYTEA, -- Import it came from
    withdrawn_at BIGINT, -- Instant of withdrawal
    PRIMARY KEY (tenant_id, amount_id)
);
CREATE INDEX tpp_amount_import ON tpp_amount (tenant_id, import_id) WHERE import_id IS NOT NULL;

-- A TPP policy file; the text never changes, a new version is a new row.
CREATE TABLE policy (
    tenant_id BIGINT NOT NULL, -- Tenant
    policy_id TEXT NOT NULL, -- Identifier inside the file
    version TEXT NOT NULL, -- Version inside the file
    text TEXT NOT NULL, -- The file as it came
    sha256 TEXT NOT NULL, -- Hash of its bytes, hexadecimal
    effective_from TEXT NOT NULL, -- First day it applies to
    effective_until TEXT, -- Last day it applies to
    recorded_at BIGINT NOT NULL, -- Instant of recording
    recorded_by TEXT NOT NULL, -- Who recorded it
    activated_at BIGINT, -- Instant of activation
    activated_by TEXT, -- Who activated it
    second_approver TEXT, -- The second person who agreed
    withdrawn_at BIGINT, -- Instant of withdrawal
    PRIMARY KEY (tenant_id, policy_id, version)
);

-- The closing of a month by an OPD; append-only, every reopening and closing is a new version.
CREATE TABLE month_close (
    tenant_id BIGINT NOT NULL, -- Tenant
    unit_id BYTEA NOT NULL, -- The OPD
    month TEXT NOT NULL, -- Month as YYYY-MM
    version BIGINT NOT NULL, -- Counts from 1
    state TEXT NOT NULL, -- locked, verified or reopened
    actor TEXT NOT NULL, -- Who did it
    at BIGINT NOT NULL, -- Instant
    digest TEXT NOT NULL, -- SHA-256 of the payload, hexadecimal
    payload TEXT NOT NULL, -- JSON: judged days and TPP lines as locked; empty for steps that change no result
    note TEXT NOT NULL, -- Reason
    PRIMARY KEY (tenant_id, unit_id, month, version),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit (tenant_id, unit_id)
);
