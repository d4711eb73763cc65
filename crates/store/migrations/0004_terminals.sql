-- Terminals that share one list of PINs.
CREATE TABLE device_group (
    tenant_id BIGINT NOT NULL, -- Tenant
    group_id BYTEA NOT NULL, -- Identity
    code TEXT NOT NULL, -- Short code
    name TEXT NOT NULL, -- Name
    created_at BIGINT NOT NULL, -- Instant of creation
    PRIMARY KEY (tenant_id, group_id),
    UNIQUE (tenant_id, code)
);

-- A fingerprint or face terminal.
CREATE TABLE terminal (
    tenant_id BIGINT NOT NULL, -- Tenant
    terminal_id BYTEA NOT NULL, -- Identity
    serial TEXT NOT NULL, -- Serial number as the terminal says it
    state TEXT NOT NULL, -- pending, approved or retired
    name TEXT NOT NULL, -- Name given by the operator
    unit_id BYTEA, -- Unit where it stands
    group_id BYTEA, -- Group whose PINs it uses; null until approved
    zone TEXT NOT NULL, -- Time zone of its wall clock
    role TEXT NOT NULL, -- both, in or out: what the door is for
    first_seen BIGINT NOT NULL, -- Instant of the first contact
    last_seen BIGINT NOT NULL, -- Instant of the last contact
    last_ip TEXT NOT NULL, -- Address of the last contact
    allowed_cidr TEXT NOT NULL, -- Networks it may come from; empty for any
    model TEXT NOT NULL, -- Model as it says
    firmware TEXT NOT NULL, -- Firmware as it says
    push_version TEXT NOT NULL, -- Version of the push protocol as it says
    options TEXT NOT NULL, -- JSON: option lines it sent
    info TEXT NOT NULL, -- JSON: counters of its last INFO
    comm_key_hash TEXT, -- SHA-256 of its communication key, hexadecimal
    drift_seconds BIGINT, -- How far its clock is ahead of ours
    drift_at BIGINT, -- Instant of that measurement
    approved_at BIGINT, -- Instant of approval
    approved_by TEXT, -- Who approved it
    PRIMARY KEY (tenant_id, terminal_id),
    UNIQUE (tenant_id, serial)
);

-- The last stamp of each table of a terminal, handed back at its next handshake.
CREATE TABLE terminal_stamp (
    tenant_id BIGINT NOT NULL, -- Tenant
    terminal_id BYTEA NOT NULL, -- The terminal
    table_name TEXT NOT NULL, -- ATTLOG, OPERLOG and others
    stamp TEXT NOT NULL, -- The stamp as the terminal sent it
    PRIMARY KEY (tenant_id, terminal_id, table_name)
);

-- Every upload as it came, before anything is understood; append-only.
CREATE TABLE terminal_journal (
    tenant_id BIGINT NOT NULL, -- Tenant
    journal_id BYTEA NOT NULL, -- Identity, sorts by time
    serial TEXT NOT NULL, -- Serial number in the request
    terminal_id BYTEA, -- The terminal, if known
    received_at BIGINT NOT NULL, -- Instant of receipt
    peer TEXT NOT NULL, -- Address it came from
    method TEXT NOT NULL, -- HTTP method
    target TEXT NOT NULL, -- Path and query
    body BYTEA NOT NULL, -- Body, byte for byte
    outcome TEXT NOT NULL, -- What was done: accepted, refused, unknown table and others
    PRIMARY KEY (tenant_id, journal_id)
);
CREATE INDEX terminal_journal_terminal ON terminal_journal (tenant_id, terminal_id, received_at);

