-- Tables that imports fill by the ten thousand have no foreign key to employee: inside the importing transaction PostgreSQL
-- has no statistics of the new people yet and checks every row by reading all of them.

-- An imported file; undoing it revokes the facts that carry its id.
CREATE TABLE file_import (
    tenant_id BIGINT NOT NULL, -- Tenant
    import_id BYTEA NOT NULL, -- Identity of the import
    kind TEXT NOT NULL, -- employees, attlog, status, roster, month_input and others
    file_name TEXT NOT NULL, -- Name of the file as it came
    sha256 TEXT NOT NULL, -- Hash of its bytes, hexadecimal
    actor TEXT NOT NULL, -- Who imported it
    imported_at BIGINT NOT NULL, -- Instant of the import
    summary TEXT NOT NULL, -- JSON: rows added, changed, left, refused
    undone_at BIGINT, -- Instant of undoing
    undone_by TEXT, -- Who undid it
    PRIMARY KEY (tenant_id, import_id)
);
CREATE INDEX file_import_at ON file_import (tenant_id, imported_at);

-- A person employed. Numbers, unit, rank and all that changes over time are kept beside it.
CREATE TABLE employee (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- Identity; never the NIP
    name TEXT NOT NULL, -- Name without titles
    front_title TEXT NOT NULL, -- Titles before the name
    back_title TEXT NOT NULL, -- Titles after the name
    birth_date TEXT, -- Day of birth, if known
    sex TEXT, -- L or P, if known
    created_at BIGINT NOT NULL, -- Instant of creation
    import_id BYTEA, -- Import that created the person
    withdrawn_at BIGINT, -- Instant at which the creating import was undone
    PRIMARY KEY (tenant_id, employee_id)
);
CREATE INDEX employee_name ON employee (tenant_id, name);

-- Numbers of a person: NIP or NI PPPK, which may change in a career.
CREATE TABLE employee_number (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- The person
    number TEXT NOT NULL, -- 18 digits
    kind TEXT NOT NULL, -- nip or ni_pppk
    valid_from TEXT NOT NULL, -- First day
    valid_until TEXT, -- Last day; null while it holds
    recorded_at BIGINT NOT NULL, -- Instant of recording
    import_id BYTEA, -- Import it came from
    revoked_at BIGINT, -- Instant of revocation
    PRIMARY KEY (tenant_id, employee_id, number, recorded_at)
);
CREATE UNIQUE INDEX employee_number_one_person ON employee_number (tenant_id, number) WHERE revoked_at IS NULL;

-- Dated facts about a person, append-only: kind, golongan, jabatan, kelas, unit, superior, schedule and others. A value
-- holds until the next valid_from of the same attribute; of one day the latest record that is not revoked counts.
CREATE TABLE employee_attribute (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- The person
    attribute TEXT NOT NULL, -- Name of the attribute
    valid_from TEXT NOT NULL, -- First day on which it holds
    recorded_at BIGINT NOT NULL, -- Instant of recording
    value TEXT, -- The value; null ends the attribute
    ref_id BYTEA, -- The unit or person that the value names, for joins
    source TEXT NOT NULL, -- Document or system it comes from
    actor TEXT NOT NULL, -- Who recorded it
    import_id BYTEA, -- Import it came from
    revoked_at BIGINT, -- Instant of revocation
    PRIMARY KEY (tenant_id, employee_id, attribute, valid_from, recorded_at)
);
CREATE INDEX employee_attribute_value ON employee_attribute (tenant_id, attribute, value);
CREATE INDEX employee_attribute_ref ON employee_attribute (tenant_id, ref_id, attribute) WHERE ref_id IS NOT NULL;
CREATE INDEX employee_attribute_import ON employee_attribute (tenant_id, import_id) WHERE import_id IS NOT NULL;

-- What an import overwrote in a person's master row, so that it can be undone.
CREATE TABLE import_change (
    tenant_id BIGINT NOT NULL, -- Tenant
    import_id BYTEA NOT NULL, -- The import
    employee_id BYTEA NOT NULL, -- The person changed
    name TEXT NOT NULL, -- Name before
    front_title TEXT NOT NULL, -- Titles before the name, before
    back_title TEXT NOT NULL, -- Titles after the name, before
    birth_date TEXT, -- Day of birth before
    sex TEXT, -- Sex before
    PRIMARY KEY (tenant_id, import_id, employee_id)
);

-- A login.
CREATE TABLE account (
    tenant_id BIGINT NOT NULL, -- Tenant
    account_id BYTEA NOT NULL, -- Identity
    employee_id BYTEA, -- The person; null for service accounts
    login TEXT NOT NULL, -- NIP or a chosen name, lower case
    display_name TEXT NOT NULL, -- Name on the screen
    password_hash TEXT, -- Argon2 hash in PHC form; null until activated
    must_change BOOLEAN NOT NULL, -- Whether the password must be changed at the next login
    failed_count BIGINT NOT NULL, -- Wrong passwords in a row
    locked_until BIGINT, -- Instant until which login is refused
    lang TEXT NOT NULL, -- Language: id or en
    disabled_at BIGINT, -- Instant at which it was switched off
    created_at BIGINT NOT NULL, -- Instant of creation
    last_login_at BIGINT, -- Instant of the last login
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, login),
    UNIQUE (tenant_id, employee_id)
);

-- A role on a node of the tree, valid for its subtree between two days.
CREATE TABLE role_grant (
    tenant_id BIGINT NOT NULL, -- Tenant
    grant_id BYTEA NOT NULL, -- Identity
    account_id BYTEA NOT NULL, -- Who holds it
    role TEXT NOT NULL, -- Code of the role
    unit_id BYTEA, -- Node of the tree; null for everything
    valid_from TEXT NOT NULL, -- First day
    valid_until TEXT, -- Last day; null without end
    granted_by TEXT NOT NULL, -- Actor
    recorded_at BIGINT NOT NULL, -- Instant of recording
    revoked_at BIGINT, -- Instant of revocation
    revoked_by TEXT, -- Who revoked it
    PRIMARY KEY (tenant_id, grant_id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit (tenant_id, unit_id)
);
CREATE INDEX role_grant_account ON role_grant (tenant_id, account_id);

-- A browser that is logged in.
CREATE TABLE session (
    tenant_id BIGINT NOT NULL, -- Tenant
    token_hash BYTEA NOT NULL, -- SHA-256 of the cookie; the cookie itself is not kept
    account_id BYTEA NOT NULL, -- Who
    created_at BIGINT NOT NULL, -- Instant of login
    expires_at BIGINT NOT NULL, -- Instant after which it is void
    last_seen_at BIGINT NOT NULL, -- Instant of the last request, kept coarsely
    revoked_at BIGINT, -- Instant of logout or revocation
    user_agent TEXT NOT NULL, -- Browser, for the list of sessions
    ip TEXT NOT NULL, -- Address at login
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, account_id)
);
CREATE INDEX session_account ON session (tenant_id, account_id);

-- A link that works once: first set-up or activation of an account.
CREATE TABLE one_time_link (
    tenant_id BIGINT NOT NULL, -- Tenant
    token_hash BYTEA NOT NULL, -- SHA-256 of the secret part of the link
    purpose TEXT NOT NULL, -- setup or activate
    account_id BYTEA, -- The account to activate; null for set-up
    created_at BIGINT NOT NULL, -- Instant of creation
    created_by TEXT NOT NULL, -- Actor
    expires_at BIGINT NOT NULL, -- Instant after which it is void
    used_at BIGINT, -- Instant of use
    PRIMARY KEY (tenant_id, token_hash)
);
