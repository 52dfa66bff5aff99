package attention

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// never is when a digest is planned whose reader has no hour in sight.
const never = clock.Instant(1 << 62)

// bundle is a digest that is planned and has not gone out.
type bundle struct {
	ID        id.ID
	PersonID  id.ID
	Urgency   worktime.Urgency
	DeliverAt clock.Instant
	Version   int64 // grows with what is planned into it
}

// slot is the one planned digest of a person, urgency and instant.
type slot struct {
	person  id.ID
	urgency worktime.Urgency
	at      clock.Instant
}

func (d delivery) slot() slot {
	s := slot{d.PersonID, d.Urgency, d.DeliverAt}
	if s.at == 0 {
		s.at = never
	}
	return s
}

// bundlesFor says into which digest each delivery goes, and makes those that are
// not there yet.
func bundlesFor(ctx context.Context, tx *db.Tx, rows []delivery) (map[slot]id.ID, error) {
	out := make(map[slot]id.ID, len(rows))
	var list []slot
	for _, r := range rows {
		s := r.slot()
		if _, seen := out[s]; !seen {
			out[s] = id.ID{}
			list = append(list, s)
		}
	}
	for _, part := range parts(list, bundlesAtOnce[tx.Engine()]) {
		args := make([]any, 0, len(part)*bundleWidth)
		for _, s := range part {
			args = append(args, tx.Workspace, id.New(tx.Now), s.person, string(s.urgency), int64(s.at), int64(0), int64(0))
		}
		made, err := db.All[bundle](ctx, tx, `
			INSERT INTO attention_digests (workspace_id, id, person_id, urgency, deliver_at, at, items)
			VALUES `+db.Values(len(part), bundleWidth)+`
			ON CONFLICT (deliver_at, workspace_id, person_id, urgency) WHERE at = 0 DO UPDATE
			SET version = attention_digests.version + 1
			RETURNING id, person_id, urgency, deliver_at, version`, args...)
		if err != nil {
			return nil, err
		}
		for _, b := range made {
			out[slot{b.PersonID, b.Urgency, b.DeliverAt}] = b.ID
		}
	}
	return out, nil
}

const bundleWidth = 7

// bundlesAtOnce go into one statement: few on SQLite, which keeps short statements
// prepared, and many on PostgreSQL, where each is a trip.
var bundlesAtOnce = map[db.Engine]int{db.SQLite: 3, db.Postgres: 50}

// unsent holds for a delivery whose digest has not gone out. It is a value and not
// an EXISTS, so that PostgreSQL looks one digest up for each delivery and joins
// nothing. Beside it stands state <> 'dropped': said as 'planned', a database that
// knows nothing of its tables yet takes the index of what is planned, and all of it.
const unsent = ` AND (SELECT g.at FROM attention_digests g
	WHERE g.workspace_id = attention_deliveries.workspace_id AND g.id = attention_deliveries.digest_id) = 0`

// duePlace is where the ordered pass has come to.
type duePlace struct {
	DeliverAt   clock.Instant
	WorkspaceID id.ID
	PersonID    id.ID
	Urgency     worktime.Urgency
}

// dueAfter reads the next digests of the one ordered pass over all workspaces.
func dueAfter(ctx context.Context, q db.Queryer, now clock.Instant, p duePlace, limit int) ([]duePlace, error) {
	return db.All[duePlace](ctx, q, `
		SELECT deliver_at, workspace_id, person_id, urgency FROM attention_digests
		WHERE at = 0 AND deliver_at <= $1
			AND (deliver_at, workspace_id, person_id, urgency) > ($2, $3, $4, $5)
		ORDER BY deliver_at, workspace_id, person_id, urgency LIMIT $6`,
		int64(now), int64(p.DeliverAt), p.WorkspaceID[:], p.PersonID[:], string(p.Urgency), limit)
}

// oldest is the planned instant of the digest that has been due for longest. What a
// person got before it is behind them and need not be looked through.
const oldest = `(SELECT MIN(o.deliver_at) FROM attention_digests o WHERE o.at = 0)`