-- Lines of an upload that could not be understood; nothing is lost, a person decides.
CREATE TABLE terminal_quarantine (
    tenant_id BIGINT NOT NULL, -- Tenant
    journal_id BYTEA NOT NULL, -- The upload
    line_no BIGINT NOT NULL, -- Line within it, from 1
    terminal_id BYTEA NOT NULL, -- The terminal
    raw BYTEA NOT NULL, -- The line as it came
    reason TEXT NOT NULL, -- Why it was set aside
    recorded_at BIGINT NOT NULL, -- Instant
    resolved_at BIGINT, -- Instant of the decision
    resolution TEXT, -- The decision and who took it
    PRIMARY KEY (tenant_id, journal_id, line_no)
);
CREATE INDEX terminal_quarantine_open ON terminal_quarantine (tenant_id, terminal_id) WHERE resolved_at IS NULL;

-- Something about a terminal that a person should look at.
CREATE TABLE terminal_alert (
    tenant_id BIGINT NOT NULL, -- Tenant
    alert_id BYTEA NOT NULL, -- Identity
    terminal_id BYTEA, -- The terminal, if known
    kind TEXT NOT NULL, -- drift, silent, second_address, unknown_serial and others
    dedupe_key TEXT NOT NULL, -- While an alert with this key is open, the next one only counts
    detail TEXT NOT NULL, -- JSON of the last occurrence
    raised_at BIGINT NOT NULL, -- Instant of the first occurrence
    last_at BIGINT NOT NULL, -- Instant of the last occurrence
    occurrences BIGINT NOT NULL, -- How often it happened
    acknowledged_at BIGINT, -- Instant of acknowledgement
    acknowledged_by TEXT, -- Who acknowledged it
    PRIMARY KEY (tenant_id, alert_id)
);
CREATE UNIQUE INDEX terminal_alert_open ON terminal_alert (tenant_id, dedupe_key) WHERE acknowledged_at IS NULL;

-- A command waiting for, or answered by, a terminal.
CREATE TABLE terminal_command (
    tenant_id BIGINT NOT NULL, -- Tenant
    command_id TEXT NOT NULL, -- At most 16 letters and digits, sent to the terminal
    terminal_id BYTEA NOT NULL, -- The terminal
    body TEXT NOT NULL, -- The command line
    state TEXT NOT NULL, -- pending, sent, done, failed or expired
    queued_at BIGINT NOT NULL, -- Instant of queueing
    queued_by TEXT NOT NULL, -- Actor
    sent_at BIGINT, -- Instant of the last sending
    done_at BIGINT, -- Instant of the result
    return_code BIGINT, -- Code the terminal returned
    result TEXT, -- Text the terminal returned
    PRIMARY KEY (tenant_id, command_id)
);
CREATE INDEX terminal_command_open ON terminal_command (tenant_id, terminal_id, queued_at) WHERE state IN ('pending', 'sent');

-- A user as a terminal knows it, to find out whose PIN it is; no password, card or template.
CREATE TABLE terminal_user (
    tenant_id BIGINT NOT NULL, -- Tenant
    terminal_id BYTEA NOT NULL, -- The terminal
    pin TEXT NOT NULL, -- PIN as sent
    name TEXT NOT NULL, -- Name that the terminal shows
    privilege BIGINT NOT NULL, -- 0 user, 14 administrator of the terminal
    seen_at BIGINT NOT NULL, -- Instant at which it was last sent
    PRIMARY KEY (tenant_id, terminal_id, pin)
);

-- Whose PIN it is within a group of terminals; of overlapping records the latest counts.
CREATE TABLE pin_map (
    tenant_id BIGINT NOT NULL, -- Tenant
    group_id BYTEA NOT NULL, -- Group of terminals
    pin TEXT NOT NULL, -- PIN as text, leading zeros kept
    valid_from TEXT NOT NULL, -- First day
    recorded_at BIGINT NOT NULL, -- Instant of recording
    employee_id BYTEA NOT NULL, -- The person
    valid_until TEXT, -- Last day; null while it holds
    actor TEXT NOT NULL, -- Who recorded it
    PRIMARY KEY (tenant_id, group_id, pin, valid_from, recorded_at)
);
CREATE INDEX pin_map_employee ON pin_map (tenant_id, employee_id);
