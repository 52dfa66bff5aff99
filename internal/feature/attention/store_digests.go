package attention

import (
	"bytes"
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Digest is one bundle of deliveries, as it went out. What is planned is a bundle
// still, and no digest to anybody but this package.
type Digest struct {
	WorkspaceID id.ID
	ID          id.ID
	PersonID    id.ID
	At          clock.Instant
	Urgency     worktime.Urgency
	DeliverAt   clock.Instant // as it was planned; never later than At
	Items       int64
	MailedAt    clock.Instant

	AwayFrom clock.Instant `db:"-"` // of a catch-up, once it is read: the absence that it follows
	AwayTo   clock.Instant `db:"-"`
}

const digestColumns = `workspace_id, id, person_id, at, urgency, deliver_at, items, mailed_at`

func digestByID(ctx context.Context, q db.Queryer, workspace, digest id.ID) (Digest, bool, error) {
	return db.One[Digest](ctx, q, `
		SELECT `+digestColumns+` FROM attention_digests
		WHERE workspace_id = $1 AND id = $2 AND at > 0`, workspace, digest)
}

// digestsOf lists a person's digests before a place, newest first.
func digestsOf(ctx context.Context, q db.Queryer, workspace, person id.ID, at clock.Instant, before id.ID, limit int) ([]Digest, error) {
	return db.All[Digest](ctx, q, `
		SELECT `+digestColumns+` FROM attention_digests
		WHERE workspace_id = $1 AND person_id = $2 AND at > 0 AND (deliver_at, id) < ($3, $4)
		ORDER BY deliver_at DESC, id DESC LIMIT $5`, workspace, person, int64(at), before[:], limit)
}

// deliveriesOfDigest reads what a digest holds, in order of id. It is sorted here:
// asked for in that order, SQLite walks every delivery of the workspace along its key.
func deliveriesOfDigest(ctx context.Context, q db.Queryer, workspace, digest id.ID) ([]delivery, error) {
	rows, err := db.All[delivery](ctx, q, `
		SELECT `+deliveryColumns+` FROM attention_deliveries
		WHERE workspace_id = $1 AND digest_id = $2 AND state = 'planned'`, workspace, digest)
	slices.SortFunc(rows, func(a, b delivery) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return rows, err
}

func setMailed(ctx context.Context, tx *db.Tx, digest id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE attention_digests SET mailed_at = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, digest, int64(tx.Now))
	return err
}

// silence is an ask whose silence may have to speak at an instant.
type silence struct {
	WorkspaceID id.ID
	AskID       id.ID
	At          clock.Instant
}

func putSilence(ctx context.Context, tx *db.Tx, ask id.ID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO attention_silences (workspace_id, ask_id, at)
		VALUES ($1, $2, $3)
		ON CONFLICT (workspace_id, ask_id) DO UPDATE SET at = $3`, tx.Workspace, ask, int64(at))
	return err
}

func endSilence(ctx context.Context, tx *db.Tx, ask id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM attention_silences
		WHERE workspace_id = $1 AND ask_id = $2`, tx.Workspace, ask)
	return err
}

// silencesAfter pages through the silences that have come to their end.
func silencesAfter(ctx context.Context, q db.Queryer, now clock.Instant, p silence, limit int) ([]silence, error) {
	return db.All[silence](ctx, q, `
		SELECT workspace_id, ask_id, at FROM attention_silences
		WHERE at <= $1 AND (at, workspace_id, ask_id) > ($2, $3, $4)
		ORDER BY at, workspace_id, ask_id LIMIT $5`, int64(now), int64(p.At), p.WorkspaceID[:], p.AskID[:], limit)
}

// Settings are how a person wants to be reached.
type Settings struct {
	Mail             bool
	PageOutsideHours bool
	MailAsks         string // Each, WithDigest or NoMail
	MailNews         string // WithDigest or NoMail: of one's own asks
	MailInfo         string // WithDigest or NoMail
	MailPlain        bool   // without HTML
}

// How something comes by mail.
const (
	Each       = "each"   // in a mail by itself
	WithDigest = "digest" // as a line of the digest
	NoMail     = "none"
)

// usual is what somebody who never said anything wants.
var usual = Settings{Mail: true, MailAsks: WithDigest, MailNews: WithDigest, MailInfo: WithDigest}

func settingsOf(ctx context.Context, q db.Queryer, workspace, person id.ID) (Settings, error) {
	row, ok, err := db.One[Settings](ctx, q, `
		SELECT mail, page_outside_hours, mail_asks, mail_news, mail_info, mail_plain FROM attention_settings
		WHERE workspace_id = $1 AND person_id = $2`, workspace, person)
	if !ok {
		row = usual
	}
	return row, err
}

func putSettings(ctx context.Context, tx *db.Tx, person id.ID, s Settings) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO attention_settings (workspace_id, person_id, mail, page_outside_hours, mail_asks, mail_news, mail_info, mail_plain)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, person_id) DO UPDATE
		SET mail = $3, page_outside_hours = $4, mail_asks = $5, mail_news = $6, mail_info = $7, mail_plain = $8`,
		tx.Workspace, person, s.Mail, s.PageOutsideHours, s.MailAsks, s.MailNews, s.MailInfo, s.MailPlain)
	return err
}

func pagedOf(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	for _, part := range parts(persons, many) {
		list, err := db.All[id.ID](ctx, q, `
			SELECT person_id FROM attention_settings
			WHERE workspace_id = $1 AND page_outside_hours AND person_id IN (`+db.In(2, len(part))+`)`,
			db.Args(part, any(workspace))...)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			out[p] = true
		}
	}
	return out, nil
}

func deliveredBetween(ctx context.Context, q db.Queryer, workspace id.ID, from, to clock.Instant) (int, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COALESCE(CAST(SUM(items) AS BIGINT), 0) AS n FROM attention_digests
		WHERE workspace_id = $1 AND at > $2 AND at <= $3`, workspace, int64(from), int64(to))
	return int(n), err
}

// deliveredFor reads what came to a person from an instant on and was asked before
// another, or is planned to come still, in the order of asking. What reached them
// more than a month after that belongs to other days.
func deliveredFor(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant, limit int) ([]delivery, error) {
	return db.All[delivery](ctx, q, `
		SELECT `+deliveryColumns+` FROM attention_deliveries
		WHERE workspace_id = $1 AND state = 'planned' AND asked_at < $4 AND digest_id IN (
			SELECT g.id FROM attention_digests g
			WHERE g.workspace_id = $1 AND g.person_id = $2 AND g.deliver_at >= $3 AND (g.deliver_at < $5 OR g.at = 0))
		ORDER BY asked_at, id LIMIT $6`, workspace, person, int64(from), int64(to), int64(to.Add(31*24*time.Hour)), limit)
}
