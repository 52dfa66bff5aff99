-- +goose Up
-- Work on its way from hand to hand. holder_id is who has it; while offered_to is set
-- it is on offer until due, and held_ask is the ask that says so. look_at is when time
-- changes something by itself: one pulse reads it across all workspaces.
CREATE TABLE batons (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    thread_id    @uuid NOT NULL,
    post_id      @uuid NOT NULL,
    own_thread   BOOLEAN NOT NULL,
    ask_id       @uuid,
    title        TEXT NOT NULL,
    stands       TEXT NOT NULL,
    next_step    TEXT NOT NULL,
    traps        TEXT NOT NULL,
    links        @json NOT NULL,
    by_at        BIGINT,
    late_told    BOOLEAN NOT NULL,
    chain_id     @uuid,
    time_window  @text NOT NULL,
    state        @text NOT NULL,
    holder_id    @uuid NOT NULL,
    held_since   BIGINT NOT NULL,
    offered_to   @uuid,
    offered_at   BIGINT,
    reach        BIGINT,
    due          BIGINT,
    held_ask     @uuid,
    away_told    BIGINT,
    opened_by    @uuid NOT NULL,
    opened_at    BIGINT NOT NULL,
    ended_by     @uuid,
    ended_at     BIGINT,
    outcome      TEXT NOT NULL,
    legs         BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    look_at      BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX batons_look ON batons (look_at, workspace_id, id) WHERE look_at IS NOT NULL;
CREATE INDEX batons_space ON batons (workspace_id, space_id, id);
CREATE INDEX batons_thread ON batons (workspace_id, thread_id, id);
CREATE INDEX batons_holder ON batons (workspace_id, holder_id, id);
CREATE INDEX batons_chain ON batons (workspace_id, chain_id) WHERE chain_id IS NOT NULL;
CREATE INDEX batons_offered ON batons (workspace_id, offered_to, id) WHERE offered_to IS NOT NULL;

-- Each time a baton was offered: by whom, to whom, with which note, and what came of it.
CREATE TABLE batons_legs (
    workspace_id @uuid NOT NULL,
    baton_id     @uuid NOT NULL,
    n            BIGINT NOT NULL,
    from_id      @uuid NOT NULL,
    to_id        @uuid NOT NULL,
    why          @text NOT NULL,
    state        @text NOT NULL,
    offered_at   BIGINT NOT NULL,
    due          BIGINT,
    decided_at   BIGINT,
    stands       TEXT NOT NULL,
    next_step    TEXT NOT NULL,
    traps        TEXT NOT NULL,
    note         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, baton_id, n)
);

-- A named chain of people and teams of a space; who comes next is computed from hours.
CREATE TABLE batons_chains (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    name         TEXT NOT NULL,
    steps        @json NOT NULL,
    time_window  @text NOT NULL,
    version      BIGINT NOT NULL,
    made_by      @uuid NOT NULL,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX batons_chains_space ON batons_chains (workspace_id, space_id, id);

-- When each person is next told, in the last hour of their day, what could move on.
CREATE TABLE batons_evenings (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    wanted       BOOLEAN NOT NULL,
    look_at      BIGINT,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX batons_evenings_look ON batons_evenings (look_at, workspace_id, person_id) WHERE look_at IS NOT NULL;

-- +goose Down
DROP TABLE batons_evenings;
DROP TABLE batons_chains;
DROP TABLE batons_legs;
DROP TABLE batons;
