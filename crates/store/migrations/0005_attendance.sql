-- A punch as it came. Only its person (when the PIN is mapped) and its being void change later.
CREATE TABLE punch (
    tenant_id BIGINT NOT NULL, -- Tenant
    punch_id BYTEA NOT NULL, -- Identity, sorts by time of receipt
    origin BYTEA NOT NULL, -- Terminal, else group, else person: with pin and local_time it says what is the same punch
    employee_id BYTEA, -- The person; null while the PIN is not mapped
    at BIGINT NOT NULL, -- Instant of the punch by the clock of the source
    local_time TEXT NOT NULL, -- The same as the source wrote it: YYYY-MM-DD HH:MM:SS
    zone TEXT NOT NULL, -- Zone of that clock
    received_at BIGINT NOT NULL, -- Instant of receipt
    source TEXT NOT NULL, -- terminal, file or manual
    terminal_id BYTEA, -- The terminal
    device_group_id BYTEA, -- Group of the terminal at that time
    pin TEXT NOT NULL, -- PIN as sent; empty for a manual punch
    status TEXT NOT NULL, -- State key as sent
    verify TEXT NOT NULL, -- Kind of verification as sent
    workcode TEXT NOT NULL, -- Work code as sent
    direction TEXT NOT NULL, -- in, out or unknown
    place TEXT NOT NULL, -- inside, unsure, outside or unknown
    flags TEXT NOT NULL, -- Doubts as words separated by blanks; empty for none
    journal_id BYTEA, -- Upload it came with
    import_id BYTEA, -- File it came with
    voided_at BIGINT, -- Instant at which its import was undone or it was withdrawn
    voided_by TEXT, -- Who withdrew it
    PRIMARY KEY (tenant_id, punch_id),
    UNIQUE (tenant_id, local_time, origin, pin)
);
CREATE INDEX punch_employee ON punch (tenant_id, employee_id, at);
CREATE INDEX punch_received ON punch (tenant_id, received_at);
CREATE INDEX punch_pin ON punch (tenant_id, device_group_id, pin);
CREATE INDEX punch_import ON punch (tenant_id, import_id) WHERE import_id IS NOT NULL;

-- Leave, duty or another status of a person over some days.
CREATE TABLE person_status (
    tenant_id BIGINT NOT NULL, -- Tenant
    status_id BYTEA NOT NULL, -- Identity
    employee_id BYTEA NOT NULL, -- The person
    first_day TEXT NOT NULL, -- First day
    last_day TEXT NOT NULL, -- Last day
    code TEXT NOT NULL, -- Code of the status dictionary: CT, DL, S and others
    part TEXT NOT NULL, -- Part of each day as JSON: full, first_half, second_half or hours
    with_letter BOOLEAN NOT NULL, -- Whether a letter proves it
    document TEXT NOT NULL, -- Number of the letter
    note TEXT NOT NULL, -- Reason
    actor TEXT NOT NULL, -- Who recorded it
    recorded_at BIGINT NOT NULL, -- Instant of recording
    import_id BYTEA, -- Import it came from
    approved_at BIGINT, -- Instant of approval
    approved_by TEXT, -- Who approved it
    revoked_at BIGINT, -- Instant of revocation
    revoked_by TEXT, -- Who revoked it
    PRIMARY KEY (tenant_id, status_id)
);
CREATE INDEX person_status_days ON person_status (tenant_id, employee_id, last_day);
CREATE INDEX person_status_import ON person_status (tenant_id, import_id) WHERE import_id IS NOT NULL;

-- An apel, ceremony or other event at which attendance is taken.
CREATE TABLE event (
    tenant_id BIGINT NOT NULL, -- Tenant
    event_id BYTEA NOT NULL, -- Identity
    kind TEXT NOT NULL, -- apel, upacara, senam and others
    day TEXT NOT NULL, -- Day
    name TEXT NOT NULL, -- Name
    unit_id BYTEA, -- Unit and everything below it; null for everybody
    part TEXT NOT NULL, -- morning, afternoon or full
    actor TEXT NOT NULL, -- Who recorded it
    recorded_at BIGINT NOT NULL, -- Instant of recording
    revoked_at BIGINT, -- Instant of revocation
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX event_day ON event (tenant_id, day);

-- Who was at an event; append-only, the latest record counts.
CREATE TABLE event_attendance (
    tenant_id BIGINT NOT NULL, -- Tenant
    event_id BYTEA NOT NULL, -- The event
    employee_id BYTEA NOT NULL, -- The person
    recorded_at BIGINT NOT NULL, -- Instant of recording
    state TEXT NOT NULL, -- present, late, absent or excused
    actor TEXT NOT NULL, -- Who recorded it
    PRIMARY KEY (tenant_id, event_id, employee_id, recorded_at),
    FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, event_id)
);
CREATE INDEX event_attendance_employee ON event_attendance (tenant_id, employee_id);

-- A time in which punching was not possible through no fault of the people.
CREATE TABLE outage (
    tenant_id BIGINT NOT NULL, -- Tenant
    outage_id BYTEA NOT NULL, -- Identity
    unit_id BYTEA, -- Unit and everything below it; null for everybody
    terminal_id BYTEA, -- Only this terminal
    from_at BIGINT NOT NULL, -- Instant of its beginning
    until_at BIGINT, -- Instant of its end; null while it lasts
    kind TEXT NOT NULL, -- terminal_silent, server_outage or declared
    cause TEXT NOT NULL, -- What happened, in words
    actor TEXT NOT NULL, -- Who recorded it
    recorded_at BIGINT NOT NULL, -- Instant of recording
    revoked_at BIGINT, -- Instant of revocation
    revoked_by TEXT, -- Who revoked it
    PRIMARY KEY (tenant_id, outage_id)
);
CREATE INDEX outage_from ON outage (tenant_id, from_at);

-- Monthly figures that come from elsewhere (LKH, SKP score, penalties); append-only, the latest record counts.
CREATE TABLE month_input (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- The person
    month TEXT NOT NULL, -- Month as YYYY-MM
    name TEXT NOT NULL, -- Name of the figure as the policy calls it
    recorded_at BIGINT NOT NULL, -- Instant of recording
    value TEXT NOT NULL, -- Decimal, code or text
    actor TEXT NOT NULL, -- Who recorded it
    import_id BYTEA, -- Import it came from
    revoked_at BIGINT, -- Instant of revocation
    PRIMARY KEY (tenant_id, employee_id, month, name, recorded_at)
);
CREATE INDEX month_input_import ON month_input (tenant_id, import_id) WHERE import_id IS NOT NULL;
