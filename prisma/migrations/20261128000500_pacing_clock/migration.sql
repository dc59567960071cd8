-- Rounded to milliseconds, a budget that was just filled could be filled in the future, and a full one made a call wait.
ALTER TABLE store_paces ALTER COLUMN refilled_at TYPE timestamptz(6);
