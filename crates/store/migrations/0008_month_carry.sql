-- What a locked month of a person hands on to later months: counters of the year and open runs; written at the lock.
CREATE TABLE month_carry (
    tenant_id BIGINT NOT NULL, -- Tenant
    employee_id BYTEA NOT NULL, -- Person
    month TEXT NOT NULL, -- Month as YYYY-MM
    unit_id BYTEA NOT NULL, -- The OPD that locked it
    version BIGINT NOT NULL, -- Version of the lock in month_close
    carried TEXT NOT NULL, -- JSON: counters, open runs and tally of the month
    revoked_at BIGINT, -- Instant at which the month was opened again
    PRIMARY KEY (tenant_id, employee_id, month, unit_id, version)
);
CREATE INDEX month_carry_unit ON month_carry (tenant_id, unit_id, month) WHERE revoked_at IS NULL;
