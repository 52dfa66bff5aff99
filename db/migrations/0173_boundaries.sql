-- +goose Up
-- Who wants the pages closed to them outside their own hours. What they do, and when,
-- is stored nowhere but in the log.
CREATE TABLE boundaries_settings (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    closes       BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);

-- +goose Down
DROP TABLE boundaries_settings;
