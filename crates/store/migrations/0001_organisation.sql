-- Rules of these files: PostgreSQL's words (BIGINT, DOUBLE PRECISION, TEXT, BYTEA, BOOLEAN), translated for SQLite by the
-- migration runner. Every column has a comment at the end of its line; the runner stores it in PostgreSQL's catalogue.
-- Instants are microseconds since 1970 UTC, days are ISO dates, ids are UUIDv7 in 16 bytes, JSON and decimals are text.
-- "actor" is the id of an account as text, or "cli", "system" or "demo".

-- A regional government (pemda) inside this installation.
CREATE TABLE tenant (
    tenant_id BIGINT NOT NULL, -- Small number given by the installation
    slug TEXT NOT NULL, -- Short name for links, for example kab-contoh
    name TEXT NOT NULL, -- Official name, for example Pemerintah Kabupaten Contoh
    province TEXT NOT NULL, -- Province, selects the provincial layer of the calendar
    zone TEXT NOT NULL, -- Civil time zone: WIB, WITA or WIT
    demo BOOLEAN NOT NULL, -- Whether all of its people are invented
    created_at BIGINT NOT NULL, -- Instant of creation
    PRIMARY KEY (tenant_id),
    UNIQUE (slug)
);

-- Settings of a tenant: kop, signatories, language and other small choices.
CREATE TABLE setting (
    tenant_id BIGINT NOT NULL, -- Tenant
    key TEXT NOT NULL, -- Name of the setting
    value TEXT NOT NULL, -- Its value, JSON where it has parts
    changed_at BIGINT NOT NULL, -- Instant of the last change
    changed_by TEXT NOT NULL, -- Actor of the last change
    PRIMARY KEY (tenant_id, key)
);

-- A node of the organisation tree: pemda, OPD, bidang, UPTD, school, kelurahan.
CREATE TABLE org_unit (
    tenant_id BIGINT NOT NULL, -- Tenant
    unit_id BYTEA NOT NULL, -- Identity of the unit
    parent_id BYTEA, -- Unit above; null for the root
    code TEXT NOT NULL, -- Code used in files, for example 1.02.01
    name TEXT NOT NULL, -- Name
    kind TEXT NOT NULL, -- pemda, dinas, badan, kecamatan, bidang, uptd, sekolah and others
    is_opd BOOLEAN NOT NULL, -- Whether this node is an OPD: it has a stage and closes its own month
    zone TEXT, -- Civil time zone if it differs from the unit above
    address TEXT NOT NULL, -- Postal address for the kop
    phone TEXT NOT NULL, -- Telephone for the kop
    head_title TEXT NOT NULL, -- Title of its head in signature blocks
    sort_order BIGINT NOT NULL, -- Order among its siblings
    closed_on TEXT, -- First day on which the unit no longer exists
    created_at BIGINT NOT NULL, -- Instant of creation
    PRIMARY KEY (tenant_id, unit_id),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES org_unit (tenant_id, unit_id)
);
CREATE INDEX org_unit_parent ON org_unit (tenant_id, parent_id);

-- The stage of an OPD on its way into the system; append-only, of one day the latest record counts.
CREATE TABLE opd_stage (
    tenant_id BIGINT NOT NULL, -- Tenant
    unit_id BYTEA NOT NULL, -- The OPD
    since TEXT NOT NULL, -- First day of the stage
    recorded_at BIGINT NOT NULL, -- Instant of recording
    stage TEXT NOT NULL, -- pendataan, uji_coba or berlaku
    note TEXT NOT NULL, -- Document or reason
    actor TEXT NOT NULL, -- Who recorded it
    PRIMARY KEY (tenant_id, unit_id, since, recorded_at),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit (tenant_id, unit_id)
);

-- Who did or saw what; append-only.
CREATE TABLE audit (
    tenant_id BIGINT NOT NULL, -- Tenant
    audit_id BYTEA NOT NULL, -- Identity, sorts by time
    at BIGINT NOT NULL, -- Instant
    actor TEXT NOT NULL, -- Who
    action TEXT NOT NULL, -- What, for example employee.read or month.lock
    subject_kind TEXT NOT NULL, -- Kind of thing acted on: employee, unit, terminal and others
    subject_id TEXT NOT NULL, -- Which one
    detail TEXT NOT NULL, -- JSON: before and after, file names, filters
    ip TEXT NOT NULL, -- Address of the caller; empty on the command line
    PRIMARY KEY (tenant_id, audit_id)
);
CREATE INDEX audit_at ON audit (tenant_id, at);
CREATE INDEX audit_subject ON audit (tenant_id, subject_kind, subject_id, at);
