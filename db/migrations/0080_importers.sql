-- +goose Up
-- One row an import that was asked for, to look at while it runs and afterwards.
CREATE TABLE importers_imports (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    source       @text NOT NULL,
    file_id      @uuid NOT NULL,
    file_name    TEXT NOT NULL,
    by_id        @uuid NOT NULL,
    dry          BOOLEAN NOT NULL,
    state        @text NOT NULL,
    phase        TEXT NOT NULL,
    done         BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    report       @json,
    problem      TEXT NOT NULL,
    started_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX importers_imports_open ON importers_imports (workspace_id, id) WHERE finished_at IS NULL;

-- How far an export came, by its fingerprint: where a stopped import goes on. The row
-- goes when the import is done.
CREATE TABLE importers_runs (
    workspace_id @uuid NOT NULL,
    fingerprint  @text NOT NULL,
    channel      @text NOT NULL,
    after_key    @text NOT NULL,
    counts       @json NOT NULL,
    PRIMARY KEY (workspace_id, fingerprint)
);

-- Who somebody of another system is here.
CREATE TABLE importers_people (
    workspace_id @uuid NOT NULL,
    ext_key      @text NOT NULL,
    person_id    @uuid NOT NULL,
    PRIMARY KEY (workspace_id, ext_key)
);

-- What an earlier export said of a channel, so that a newer one adds what is new and
-- does not undo what people changed here since.
CREATE TABLE importers_channels (
    workspace_id @uuid NOT NULL,
    ext_key      @text NOT NULL,
    space_id     @uuid NOT NULL,
    members      @json NOT NULL,
    pins         @json NOT NULL,
    archived     BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, ext_key)
);

-- +goose Down
DROP TABLE importers_channels;
DROP TABLE importers_people;
DROP TABLE importers_runs;
DROP TABLE importers_imports;
