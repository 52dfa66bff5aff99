-- +goose Up
-- When somebody is busy elsewhere and not to be interrupted: a list of [from, to) in
-- microseconds, in order, and nothing of what it is about.
CREATE TABLE people_busy (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    ranges       @json NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);

-- +goose Down
DROP TABLE people_busy;
