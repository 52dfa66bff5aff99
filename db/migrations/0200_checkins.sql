-- +goose Up
-- A check-in: questions that the people of a team are asked again and again, each in
-- their own day. It has a thread of its own.
CREATE TABLE checkins (
    workspace_id   @uuid NOT NULL,
    id             @uuid NOT NULL,
    space_id       @uuid NOT NULL,
    thread_id      @uuid NOT NULL,
    post_id        @uuid NOT NULL,
    owner_id       @uuid NOT NULL,
    name           TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    template       @text NOT NULL,
    team_id        @uuid,
    people         @json NOT NULL,
    questions      @json NOT NULL,
    rhythm         @json NOT NULL,
    hidden         BOOLEAN NOT NULL,
    blocker_window @text NOT NULL,
    state          @text NOT NULL,
    pause_until    @text NOT NULL,
    version        BIGINT NOT NULL,
    made_at        BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    ended_at       BIGINT,
    outcome        TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX checkins_space ON checkins (workspace_id, space_id, id);
CREATE INDEX checkins_thread ON checkins (workspace_id, thread_id);
CREATE INDEX checkins_team ON checkins (workspace_id, team_id) WHERE team_id IS NOT NULL;

-- Who is asked, and who reads the reports. next_date is the local date for which a
-- person is asked next; empty when none is in sight.
CREATE TABLE checkins_people (
    workspace_id @uuid NOT NULL,
    checkin_id   @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    asked        BOOLEAN NOT NULL,
    reads        BOOLEAN NOT NULL,
    since_at     BIGINT NOT NULL,
    next_at      BIGINT,
    next_date    @text NOT NULL,
    PRIMARY KEY (workspace_id, checkin_id, person_id)
);
CREATE INDEX checkins_people_person ON checkins_people (workspace_id, person_id, checkin_id);

-- One person asked for one local date of theirs; the answer is in it.
CREATE TABLE checkins_turns (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    checkin_id   @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    date         @text NOT NULL,
    asked_at     BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    state        @text NOT NULL,
    questions    @json NOT NULL,
    answers      @json NOT NULL,
    silent       BOOLEAN NOT NULL,
    published_at BIGINT,
    public_at    BIGINT,
    delivered_at BIGINT,
    edited_at    BIGINT,
    edits        BIGINT NOT NULL,
    draft        @json NOT NULL,
    draft_at     BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, checkin_id, person_id, date)
);
CREATE INDEX checkins_turns_open ON checkins_turns (workspace_id, person_id, due_at) WHERE state = 'open';
CREATE INDEX checkins_turns_published ON checkins_turns (workspace_id, checkin_id, published_at, id) WHERE published_at IS NOT NULL;

-- What somebody waits for, until it is settled; ask_id when a person was asked.
CREATE TABLE checkins_blockers (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    checkin_id   @uuid NOT NULL,
    turn_id      @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    words        TEXT NOT NULL,
    waits_person @uuid,
    waits_what   TEXT NOT NULL,
    ask_id       @uuid,
    post_id      @uuid,
    made_at      BIGINT NOT NULL,
    settled_at   BIGINT,
    settled_by   @uuid,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX checkins_blockers_open ON checkins_blockers (workspace_id, checkin_id, id) WHERE settled_at IS NULL;
CREATE INDEX checkins_blockers_turn ON checkins_blockers (workspace_id, turn_id);
CREATE INDEX checkins_blockers_ask ON checkins_blockers (workspace_id, ask_id) WHERE ask_id IS NOT NULL;

-- What one reader was told on one morning, and the answers that stood in it. An answer
-- reaches each reader once.
CREATE TABLE checkins_reports (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    checkin_id   @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    date         @text NOT NULL,
    answered     BIGINT NOT NULL,
    asked        BIGINT NOT NULL,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX checkins_reports_person ON checkins_reports (workspace_id, person_id, checkin_id, id);
CREATE TABLE checkins_lines (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    turn_id      @uuid NOT NULL,
    report_id    @uuid NOT NULL,
    PRIMARY KEY (workspace_id, person_id, turn_id)
);
CREATE INDEX checkins_lines_report ON checkins_lines (workspace_id, report_id);

-- Figures of a whole week, counted once when the week is over for everybody and never
-- again, and only of five people or more.
CREATE TABLE checkins_figures (
    workspace_id @uuid NOT NULL,
    checkin_id   @uuid NOT NULL,
    week         @text NOT NULL,
    question     @text NOT NULL,
    value        BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, checkin_id, week, question)
);

-- What is to be done when: one pulse reads it across all workspaces, in order.
CREATE TABLE checkins_due (
    workspace_id @uuid NOT NULL,
    kind         @text NOT NULL,
    checkin_id   @uuid NOT NULL,
    ref_id       @uuid NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, kind, checkin_id, ref_id)
);
CREATE INDEX checkins_due_at ON checkins_due (at, workspace_id, kind, checkin_id, ref_id);

-- +goose Down
DROP TABLE checkins_due;
DROP TABLE checkins_figures;
DROP TABLE checkins_lines;
DROP TABLE checkins_reports;
DROP TABLE checkins_blockers;
DROP TABLE checkins_turns;
DROP TABLE checkins_people;
DROP TABLE checkins;
