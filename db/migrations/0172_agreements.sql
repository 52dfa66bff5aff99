-- +goose Up
-- What a team agreed on: every version stays, and the newest holds. fields are the
-- settings, prose is the page around them.
CREATE TABLE agreements_versions (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    version      BIGINT NOT NULL,
    fields       @json NOT NULL,
    prose        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    restored     BIGINT NOT NULL,
    author_id    @uuid,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, team_id, version)
);

-- In which spaces a team's agreement holds; a space has one at most.
CREATE TABLE agreements_spaces (
    workspace_id @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    PRIMARY KEY (workspace_id, space_id)
);
CREATE INDEX agreements_spaces_team ON agreements_spaces (workspace_id, team_id);

-- +goose Down
DROP TABLE agreements_spaces;
DROP TABLE agreements_versions;
