package push

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func loadKeys(ctx context.Context, q db.Queryer) (keyPair, bool, error) {
	return db.One[keyPair](ctx, q, `
		SELECT public_key, private_key FROM push_keys WHERE one = 1`)
}

// insertKeys keeps the pair that is there already.
func insertKeys(ctx context.Context, tx *db.Tx, k keyPair) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO push_keys (one, public_key, private_key, created_at) VALUES (1, $1, $2, $3)
		ON CONFLICT (one) DO NOTHING`, k.PublicKey, k.PrivateKey, int64(tx.Now))
	return err
}

const deviceColumns = `device_id, person_id, session_id, name, endpoint, endpoint_hash, p256dh, auth, created_at, reached_at, failing_since, problem, tested_at`

func devicesOf(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]Device, error) {
	return db.All[Device](ctx, q, `
		SELECT `+deviceColumns+`
		FROM push_devices
		WHERE workspace_id = $1 AND person_id = $2
		ORDER BY device_id LIMIT 100`, workspace, person)
}

func deviceByID(ctx context.Context, q db.Queryer, workspace, device id.ID) (Device, bool, error) {
	return db.One[Device](ctx, q, `
		SELECT `+deviceColumns+`
		FROM push_devices
		WHERE workspace_id = $1 AND device_id = $2`, workspace, device)
}

type deviceOfRow struct{ DeviceID, PersonID id.ID }

// devicesOfAll lists the devices of many people, by person.
func devicesOfAll(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID][]id.ID, error) {
	out := map[id.ID][]id.ID{}
	rows, err := db.All[deviceOfRow](ctx, q, `
		SELECT device_id, person_id FROM push_devices
		WHERE workspace_id = $1 AND person_id IN (`+db.List(2, len(persons))+`)
		ORDER BY device_id`, db.ListArgs(persons, any(workspace))...)
	for _, r := range rows {
		out[r.PersonID] = append(out[r.PersonID], r.DeviceID)
	}
	return out, err
}

// putDevice writes a device, new or known by its id.
func putDevice(ctx context.Context, tx *db.Tx, d Device) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO push_devices (workspace_id, `+deviceColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, '', NULL)
		ON CONFLICT (workspace_id, device_id) DO UPDATE
		SET session_id = $4, endpoint = $6, endpoint_hash = $7, p256dh = $8, auth = $9, failing_since = NULL, problem = ''`,
		tx.Workspace, d.ID, d.PersonID, d.SessionID, d.Name, d.Endpoint, d.EndpointHash, d.P256dh, d.Auth, d.CreatedAt, d.ReachedAt)
	return err
}

func renameDevice(ctx context.Context, tx *db.Tx, device id.ID, name string) error {
	_, err := tx.Exec(ctx, `
		UPDATE push_devices SET name = $3 WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device, name)
	return err
}

func touchTested(ctx context.Context, tx *db.Tx, device id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE push_devices SET tested_at = $3 WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device, int64(tx.Now))
	return err
}

func deviceReached(ctx context.Context, tx *db.Tx, device id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE push_devices SET reached_at = $3, failing_since = NULL, problem = ''
		WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device, int64(tx.Now))
	return err
}

func deviceFailed(ctx context.Context, tx *db.Tx, device id.ID, problem string) error {
	_, err := tx.Exec(ctx, `
		UPDATE push_devices SET failing_since = COALESCE(failing_since, $3), problem = $4
		WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device, int64(tx.Now), problem)
	return err
}

func deleteDevice(ctx context.Context, tx *db.Tx, device id.ID) error {
	if err := tx.Do(ctx, `
		DELETE FROM push_sends WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		DELETE FROM push_devices WHERE workspace_id = $1 AND device_id = $2`, tx.Workspace, device)
	return err
}

// deleteEndpoint ends what was asked for at an endpoint in other sessions, in every
// workspace; the device that is being written stays.
func deleteEndpoint(ctx context.Context, tx *db.Tx, hash string, stays, session id.ID) error {
	if err := tx.Do(ctx, `
		DELETE FROM push_sends WHERE (workspace_id, device_id) IN (
			SELECT workspace_id, device_id FROM push_devices
			WHERE endpoint_hash = $1 AND session_id <> $2 AND device_id <> $3)`, hash, session, stays); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		DELETE FROM push_devices
		WHERE endpoint_hash = $1 AND session_id <> $2 AND device_id <> $3`, hash, session, stays)
	return err
}

// The states of a send.
const (
	waiting = "waiting"
	sent    = "sent"
	failed  = "failed"
)

type sendRow struct {
	State     string
	Tries     int
	CreatedAt clock.Instant
}

func sendOf(ctx context.Context, q db.Queryer, workspace, device, digest id.ID) (sendRow, bool, error) {
	return db.One[sendRow](ctx, q, `
		SELECT state, tries, created_at FROM push_sends
		WHERE workspace_id = $1 AND device_id = $2 AND digest_id = $3`, workspace, device, digest)
}

func putSend(ctx context.Context, tx *db.Tx, device, digest id.ID, state string) error {
	return tx.Do(ctx, `
		INSERT INTO push_sends (workspace_id, device_id, digest_id, state, tries, created_at, at)
		VALUES ($1, $2, $3, $4, 1, $5, $5)
		ON CONFLICT (workspace_id, device_id, digest_id) DO UPDATE
		SET state = $4, tries = push_sends.tries + 1, at = $5`, tx.Workspace, device, digest, state, int64(tx.Now))
}

// tidySends forgets how long ago ended sends to a device went.
func tidySends(ctx context.Context, tx *db.Tx, device id.ID, before clock.Instant) error {
	return tx.Do(ctx, `
		DELETE FROM push_sends WHERE workspace_id = $1 AND device_id = $2 AND at < $3`, tx.Workspace, device, int64(before))
}
