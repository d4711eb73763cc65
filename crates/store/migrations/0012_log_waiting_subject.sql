-- The check asks of every row whether it waits for its entry.
CREATE INDEX log_waiting_subject ON log_waiting (tenant_id, subject);
