-- A day that differs from the weekly pattern, by layer: national, province, regency, unit.
CREATE TABLE holiday (
    tenant_id BIGINT NOT NULL, -- Tenant
    holiday_id BYTEA NOT NULL, -- Identity
    layer TEXT NOT NULL, -- national, province, regency or unit
    unit_id BYTEA, -- The unit, for the unit layer
    day TEXT NOT NULL, -- The day
    kind TEXT NOT NULL, -- libur, cuti_bersama or withdrawn (a free day of a wider layer that is a working day here)
    name TEXT NOT NULL, -- Name in Bahasa Indonesia
    source TEXT NOT NULL, -- Decree it comes from
    recorded_at BIGINT NOT NULL, -- Instant of recording
    actor TEXT NOT NULL, -- Who recorded it
    withdrawn_at BIGINT, -- Instant of withdrawal
    PRIMARY KEY (tenant_id, holiday_id)
);
CREATE UNIQUE INDEX holiday_wide ON holiday (tenant_id, layer, day, kind) WHERE unit_id IS NULL AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX holiday_unit ON holiday (tenant_id, unit_id, day, kind) WHERE unit_id IS NOT NULL AND withdrawn_at IS NULL;
CREATE INDEX holiday_day ON holiday (tenant_id, day);

-- A period with other hours, such as Ramadan.
CREATE TABLE calendar_period (
    tenant_id BIGINT NOT NULL, -- Tenant
    period_id BYTEA NOT NULL, -- Identity
    kind TEXT NOT NULL, -- ramadan and others
    layer TEXT NOT NULL, -- national, province, regency or unit
    unit_id BYTEA, -- The unit, for the unit layer
    first_day TEXT NOT NULL, -- First day
    last_day TEXT NOT NULL, -- Last day
    name TEXT NOT NULL, -- Name in Bahasa Indonesia
    source TEXT NOT NULL, -- Decree it comes from
    recorded_at BIGINT NOT NULL, -- Instant of recording
    actor TEXT NOT NULL, -- Who recorded it
    withdrawn_at BIGINT, -- Instant of withdrawal
    PRIMARY KEY (tenant_id, period_id)
);
CREATE INDEX calendar_period_day ON calendar_period (tenant_id, first_day);

-- A working-time schedule; append-only, a version holds from a day until the next version of its code.
CREATE TABLE schedule (
    tenant_id BIGINT NOT NULL, -- Tenant
    code TEXT NOT NULL, -- Code, for example 5HK
    valid_from TEXT NOT NULL, -- First day of this version
    recorded_at BIGINT NOT NULL, -- Instant of recording
    name TEXT NOT NULL, -- Name
    spec TEXT NOT NULL, -- Hours, windows and shifts as JSON of the domain's schedule
    actor TEXT NOT NULL, -- Who recorded it
    PRIMARY KEY (tenant_id, code, valid_from, recorded_at)
);

-- Which schedule a unit and everything below it follows; append-only.
CREATE TABLE unit_schedule (
    tenant_id BIGINT NOT NULL, -- Tenant
    unit_id BYTEA NOT NULL, -- The unit
    valid_from TEXT NOT NULL, -- First day
    recorded_at BIGINT NOT NULL, -- Instant of recording
    schedule_code TEXT NOT NULL, -- Code of the schedule
    actor TEXT NOT NULL, -- Who recorded it
    PRIMARY KEY (tenant_id, unit_id, valid_from, recorded_at),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit (tenant_id, unit_id)
);

-- The shift of one person on one day; append-only, the latest record that is not revoked counts.
CREATE TABLE roster_entry (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- The person
    day TEXT NOT NULL, -- Day on which the shift starts
    recorded_at BIGINT NOT NULL, -- Instant of recording
    shift TEXT NOT NULL, -- Code of the shift; empty for a free day
    actor TEXT NOT NULL, -- Who recorded it
    import_id BYTEA, -- Import it came from
    revoked_at BIGINT, -- Instant of revocation
    PRIMARY KEY (tenant_id, employee_id, day, recorded_at)
);
CREATE INDEX roster_entry_import ON roster_entry (tenant_id, import_id) WHERE import_id IS NOT NULL;
