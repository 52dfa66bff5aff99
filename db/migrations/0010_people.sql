-- +goose Up
CREATE TABLE people_workspaces (
    workspace_id @uuid PRIMARY KEY,
    name         TEXT NOT NULL,
    created_at   BIGINT NOT NULL
);

-- version counts the changes of somebody's hours; stamp is new with each of them and never
-- used twice, not even by a transaction that was taken back, so that caches may trust it.
CREATE TABLE people_persons (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    name         TEXT NOT NULL,
    name_fold    @text NOT NULL,
    handle       @text NOT NULL,
    email        @text NOT NULL,
    role         @text NOT NULL,
    title        TEXT NOT NULL,
    state        @text NOT NULL,
    bot          BOOLEAN NOT NULL,
    guest_until  BIGINT,
    created_at   BIGINT NOT NULL,
    zone         @text NOT NULL,
    moves        @json NOT NULL,
    spec         @json NOT NULL,
    version      BIGINT NOT NULL,
    stamp        @uuid NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE UNIQUE INDEX people_persons_email ON people_persons (workspace_id, email) WHERE email <> '';
CREATE INDEX people_persons_name ON people_persons (workspace_id, name_fold, person_id);

-- Handles are unique over people and teams together, because both are written after an @.
CREATE TABLE people_handles (
    workspace_id @uuid NOT NULL,
    handle       @text NOT NULL,
    kind         @text NOT NULL,
    of_id        @uuid NOT NULL,
    PRIMARY KEY (workspace_id, handle)
);

CREATE TABLE people_teams (
    workspace_id @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    name         TEXT NOT NULL,
    name_fold    @text NOT NULL,
    handle       @text NOT NULL,
    created_by   @uuid,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, team_id)
);
CREATE INDEX people_teams_name ON people_teams (workspace_id, name_fold, team_id);

CREATE TABLE people_team_members (
    workspace_id @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    PRIMARY KEY (workspace_id, team_id, person_id)
);
CREATE INDEX people_team_members_person ON people_team_members (workspace_id, person_id);

-- An absence is either whole local days (both dates, the last one included) or two instants.
CREATE TABLE people_absences (
    workspace_id @uuid NOT NULL,
    absence_id   @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    from_date    @text NOT NULL,
    to_date      @text NOT NULL,
    from_at      BIGINT,
    to_at        BIGINT,
    reason       TEXT NOT NULL,
    stand_in     @uuid,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, absence_id)
);
CREATE INDEX people_absences_person ON people_absences (workspace_id, person_id);

CREATE TABLE people_calendars (
    workspace_id @uuid NOT NULL,
    calendar_id  @uuid NOT NULL,
    name         TEXT NOT NULL,
    url          TEXT NOT NULL,
    source       TEXT NOT NULL,
    days         @json NOT NULL,
    problem      TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    refresh_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, calendar_id)
);
CREATE INDEX people_calendars_refresh ON people_calendars (refresh_at);

CREATE TABLE people_calendar_readers (
    workspace_id @uuid NOT NULL,
    calendar_id  @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    PRIMARY KEY (workspace_id, calendar_id, person_id)
);
CREATE INDEX people_calendar_readers_person ON people_calendar_readers (workspace_id, person_id);

-- +goose Down
DROP TABLE people_calendar_readers;
DROP TABLE people_calendars;
DROP TABLE people_absences;
DROP TABLE people_team_members;
DROP TABLE people_teams;
DROP TABLE people_handles;
DROP TABLE people_persons;
DROP TABLE people_workspaces;
