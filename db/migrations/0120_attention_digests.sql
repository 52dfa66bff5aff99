-- +goose Up
-- A digest exists from the moment something is planned into it: at is 0 until it
-- goes out, and deliver_at says when it should. Going out changes this one row and
-- none of the deliveries in it. version counts what was planned into it.
ALTER TABLE attention_digests ADD COLUMN deliver_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE attention_digests ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
UPDATE attention_digests SET deliver_at = at;

-- A person's digests by their planned instants, so that going out leaves this index alone.
DROP INDEX attention_digests_person;
CREATE INDEX attention_digests_person ON attention_digests (workspace_id, person_id, deliver_at, id);

DROP INDEX attention_deliveries_due;
DROP INDEX attention_deliveries_person;
DROP INDEX attention_deliveries_digest;

-- What is planned gets its digest, one a person, urgency and instant, named by the
-- first delivery in it; 2^62 stands for no hour in sight.
INSERT INTO attention_digests (workspace_id, id, person_id, at, urgency, items, deliver_at)
SELECT workspace_id, id, person_id, 0, urgency, 0, COALESCE(deliver_at, 4611686018427387904) FROM (
    SELECT workspace_id, id, person_id, urgency, deliver_at,
        ROW_NUMBER() OVER (PARTITION BY workspace_id, person_id, urgency, deliver_at ORDER BY id) AS n
    FROM attention_deliveries WHERE state = 'planned') AS planned
WHERE n = 1;

-- One planned digest for each check time, and the order in which they go out, in all workspaces.
CREATE UNIQUE INDEX attention_digests_planned ON attention_digests (deliver_at, workspace_id, person_id, urgency) WHERE at = 0;

UPDATE attention_deliveries SET digest_id = (
    SELECT g.id FROM attention_digests g
    WHERE g.at = 0 AND g.workspace_id = attention_deliveries.workspace_id AND g.person_id = attention_deliveries.person_id
        AND g.urgency = attention_deliveries.urgency AND g.deliver_at = COALESCE(attention_deliveries.deliver_at, 4611686018427387904))
WHERE state = 'planned';
UPDATE attention_deliveries SET state = 'planned' WHERE state = 'delivered';

-- All that is asked of a delivery when its digest is due, side by side for each digest.
CREATE INDEX attention_deliveries_digest ON attention_deliveries
    (workspace_id, digest_id, kind, thread_id, ref_id, asked_at) WHERE state = 'planned';

-- +goose Down
DROP INDEX attention_deliveries_digest;
DROP INDEX attention_digests_planned;
UPDATE attention_deliveries SET state = 'delivered' WHERE state = 'planned' AND EXISTS (
    SELECT 1 FROM attention_digests g WHERE g.workspace_id = attention_deliveries.workspace_id AND g.id = attention_deliveries.digest_id AND g.at > 0);
UPDATE attention_deliveries SET digest_id = NULL WHERE state = 'planned';
DELETE FROM attention_digests WHERE at = 0;
DROP INDEX attention_digests_person;
CREATE INDEX attention_digests_person ON attention_digests (workspace_id, person_id, at, id);
ALTER TABLE attention_digests DROP COLUMN version;
ALTER TABLE attention_digests DROP COLUMN deliver_at;
CREATE INDEX attention_deliveries_due ON attention_deliveries (deliver_at, workspace_id, person_id, id) WHERE state = 'planned';
CREATE INDEX attention_deliveries_person ON attention_deliveries (workspace_id, person_id) WHERE state = 'planned';
CREATE INDEX attention_deliveries_digest ON attention_deliveries (workspace_id, digest_id) WHERE digest_id IS NOT NULL;
