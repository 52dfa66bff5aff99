-- +goose Up
-- The key pair by which push services know this installation; made once, never
-- changed, since every device's subscription is bound to it.
CREATE TABLE push_keys (
    one         BIGINT PRIMARY KEY,
    public_key  @text NOT NULL,
    private_key @text NOT NULL,
    created_at  BIGINT NOT NULL
);

-- A browser that asked to be told. It is told while the session stands in which it
-- asked. endpoint_hash finds what one browser asked for in several workspaces.
CREATE TABLE push_devices (
    workspace_id  @uuid NOT NULL,
    device_id     @uuid NOT NULL,
    person_id     @uuid NOT NULL,
    session_id    @uuid NOT NULL,
    name          TEXT NOT NULL,
    endpoint      TEXT NOT NULL,
    endpoint_hash @text NOT NULL,
    p256dh        @text NOT NULL,
    auth          @text NOT NULL,
    created_at    BIGINT NOT NULL,
    reached_at    BIGINT,
    failing_since BIGINT,
    problem       TEXT NOT NULL,
    tested_at     BIGINT,
    PRIMARY KEY (workspace_id, device_id),
    UNIQUE (workspace_id, endpoint_hash)
);
CREATE INDEX push_devices_person ON push_devices (workspace_id, person_id, device_id);
CREATE INDEX push_devices_endpoint ON push_devices (endpoint_hash);

-- How far a digest came on its way to a device: waiting, sent or failed.
CREATE TABLE push_sends (
    workspace_id @uuid NOT NULL,
    device_id    @uuid NOT NULL,
    digest_id    @uuid NOT NULL,
    state        @text NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, device_id, digest_id)
);

-- +goose Down
DROP TABLE push_sends;
DROP TABLE push_devices;
DROP TABLE push_keys;
