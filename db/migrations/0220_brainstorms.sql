-- +goose Up
-- A brainstorm goes through its phases; phase_n counts them as they are entered, ends_at
-- is when the present one ends by itself. secret is the key of the marks that stand for
-- people on ideas and ballots, and is forgotten when the brainstorm ends. version counts
-- the changes of the board that its readers can see, base is where the phase began.
CREATE TABLE brainstorms (
    workspace_id   @uuid NOT NULL,
    id             @uuid NOT NULL,
    space_id       @uuid NOT NULL,
    thread_id      @uuid NOT NULL,
    post_id        @uuid NOT NULL,
    parent_id      @uuid,
    room           TEXT NOT NULL,
    title          TEXT NOT NULL,
    prompt         TEXT NOT NULL,
    facilitator_id @uuid NOT NULL,
    settings       @json NOT NULL,
    phase          @text NOT NULL,
    phase_n        BIGINT NOT NULL,
    phase_at       BIGINT NOT NULL,
    ends_at        BIGINT,
    seed           @text NOT NULL,
    secret         @bytes,
    version        BIGINT NOT NULL,
    base           BIGINT NOT NULL,
    conclusion     TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    ended_at       BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX brainstorms_space ON brainstorms (workspace_id, space_id, id);
CREATE INDEX brainstorms_thread ON brainstorms (workspace_id, thread_id);
CREATE INDEX brainstorms_parent ON brainstorms (workspace_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX brainstorms_ends ON brainstorms (ends_at, workspace_id, id) WHERE ends_at IS NOT NULL;

-- Who takes part. done_n is the phase_n that they said they are done with.
CREATE TABLE brainstorms_people (
    workspace_id  @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    person_id     @uuid NOT NULL,
    added_at      BIGINT NOT NULL,
    done_n        BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, brainstorm_id, person_id)
);
CREATE INDEX brainstorms_people_person ON brainstorms_people (workspace_id, person_id);

-- An idea. Its id is random and tells no time. author_id stands where ideas are named or
-- the author claimed it; author_mark everywhere until the end. version is 0 while hidden.
CREATE TABLE brainstorms_ideas (
    workspace_id  @uuid NOT NULL,
    id            @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    n             BIGINT NOT NULL,
    body          TEXT NOT NULL,
    link          TEXT NOT NULL,
    picture       @text NOT NULL,
    author_id     @uuid,
    author_mark   @bytes,
    shown         BOOLEAN NOT NULL,
    late          BOOLEAN NOT NULL,
    edited        BOOLEAN NOT NULL,
    deleted       BOOLEAN NOT NULL,
    room          TEXT NOT NULL,
    group_id      @uuid,
    merged_id     @uuid,
    place         BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    result        @json,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX brainstorms_ideas_board ON brainstorms_ideas (workspace_id, brainstorm_id, version);

-- A comment, a pro or a con below an idea; id and author as above.
CREATE TABLE brainstorms_notes (
    workspace_id  @uuid NOT NULL,
    id            @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    idea_id       @uuid NOT NULL,
    kind          @text NOT NULL,
    body          TEXT NOT NULL,
    author_id     @uuid,
    author_mark   @bytes,
    n             BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX brainstorms_notes_board ON brainstorms_notes (workspace_id, brainstorm_id, idea_id, n);

CREATE TABLE brainstorms_groups (
    workspace_id  @uuid NOT NULL,
    id            @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    name          TEXT NOT NULL,
    place         BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    deleted       BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX brainstorms_groups_board ON brainstorms_groups (workspace_id, brainstorm_id, version);

-- One ballot a voter, by their mark; gone when the brainstorm ends.
CREATE TABLE brainstorms_ballots (
    workspace_id  @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    voter_mark    @bytes NOT NULL,
    votes         @json NOT NULL,
    PRIMARY KEY (workspace_id, brainstorm_id, voter_mark)
);

-- What became of ideas: something to do, a decision, a thread.
CREATE TABLE brainstorms_outcomes (
    workspace_id  @uuid NOT NULL,
    id            @uuid NOT NULL,
    brainstorm_id @uuid NOT NULL,
    kind          @text NOT NULL,
    title         TEXT NOT NULL,
    ideas         @json NOT NULL,
    path          TEXT NOT NULL,
    owner_id      @uuid,
    post_id       @uuid,
    by_id         @uuid NOT NULL,
    at            BIGINT NOT NULL,
    done_at       BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX brainstorms_outcomes_board ON brainstorms_outcomes (workspace_id, brainstorm_id, id);

-- +goose Down
DROP TABLE brainstorms_outcomes;
DROP TABLE brainstorms_ballots;
DROP TABLE brainstorms_groups;
DROP TABLE brainstorms_notes;
DROP TABLE brainstorms_ideas;
DROP TABLE brainstorms_people;
DROP TABLE brainstorms;
