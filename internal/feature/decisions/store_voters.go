package decisions

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const voterColumns = `decision_id, person_id, guest, from_at, share_at, voted, declined`

func voter(ctx context.Context, q db.Queryer, ws, decision, person id.ID) (Voter, bool, error) {
	return db.One[Voter](ctx, q, `
		SELECT `+voterColumns+` FROM decisions_voters
		WHERE workspace_id = $1 AND decision_id = $2 AND person_id = $3`, ws, decision, person)
}

// voters lists those entitled, by id.
func voters(ctx context.Context, q db.Queryer, ws, decision id.ID) ([]Voter, error) {
	return db.All[Voter](ctx, q, `
		SELECT `+voterColumns+` FROM decisions_voters
		WHERE workspace_id = $1 AND decision_id = $2
		ORDER BY person_id`, ws, decision)
}

// votersAfter pages through those entitled.
func votersAfter(ctx context.Context, q db.Queryer, ws, decision, after id.ID, limit int) ([]Voter, error) {
	return db.All[Voter](ctx, q, `
		SELECT `+voterColumns+` FROM decisions_voters
		WHERE workspace_id = $1 AND decision_id = $2 AND (person_id > $3 OR $4 = 0)
		ORDER BY person_id
		LIMIT $5`, ws, decision, after, given(after), limit)
}

// given says whether there is an id, as the engines compare it.
func given(x id.ID) int64 {
	if x.IsZero() {
		return 0
	}
	return 1
}

func putVoter(ctx context.Context, tx *db.Tx, v Voter) error {
	return tx.Do(ctx, `
		INSERT INTO decisions_voters (workspace_id, `+voterColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, decision_id, person_id) DO UPDATE
		SET guest = $4, from_at = $5, share_at = $6, voted = $7, declined = $8`,
		tx.Workspace, v.DecisionID, v.Person, v.Guest, int64(v.From), v.Share, v.Voted, v.Declined)
}

func deleteVoter(ctx context.Context, tx *db.Tx, decision, person id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM decisions_voters
		WHERE workspace_id = $1 AND decision_id = $2 AND person_id = $3`, tx.Workspace, decision, person)
	return err
}

// turnout is how many are entitled and how many have had their say.
type turnout struct {
	DecisionID id.ID
	Entitled   int64
	Voted      int64
	Declined   int64
}

func turnouts(ctx context.Context, q db.Queryer, ws id.ID, decisions []id.ID) (map[id.ID]turnout, error) {
	out := map[id.ID]turnout{}
	if len(decisions) == 0 {
		return out, nil
	}
	rows, err := db.All[turnout](ctx, q, `
		SELECT decision_id, COUNT(*) AS entitled, COALESCE(SUM(CASE WHEN voted THEN 1 ELSE 0 END), 0) AS voted,
			COALESCE(SUM(CASE WHEN declined AND NOT voted THEN 1 ELSE 0 END), 0) AS declined
		FROM decisions_voters
		WHERE workspace_id = $1 AND decision_id IN (`+db.List(2, len(decisions))+`)
		GROUP BY decision_id`, db.ListArgs(decisions, ws)...)
	for _, r := range rows {
		out[r.DecisionID] = r
	}
	return out, err
}

// mineOf reads how somebody stands to some decisions.
func mineOf(ctx context.Context, q db.Queryer, ws, person id.ID, decisions []id.ID) (map[id.ID]Voter, error) {
	out := map[id.ID]Voter{}
	if len(decisions) == 0 {
		return out, nil
	}
	rows, err := db.All[Voter](ctx, q, `
		SELECT `+voterColumns+` FROM decisions_voters
		WHERE workspace_id = $1 AND person_id = $2 AND decision_id IN (`+db.List(3, len(decisions))+`)`, db.ListArgs(decisions, ws, person)...)
	for _, r := range rows {
		out[r.DecisionID] = r
	}
	return out, err
}

// openWith lists the open decisions in which one of some people has not had their say.
func openWith(ctx context.Context, q db.Queryer, ws id.ID, people []id.ID) ([]id.ID, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return db.All[id.ID](ctx, q, `
		SELECT DISTINCT v.decision_id FROM decisions_voters v
		JOIN decisions d ON d.workspace_id = v.workspace_id AND d.id = v.decision_id
		WHERE v.workspace_id = $1 AND v.person_id IN (`+db.List(2, len(people))+`) AND d.state IN ('open', 'closed')`, db.ListArgs(people, ws)...)
}

