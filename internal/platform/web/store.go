package web

import (
	"context"
	"net/http"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// keepAnswers is how long a key is remembered.
const keepAnswers = 48 * time.Hour

type kept struct {
	RequestHash []byte
	Status      int64
	Header      db.JSON[http.Header]
	Body        []byte
}

func findKept(ctx context.Context, q db.Queryer, person id.ID, key string) (kept, bool, error) {
	return db.One[kept](ctx, q, `
		SELECT request_hash, status, header, body FROM web_idempotency WHERE actor_id = $1 AND idem_key = $2`, person, key)
}

// reserve takes the key with the effect. A key taken meanwhile fails the write.
func reserve(ctx context.Context, tx *db.Tx, person id.ID, key string, sum []byte) error {
	err := tx.Do(ctx, `
		INSERT INTO web_idempotency (actor_id, idem_key, request_hash, status, header, body, created_at)
		VALUES ($1, $2, $3, 0, '{}', $4, $5)`, person, key, sum, []byte{}, int64(tx.Now))
	if db.Duplicate(err) {
		return doneAlready()
	}
	return err
}

func keep(ctx context.Context, tx *db.Tx, a *given) error {
	return tx.Do(ctx, `
		UPDATE web_idempotency SET status = $3, header = $4, body = $5 WHERE actor_id = $1 AND idem_key = $2`,
		a.person, a.key, a.Status, a.Header, append([]byte{}, a.Body...)) // never nil: an empty answer is one
}

func forget(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	return tx.Do(ctx, `DELETE FROM web_idempotency WHERE created_at < $1`, int64(before))
}
