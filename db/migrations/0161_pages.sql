-- +goose Up
-- The urgent path of a space: whose duty comes first, the steps after it, and how many
-- urgent pages a month are thought enough.
CREATE TABLE pages_paths (
    workspace_id @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    steps        @json NOT NULL,
    budget       BIGINT NOT NULL,
    hook_url     TEXT NOT NULL,
    hook_secret  TEXT NOT NULL,
    version      BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    changed_by   @uuid NOT NULL,
    PRIMARY KEY (workspace_id, space_id)
);

-- One urgent ask on its way along the path, which is kept as it was named then.
CREATE TABLE pages (
    workspace_id    @uuid NOT NULL,
    id              @uuid NOT NULL,
    space_id        @uuid NOT NULL,
    thread_id       @uuid NOT NULL,
    ask_id          @uuid NOT NULL,
    asker_id        @uuid NOT NULL,
    reason          TEXT NOT NULL,
    otherwise       TEXT NOT NULL,
    second_reason   TEXT NOT NULL,
    month           @text NOT NULL,
    nth             BIGINT NOT NULL,
    budget          BIGINT NOT NULL,
    steps           @json NOT NULL,
    state           @text NOT NULL,
    step            BIGINT NOT NULL,
    until_at        BIGINT,
    created_at      BIGINT NOT NULL,
    acknowledged_at BIGINT,
    acknowledged_by @uuid,
    resolved_at     BIGINT,
    resolved_by     @uuid,
    resolution      TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, ask_id)
);
CREATE INDEX pages_by_space ON pages (workspace_id, space_id, id);
CREATE INDEX pages_by_month ON pages (workspace_id, space_id, month);

-- Whom a page reached, or why it did not, in the order of the path.
CREATE TABLE pages_calls (
    workspace_id @uuid NOT NULL,
    page_id      @uuid NOT NULL,
    n            BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    person_id    @uuid,
    at           BIGINT NOT NULL,
    outcome      @text NOT NULL,
    woken        BOOLEAN NOT NULL,
    why          TEXT NOT NULL,
    rightly      @text NOT NULL,
    note         TEXT NOT NULL,
    judged_at    BIGINT,
    PRIMARY KEY (workspace_id, page_id, n)
);
CREATE INDEX pages_calls_person ON pages_calls (workspace_id, person_id, at) WHERE outcome = 'paged';

-- What left for the space's pager: each has an id that a repeat keeps.
CREATE TABLE pages_hooks (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    page_id      @uuid NOT NULL,
    kind         @text NOT NULL,
    body         TEXT NOT NULL,
    made_at      BIGINT NOT NULL,
    sent_at      BIGINT,
    problem      TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX pages_hooks_page ON pages_hooks (workspace_id, page_id, id);

-- The weeks in which a space went over its budget, so that each is told once.
CREATE TABLE pages_weeks (
    workspace_id @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    monday       @text NOT NULL,
    told_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, space_id, monday)
);

-- +goose Down
DROP TABLE pages_weeks;
DROP TABLE pages_hooks;
DROP TABLE pages_calls;
DROP TABLE pages;
DROP TABLE pages_paths;