// bundlesDue reads all digests that are due for people of one workspace, a
// person's together and the earliest of each urgency first.
func bundlesDue(ctx context.Context, q db.Queryer, workspace id.ID, now clock.Instant, persons []id.ID) ([]bundle, error) {
	out := []bundle{}
	for _, part := range parts(persons, many) {
		rows, err := db.All[bundle](ctx, q, `
			SELECT id, person_id, urgency, deliver_at, version FROM attention_digests
			WHERE workspace_id = $1 AND at = 0 AND deliver_at <= $2 AND person_id IN (`+db.In(3, len(part))+`)
				AND deliver_at >= `+oldest+`
			ORDER BY person_id, urgency, deliver_at`, db.Args(part, any(workspace), any(int64(now)))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func nextDue(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM (
			SELECT MIN(deliver_at) AS at FROM attention_digests WHERE at = 0 AND deliver_at < $1
			UNION ALL SELECT MIN(at) AS at FROM attention_silences) AS both_kinds`, int64(never))
	return at, err
}

// sent is a digest that goes out, with how many lines it has.
type sent struct {
	id    id.ID
	items int64
}

// send lets digests go out now. What is in them is delivered with that.
func send(ctx context.Context, tx *db.Tx, list []sent) error {
	byItems := map[int64][]id.ID{}
	for _, d := range list {
		byItems[d.items] = append(byItems[d.items], d.id)
	}
	for items, ids := range byItems {
		for _, part := range parts(ids, many) {
			if _, err := tx.Exec(ctx, `
				UPDATE attention_digests SET at = $2, items = $3
				WHERE workspace_id = $1 AND at = 0 AND id IN (`+db.In(4, len(part))+`)`,
				db.Args(part, any(tx.Workspace), any(int64(tx.Now)), any(items))...); err != nil {
				return err
			}
		}
	}
	return nil
}

// discard takes away planned digests in which nothing is left.
func discard(ctx context.Context, tx *db.Tx, bundles []id.ID) error {
	for _, part := range parts(bundles, many) {
		if _, err := tx.Exec(ctx, `
			DELETE FROM attention_digests
			WHERE workspace_id = $1 AND at = 0 AND id IN (`+db.In(2, len(part))+`)`, db.Args(part, any(tx.Workspace))...); err != nil {
			return err
		}
	}
	return nil
}

// deliveriesIn reads all that is planned into some digests.
func deliveriesIn(ctx context.Context, q db.Queryer, workspace id.ID, digests []id.ID) ([]delivery, error) {
	out := []delivery{}
	for _, part := range parts(digests, many) {
		rows, err := db.All[delivery](ctx, q, `
			SELECT `+deliveryColumns+` FROM attention_deliveries
			WHERE workspace_id = $1 AND state = 'planned' AND digest_id IN (`+db.In(2, len(part))+`)
			ORDER BY person_id, deliver_at, id`, db.Args(part, any(workspace))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// slim is what is asked of a delivery when its digest is due; the index that finds
// it holds it whole.
type slim struct {
	DigestID id.ID
	Kind     string
	ThreadID id.ID
	RefID    id.ID
	AskedAt  clock.Instant
}

// slimIn reads what is planned into some digests, digest by digest.
func slimIn(ctx context.Context, q db.Queryer, workspace id.ID, digests []id.ID) ([]slim, error) {
	out := make([]slim, 0, 16*len(digests))
	for _, part := range parts(digests, many) {
		for r, err := range db.Each[slim](ctx, q, `
			SELECT digest_id, kind, thread_id, ref_id, asked_at FROM attention_deliveries
			WHERE workspace_id = $1 AND state = 'planned' AND digest_id IN (`+db.In(2, len(part))+`)
			ORDER BY digest_id`, db.Args(part, any(workspace))...) {
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	return out, nil
}

// versionsOf reads which of some digests are planned still, and their versions.
func versionsOf(ctx context.Context, q db.Queryer, workspace id.ID, digests []id.ID) (map[id.ID]int64, error) {
	out := make(map[id.ID]int64, len(digests))
	for _, part := range parts(digests, many) {
		rows, err := db.All[struct {
			ID      id.ID
			Version int64
		}](ctx, q, `
			SELECT id, version FROM attention_digests
			WHERE workspace_id = $1 AND at = 0 AND id IN (`+db.In(2, len(part))+`)`, db.Args(part, any(workspace))...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r.Version
		}
	}
	return out, nil
}

// lastSent says when those of some people had a digest who had one a moment ago, but for
// what was urgent.
func lastSent(ctx context.Context, q db.Queryer, workspace id.ID, now clock.Instant, persons []id.ID) (map[id.ID]clock.Instant, error) {
	out := map[id.ID]clock.Instant{}
	for _, part := range parts(persons, many) {
		rows, err := db.All[struct {
			PersonID id.ID
			At       clock.Instant
		}](ctx, q, `
			SELECT person_id, at FROM attention_digests
			WHERE workspace_id = $1 AND at > $2 AND deliver_at > $3 AND urgency <> 'urgent' AND person_id IN (`+db.In(4, len(part))+`)`,
			db.Args(part, any(workspace), any(int64(now.Add(-apart))), any(int64(now.Add(-time.Hour))))...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.PersonID] = max(out[r.PersonID], r.At)
		}
	}
	return out, nil
}

// unite moves all that is planned into some digests into another of their reader's.
func unite(ctx context.Context, tx *db.Tx, into bundle, from []id.ID) error {
	for _, part := range parts(from, many) {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET digest_id = $2, deliver_at = $3
			WHERE workspace_id = $1 AND state = 'planned' AND digest_id IN (`+db.In(4, len(part))+`)`,
			db.Args(part, any(tx.Workspace), any(into.ID), any(into.DeliverAt))...); err != nil {
			return err
		}
	}
	return nil
}

// rebundle moves deliveries into another digest of their reader's.
func rebundle(ctx context.Context, tx *db.Tx, digest id.ID, at clock.Instant, rows []id.ID) error {
	for _, part := range parts(rows, many) {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET digest_id = $2, deliver_at = $3
			WHERE workspace_id = $1 AND state <> 'dropped' AND id IN (`+db.In(4, len(part))+`)`,
			db.Args(part, any(tx.Workspace), any(digest), any(at))...); err != nil {
			return err
		}
	}
	return nil
}
