-- +goose Up
-- The calendars that people read in from elsewhere. What signs in there (username,
-- password) is written and never read out again but to sign in. etag and modified are
-- the other server's words for the state that was read last; refresh_at is when to look
-- again, fails how often that has failed since it last worked.
CREATE TABLE calendars_subscriptions (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    kind         @text NOT NULL,
    source       @text NOT NULL,
    name         TEXT NOT NULL,
    url          TEXT NOT NULL,
    username     TEXT NOT NULL,
    password     TEXT NOT NULL,
    focus        BOOLEAN NOT NULL,
    etag         TEXT NOT NULL,
    modified     TEXT NOT NULL,
    problem      TEXT NOT NULL,
    note         TEXT NOT NULL,
    fails        BIGINT NOT NULL,
    events       BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    refreshed_at BIGINT,
    whole_at     BIGINT,
    tried_at     BIGINT,
    refresh_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX calendars_subscriptions_person ON calendars_subscriptions (workspace_id, person_id, id);
CREATE INDEX calendars_subscriptions_refresh ON calendars_subscriptions (refresh_at);

-- What takes place in them. title is empty unless the owner reads the calendar in for
-- its meetings; nothing else of an event is kept.
CREATE TABLE calendars_events (
    workspace_id    @uuid NOT NULL,
    subscription_id @uuid NOT NULL,
    n               BIGINT NOT NULL,
    start_at        BIGINT NOT NULL,
    end_at          BIGINT NOT NULL,
    all_day         BOOLEAN NOT NULL,
    busy            BOOLEAN NOT NULL,
    title           TEXT NOT NULL,
    PRIMARY KEY (workspace_id, subscription_id, start_at, n)
);

-- The feeds that leave the house, a secret each, of which only the hash is known. It is
-- looked up before the workspace is known. team_id is null for one's own feed.
CREATE TABLE calendars_feeds (
    hash         @bytes PRIMARY KEY,
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    kind         @text NOT NULL,
    team_id      @uuid,
    made_at      BIGINT NOT NULL,
    read_at      BIGINT
);
CREATE UNIQUE INDEX calendars_feeds_id ON calendars_feeds (workspace_id, id);
CREATE INDEX calendars_feeds_person ON calendars_feeds (workspace_id, person_id, id);

-- What feeds told of each thing, so that a change gets the next number and a new time.
-- owner_id is the person who reads.
CREATE TABLE calendars_told (
    workspace_id @uuid NOT NULL,
    owner_id     @uuid NOT NULL,
    uid          @text NOT NULL,
    hash         @bytes NOT NULL,
    sequence     BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, owner_id, uid)
);

-- +goose Down
DROP TABLE calendars_told;
DROP TABLE calendars_feeds;
DROP TABLE calendars_events;
DROP TABLE calendars_subscriptions;
