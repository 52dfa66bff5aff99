-- +goose Up
-- One row per workspace: the counter of its log, and on PostgreSQL the lock of its writers.
CREATE TABLE db_workspaces (
    workspace_id @uuid PRIMARY KEY,
    seq          BIGINT NOT NULL
);

-- The log. seq counts within the workspace, without gaps, in the order of commits.
CREATE TABLE event_log (
    workspace_id @uuid NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    kind         @text NOT NULL,
    actor_id     @uuid,
    subject_kind @text NOT NULL,
    subject_id   @uuid NOT NULL,
    space_id     @uuid,
    thread_id    @uuid,
    concerns     @json NOT NULL,
    due          BIGINT,
    data         @json NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX event_log_subject ON event_log (workspace_id, subject_id, seq);

-- How far each listener has come in each workspace.
CREATE TABLE event_cursors (
    workspace_id @uuid NOT NULL,
    follower     @text NOT NULL,
    seq          BIGINT NOT NULL,
    tries        BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, follower)
);

-- Events that a listener could not take in five tries.
CREATE TABLE event_parked (
    workspace_id @uuid NOT NULL,
    follower     @text NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    reason       TEXT NOT NULL,
    PRIMARY KEY (workspace_id, follower, seq)
);

CREATE TABLE job_jobs (
    id           @uuid PRIMARY KEY,
    workspace_id @uuid,
    kind         @text NOT NULL,
    args         @json NOT NULL,
    dedup        @text,
    state        @text NOT NULL,
    run_at       BIGINT NOT NULL,
    lease        BIGINT,
    attempt      BIGINT NOT NULL DEFAULT 0,
    max_attempts BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    problem      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_jobs_due ON job_jobs (run_at, id) WHERE state = 'ready';
CREATE INDEX job_jobs_leased ON job_jobs (lease) WHERE state = 'running';
CREATE INDEX job_jobs_finished ON job_jobs (finished_at) WHERE state IN ('done', 'dead');
CREATE UNIQUE INDEX job_jobs_dedup ON job_jobs (dedup) WHERE dedup IS NOT NULL AND state IN ('ready', 'running');

-- Answers given to requests that carried an Idempotency-Key.
CREATE TABLE web_idempotency (
    actor_id     @uuid NOT NULL,
    idem_key     @text NOT NULL,
    request_hash @bytes NOT NULL,
    status       BIGINT NOT NULL,
    header       @json NOT NULL,
    body         @bytes NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (actor_id, idem_key)
);
CREATE INDEX web_idempotency_age ON web_idempotency (created_at);

-- +goose Down
DROP TABLE web_idempotency;
DROP TABLE job_jobs;
DROP TABLE event_parked;
DROP TABLE event_cursors;
DROP TABLE event_log;
DROP TABLE db_workspaces;
