package decisions

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const columns = `workspace_id, id, space_id, thread_id, post_id, title, context, kind, rules, options, invited, maker_id, decider_id, state, seed,
	made_at, opens_at, opened_at, ends_at, closed_at, object_until, extended, result, ended_why, outcome, outcome_notes, decided_at, decided_by,
	review_at, reviewed_at, superseded_by, words, version, changed_at, look_at`

func load(ctx context.Context, q db.Queryer, ws, x id.ID) (Decision, bool, error) {
	return db.One[Decision](ctx, q, `
		SELECT `+columns+` FROM decisions
		WHERE workspace_id = $1 AND id = $2`, ws, x)
}

func insert(ctx context.Context, tx *db.Tx, d *Decision) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO decisions (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
			$29, $30, $31, $32, $33, $34, $35)`,
		d.args(tx)...)
	return err
}

func update(ctx context.Context, tx *db.Tx, d *Decision) error {
	_, err := tx.Exec(ctx, `
		UPDATE decisions
		SET space_id = $3, thread_id = $4, post_id = $5, title = $6, context = $7, kind = $8, rules = $9, options = $10, invited = $11,
			maker_id = $12, decider_id = $13, state = $14, seed = $15, made_at = $16, opens_at = $17, opened_at = $18, ends_at = $19,
			closed_at = $20, object_until = $21, extended = $22, result = $23, ended_why = $24, outcome = $25, outcome_notes = $26,
			decided_at = $27, decided_by = $28, review_at = $29, reviewed_at = $30, superseded_by = $31, words = $32, version = $33,
			changed_at = $34, look_at = $35
		WHERE workspace_id = $1 AND id = $2`, d.args(tx)...)
	return err
}

func (d *Decision) args(tx *db.Tx) []any {
	return []any{
		tx.Workspace, d.ID, d.Space, d.Thread, d.Post, d.Title, d.Context, string(d.Kind), d.Rules, d.Options, d.Invited, d.Maker, d.Decider,
		string(d.State), d.Seed, d.MadeAt, d.OpensAt, d.OpenedAt, d.EndsAt, d.ClosedAt, d.ObjectUntil, d.Extended, d.Result, d.EndedWhy,
		d.Outcome, d.Notes, d.DecidedAt, d.DecidedBy, d.ReviewAt, d.ReviewedAt, d.Superseded, d.Words, d.Version, int64(tx.Now), d.LookAt,
	}
}

func remove(ctx context.Context, tx *db.Tx, x id.ID) error {
	for _, text := range []string{
		`DELETE FROM decisions WHERE workspace_id = $1 AND id = $2`,
		`DELETE FROM decisions_voters WHERE workspace_id = $1 AND decision_id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, tx.Workspace, x); err != nil {
			return err
		}
	}
	return nil
}

// place is a decision that is due to be looked at.
type place struct {
	WorkspaceID id.ID
	ID          id.ID
	LookAt      clock.Instant
}

func nextLook(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT look_at FROM decisions
		WHERE look_at IS NOT NULL
		ORDER BY look_at
		LIMIT 1`)
	return at, err
}

const bunch = 100

func dueLooks(ctx context.Context, q db.Queryer, now clock.Instant) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT workspace_id, id, look_at FROM decisions
		WHERE look_at IS NOT NULL AND look_at <= $1
		ORDER BY look_at, workspace_id, id
		LIMIT 100`, int64(now))
}

func setLook(ctx context.Context, tx *db.Tx, x id.ID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE decisions SET look_at = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, x, at)
	return err
}

// filter says which decisions of the register are wanted; zero values want all.
type filter struct {
	spaces  []id.ID // that the reader may read
	reader  id.ID
	space   id.ID
	kind    Kind
	state   State
	decider id.ID
	words   []string // folded
	from    clock.Instant
	to      clock.Instant
	review  clock.Instant // due for review by then
	mine    bool          // the reader is entitled, and has not had their say
	after   id.ID
	recent  bool // what changed last first, without drafts
}

