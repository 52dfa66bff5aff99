-- +goose Up
-- Why the mail of an invitation did not arrive; empty as long as nothing came back.
ALTER TABLE decisions_guests ADD COLUMN returned @text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE decisions_guests DROP COLUMN returned;
