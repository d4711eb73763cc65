-- Whose PIN it is decides with the punch who it is; only punches of nobody are ever looked for by their PIN alone.
DROP INDEX punch_pin;
CREATE INDEX punch_unmapped ON punch (tenant_id, device_group_id, pin) WHERE employee_id IS NULL;