// list pages through the register, newest first; of what somebody is expected to vote on
// what ends first.
func list(ctx context.Context, q db.Queryer, ws id.ID, f filter, limit int) ([]Decision, error) {
	args := []any{ws, f.reader}
	where := []string{`workspace_id = $1`}
	arg := func(text string, x any) {
		args = append(args, x)
		where = append(where, strings.ReplaceAll(text, "$n", db.In(len(args), 1)))
	}
	invited := `EXISTS (SELECT 1 FROM decisions_voters v WHERE v.workspace_id = $1 AND v.person_id = $2 AND v.decision_id = decisions.id`
	sees := invited + ` AND v.guest)`
	if len(f.spaces) > 0 {
		sees = `(space_id IN (` + db.List(len(args)+1, len(f.spaces)) + `) OR ` + sees + `)`
		args = db.ListArgs(f.spaces, args...)
	}
	where = append(where, sees, `(state NOT IN ('draft', 'scheduled') OR maker_id = $2)`)
	if !f.space.IsZero() {
		arg(`space_id = $n`, f.space)
	}
	if f.kind != "" {
		arg(`kind = $n`, string(f.kind))
	}
	switch f.state {
	case "":
	case stateSuperseded:
		where = append(where, `superseded_by IS NOT NULL`)
	default:
		arg(`state = $n AND superseded_by IS NULL`, string(f.state))
	}
	if !f.decider.IsZero() {
		arg(`decider_id = $n`, f.decider)
	}
	for _, w := range f.words {
		arg(`words LIKE $n ESCAPE '!'`, "%"+likeless.Replace(w)+"%")
	}
	if !f.from.IsZero() {
		arg(`COALESCE(decided_at, opened_at, made_at) >= $n`, int64(f.from))
	}
	if !f.to.IsZero() {
		arg(`COALESCE(decided_at, opened_at, made_at) < $n`, int64(f.to))
	}
	if !f.review.IsZero() {
		arg(`state = 'decided' AND superseded_by IS NULL AND review_at <= $n`, int64(f.review))
	}
	if f.mine {
		where = append(where, `state = 'open'`, invited+` AND NOT v.voted AND NOT v.declined)`)
	}
	if f.recent {
		where = append(where, `state NOT IN ('draft', 'scheduled')`)
	}
	order, after := f.order()
	if !f.after.IsZero() {
		arg(after, f.after)
	}
	args = append(args, limit)
	return db.All[Decision](ctx, q, `
		SELECT `+columns+` FROM decisions
		WHERE `+strings.Join(where, ` AND `)+`
		ORDER BY `+order+`
		LIMIT `+db.In(len(args), 1), args...)
}

// order says how a list is sorted, and what stands after the one at $n.
func (f filter) order() (by, after string) {
	switch {
	case f.mine:
		return `ends_at, id`, `(ends_at, id) > (SELECT l.ends_at, l.id FROM decisions l WHERE l.workspace_id = $1 AND l.id = $n)`
	case f.recent:
		return `changed_at DESC, id DESC`, `id < $n`
	}
	return `id DESC`, `id < $n`
}

var likeless = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// several reads decisions by their ids.
func several(ctx context.Context, q db.Queryer, ws id.ID, ids []id.ID) ([]Decision, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All[Decision](ctx, q, `
		SELECT `+columns+` FROM decisions
		WHERE workspace_id = $1 AND id IN (`+db.List(2, len(ids))+`)`, db.ListArgs(ids, ws)...)
}

// ofThread finds the decision that a thread belongs to.
func ofThread(ctx context.Context, q db.Queryer, ws, thread id.ID) (Decision, bool, error) {
	return db.One[Decision](ctx, q, `
		SELECT `+columns+` FROM decisions
		WHERE workspace_id = $1 AND thread_id = $2`, ws, thread)
}
