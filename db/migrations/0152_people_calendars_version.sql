-- +goose Up
-- The other server's words for the state of a holiday calendar that was read last.
ALTER TABLE people_calendars ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE people_calendars ADD COLUMN modified TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE people_calendars DROP COLUMN modified;
ALTER TABLE people_calendars DROP COLUMN etag;
