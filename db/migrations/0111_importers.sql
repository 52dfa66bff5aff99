-- +goose Up
-- done_at is when an export had come in whole: nothing of it is new after that.
ALTER TABLE importers_runs ADD COLUMN done_at BIGINT;

-- +goose Down
ALTER TABLE importers_runs DROP COLUMN done_at;