// openIn lists the decisions of a space that people vote on, or are about to be decided.
func openIn(ctx context.Context, q db.Queryer, ws, space id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT id FROM decisions
		WHERE workspace_id = $1 AND space_id = $2 AND state IN ('open', 'closed')
		ORDER BY id`, ws, space)
}

const ballotColumns = `decision_id, person_id, marks, first, moved_by, moved_why, cast_at, changed_at`

// ballotRow is a ballot as it is kept.
type ballotRow struct {
	DecisionID id.ID
	PersonID   id.ID
	Marks      db.JSON[Marks]
	First      db.JSON[*Marks]
	MovedBy    id.ID
	MovedWhy   string
	CastAt     clock.Instant
	ChangedAt  clock.Instant
}

func (r ballotRow) ballot() Ballot {
	return Ballot{DecisionID: r.DecisionID, Person: r.PersonID, Marks: r.Marks.V, First: r.First.V, MovedBy: r.MovedBy, MovedWhy: r.MovedWhy, CastAt: r.CastAt, ChangedAt: r.ChangedAt}
}

func ballotOf(ctx context.Context, q db.Queryer, ws, decision, person id.ID) (Ballot, bool, error) {
	r, ok, err := db.One[ballotRow](ctx, q, `
		SELECT `+ballotColumns+` FROM decisions_ballots
		WHERE workspace_id = $1 AND decision_id = $2 AND person_id = $3`, ws, decision, person)
	return r.ballot(), ok, err
}

// ballotsAfter pages through the ballots by voter; limit 0 is all of them.
func ballotsAfter(ctx context.Context, q db.Queryer, ws, decision, after id.ID, limit int) ([]Ballot, error) {
	if limit == 0 {
		limit = 1 << 30
	}
	rows, err := db.All[ballotRow](ctx, q, `
		SELECT `+ballotColumns+` FROM decisions_ballots
		WHERE workspace_id = $1 AND decision_id = $2 AND (person_id > $3 OR $4 = 0)
		ORDER BY person_id
		LIMIT $5`, ws, decision, after, given(after), limit)
	out := make([]Ballot, len(rows))
	for i, r := range rows {
		out[i] = r.ballot()
	}
	return out, err
}

func putBallot(ctx context.Context, tx *db.Tx, b Ballot) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO decisions_ballots (workspace_id, `+ballotColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, decision_id, person_id) DO UPDATE
		SET marks = $4, first = $5, moved_by = $6, moved_why = $7, changed_at = $9`,
		tx.Workspace, b.DecisionID, b.Person, db.JSON[Marks]{V: b.Marks}, db.JSON[*Marks]{V: b.First}, b.MovedBy, b.MovedWhy, int64(b.CastAt), int64(b.ChangedAt))
	return err
}

func deleteBallot(ctx context.Context, tx *db.Tx, decision, person id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM decisions_ballots
		WHERE workspace_id = $1 AND decision_id = $2 AND person_id = $3`, tx.Workspace, decision, person)
	return err
}

// Objection stands until it is resolved, overruled or taken back.
type Objection struct {
	DecisionID id.ID
	Person     id.ID `db:"person_id"`
	Words      string
	MadeAt     clock.Instant
	Late       bool   // made in the window after the close
	State      string // standing, resolved, overruled or withdrawn
	SettledBy  id.ID
	SettledAt  clock.Instant
	Settlement string
}

const objectionColumns = `decision_id, person_id, words, made_at, late, state, settled_by, settled_at, settlement`

func objections(ctx context.Context, q db.Queryer, ws, decision id.ID) ([]Objection, error) {
	return db.All[Objection](ctx, q, `
		SELECT `+objectionColumns+` FROM decisions_objections
		WHERE workspace_id = $1 AND decision_id = $2
		ORDER BY made_at, person_id`, ws, decision)
}

func objectionOf(ctx context.Context, q db.Queryer, ws, decision, person id.ID) (Objection, bool, error) {
	return db.One[Objection](ctx, q, `
		SELECT `+objectionColumns+` FROM decisions_objections
		WHERE workspace_id = $1 AND decision_id = $2 AND person_id = $3`, ws, decision, person)
}

func putObjection(ctx context.Context, tx *db.Tx, o Objection) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO decisions_objections (workspace_id, `+objectionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (workspace_id, decision_id, person_id) DO UPDATE
		SET words = $4, made_at = $5, late = $6, state = $7, settled_by = $8, settled_at = $9, settlement = $10`,
		tx.Workspace, o.DecisionID, o.Person, o.Words, int64(o.MadeAt), o.Late, o.State, o.SettledBy, o.SettledAt, o.Settlement)
	return err
}
