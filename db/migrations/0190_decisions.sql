-- +goose Up
-- A question with options, a way to answer it, an end that is fair, and an outcome.
-- look_at is when something happens to it by itself: one pulse reads it across all
-- workspaces. words are what the register is searched by.
CREATE TABLE decisions (
    workspace_id  @uuid NOT NULL,
    id            @uuid NOT NULL,
    space_id      @uuid NOT NULL,
    thread_id     @uuid,
    post_id       @uuid,
    title         TEXT NOT NULL,
    context       TEXT NOT NULL,
    kind          @text NOT NULL,
    rules         @json NOT NULL,
    options       @json NOT NULL,
    invited       @json NOT NULL,
    maker_id      @uuid NOT NULL,
    decider_id    @uuid NOT NULL,
    state         @text NOT NULL,
    seed          @text NOT NULL,
    made_at       BIGINT NOT NULL,
    opens_at      BIGINT,
    opened_at     BIGINT,
    ends_at       BIGINT,
    closed_at     BIGINT,
    object_until  BIGINT,
    extended      BOOLEAN NOT NULL,
    result        @json NOT NULL,
    ended_why     TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    outcome_notes @json NOT NULL,
    decided_at    BIGINT,
    decided_by    @uuid,
    review_at     BIGINT,
    reviewed_at   BIGINT,
    superseded_by @uuid,
    words         TEXT NOT NULL,
    version       BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    look_at       BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX decisions_by_space ON decisions (workspace_id, space_id, id);
CREATE INDEX decisions_by_thread ON decisions (workspace_id, thread_id);
CREATE INDEX decisions_look ON decisions (look_at, workspace_id, id) WHERE look_at IS NOT NULL;

-- Who is entitled, from when, and whether they have had their say; what they said is
-- kept apart. A guest reads this decision and nothing else of its space.
CREATE TABLE decisions_voters (
    workspace_id @uuid NOT NULL,
    decision_id  @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    guest        BOOLEAN NOT NULL,
    from_at      BIGINT NOT NULL,
    share_at     BIGINT,
    voted        BOOLEAN NOT NULL,
    declined     BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, decision_id, person_id)
);
CREATE INDEX decisions_voters_person ON decisions_voters (workspace_id, person_id, decision_id);

-- Ballots that carry their voter's name. first is what was said before the one revision
-- that sealed reasons allow, and moved_by whose reason changed the voter's mind.
CREATE TABLE decisions_ballots (
    workspace_id @uuid NOT NULL,
    decision_id  @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    marks        @json NOT NULL,
    first        @json,
    moved_by     @uuid,
    moved_why    TEXT NOT NULL,
    cast_at      BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, decision_id, person_id)
);

-- Objections, by ballot or in the window after the close, and what became of them.
CREATE TABLE decisions_objections (
    workspace_id @uuid NOT NULL,
    decision_id  @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    words        TEXT NOT NULL,
    made_at      BIGINT NOT NULL,
    late         BOOLEAN NOT NULL,
    state        @text NOT NULL,
    settled_by   @uuid,
    settled_at   BIGINT,
    settlement   TEXT NOT NULL,
    PRIMARY KEY (workspace_id, decision_id, person_id)
);

-- The addresses by which feed readers read a person's register; of the secret only
-- the hash is kept.
CREATE TABLE decisions_feeds (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    hash         @bytes NOT NULL,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE UNIQUE INDEX decisions_feeds_hash ON decisions_feeds (hash);

-- +goose Down
DROP TABLE decisions_feeds;
DROP TABLE decisions_objections;
DROP TABLE decisions_ballots;
DROP TABLE decisions_voters;
DROP TABLE decisions;
