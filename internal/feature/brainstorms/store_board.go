package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const ideaColumns = `id, brainstorm_id, n, body, link, picture, author_id, author_mark, shown, late, edited, deleted, room, group_id, merged_id, place, version, result`

// loadIdeas reads the ideas of a board that changed since a version, deleted ones too;
// since 0 is all, those that are hidden too.
func loadIdeas(ctx context.Context, q db.Queryer, ws, board id.ID, since int64) ([]Idea, error) {
	return db.All[Idea](ctx, q, `
		SELECT `+ideaColumns+` FROM brainstorms_ideas
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND version >= $3
		ORDER BY place, id`, ws, board, since)
}

func loadIdea(ctx context.Context, q db.Queryer, ws, board, x id.ID) (Idea, bool, error) {
	return db.One[Idea](ctx, q, `
		SELECT `+ideaColumns+` FROM brainstorms_ideas
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND id = $3`, ws, board, x)
}

func putIdea(ctx context.Context, tx *db.Tx, i Idea) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_ideas (workspace_id, `+ideaColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		ON CONFLICT (workspace_id, id) DO UPDATE
		SET n = $4, body = $5, link = $6, picture = $7, author_id = $8, author_mark = $9, shown = $10, late = $11, edited = $12, deleted = $13,
			room = $14, group_id = $15, merged_id = $16, place = $17, version = $18, result = $19`,
		tx.Workspace, i.ID, i.Board, i.N, i.Text, i.Link, i.Picture, i.Author, i.Mark, i.Shown, i.Late, i.Edited, i.Deleted,
		i.Room, i.Group, i.Merged, i.Place, i.Version, i.Result)
}

// countIdeas counts the ideas of some boards that are not deleted.
func countIdeas(ctx context.Context, q db.Queryer, ws id.ID, boards []id.ID) (map[id.ID]int64, error) {
	out := map[id.ID]int64{}
	if len(boards) == 0 {
		return out, nil
	}
	rows, err := db.All[struct {
		Board id.ID `db:"brainstorm_id"`
		N     int64
	}](ctx, q, `
		SELECT brainstorm_id, COUNT(*) AS n FROM brainstorms_ideas
		WHERE workspace_id = $1 AND NOT deleted AND brainstorm_id IN (`+db.List(2, len(boards))+`)
		GROUP BY brainstorm_id`, db.ListArgs(boards, ws)...)
	for _, r := range rows {
		out[r.Board] = r.N
	}
	return out, err
}

const noteColumns = `id, brainstorm_id, idea_id, kind, body, author_id, author_mark, n`

func loadNotes(ctx context.Context, q db.Queryer, ws, board id.ID) ([]Note, error) {
	return db.All[Note](ctx, q, `
		SELECT `+noteColumns+` FROM brainstorms_notes
		WHERE workspace_id = $1 AND brainstorm_id = $2
		ORDER BY idea_id, n`, ws, board)
}

func loadNote(ctx context.Context, q db.Queryer, ws, board, x id.ID) (Note, bool, error) {
	return db.One[Note](ctx, q, `
		SELECT `+noteColumns+` FROM brainstorms_notes
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND id = $3`, ws, board, x)
}

// lastNote is the number of the newest note on an idea, and how many the board has.
func lastNote(ctx context.Context, q db.Queryer, ws, board, idea id.ID) (n, all int64, err error) {
	row, _, err := db.One[struct{ N, Total int64 }](ctx, q, `
		SELECT COALESCE(MAX(CASE WHEN idea_id = $3 THEN n END), 0) AS n, COUNT(*) AS total FROM brainstorms_notes
		WHERE workspace_id = $1 AND brainstorm_id = $2`, ws, board, idea)
	return row.N, row.Total, err
}

func putNote(ctx context.Context, tx *db.Tx, n Note) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_notes (workspace_id, `+noteColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, id) DO UPDATE
		SET kind = $5, body = $6, author_id = $7, author_mark = $8`,
		tx.Workspace, n.ID, n.Board, n.Idea, n.Kind, n.Text, n.Author, n.Mark, n.N)
}

func dropNote(ctx context.Context, tx *db.Tx, x id.ID) error {
	return tx.Do(ctx, `
		DELETE FROM brainstorms_notes
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, x)
}

const groupColumns = `id, brainstorm_id, name, place, version, deleted`

func loadGroups(ctx context.Context, q db.Queryer, ws, board id.ID, since int64) ([]Group, error) {
	return db.All[Group](ctx, q, `
		SELECT `+groupColumns+` FROM brainstorms_groups
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND version >= $3
		ORDER BY place, id`, ws, board, since)
}

func putGroup(ctx context.Context, tx *db.Tx, g Group) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_groups (workspace_id, `+groupColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (workspace_id, id) DO UPDATE
		SET name = $4, place = $5, version = $6, deleted = $7`,
		tx.Workspace, g.ID, g.Board, g.Name, g.Place, g.Version, g.Deleted)
}

func loadBallots(ctx context.Context, q db.Queryer, ws, board id.ID) ([]Ballot, error) {
	return db.All[Ballot](ctx, q, `
		SELECT voter_mark, votes FROM brainstorms_ballots
		WHERE workspace_id = $1 AND brainstorm_id = $2
		ORDER BY voter_mark`, ws, board)
}

func countBallots(ctx context.Context, q db.Queryer, ws, board id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) FROM brainstorms_ballots
		WHERE workspace_id = $1 AND brainstorm_id = $2`, ws, board)
	return n, err
}

func loadBallot(ctx context.Context, q db.Queryer, ws, board id.ID, mark []byte) (Ballot, bool, error) {
	return db.One[Ballot](ctx, q, `
		SELECT voter_mark, votes FROM brainstorms_ballots
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND voter_mark = $3`, ws, board, mark)
}

func putBallot(ctx context.Context, tx *db.Tx, board id.ID, b Ballot) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_ballots (workspace_id, brainstorm_id, voter_mark, votes)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, brainstorm_id, voter_mark) DO UPDATE
		SET votes = $4`, tx.Workspace, board, b.Voter, b.Votes)
}

// forget takes away what only a brainstorm under way needs: whose ideas, notes and
// ballots were whose, and ideas that nobody was shown.
func forget(ctx context.Context, tx *db.Tx, board id.ID) error {
	for _, text := range []string{
		`DELETE FROM brainstorms_ballots WHERE workspace_id = $1 AND brainstorm_id = $2`,
		`DELETE FROM brainstorms_ideas WHERE workspace_id = $1 AND brainstorm_id = $2 AND (deleted OR NOT shown)`,
	} {
		if err := tx.Do(ctx, text, tx.Workspace, board); err != nil {
			return err
		}
	}
	return forgetMarks(ctx, tx, board)
}

func forgetMarks(ctx context.Context, tx *db.Tx, board id.ID) error {
	if err := tx.Do(ctx, `UPDATE brainstorms_ideas SET author_mark = NULL WHERE workspace_id = $1 AND brainstorm_id = $2`, tx.Workspace, board); err != nil {
		return err
	}
	return tx.Do(ctx, `UPDATE brainstorms_notes SET author_mark = NULL WHERE workspace_id = $1 AND brainstorm_id = $2`, tx.Workspace, board)
}

func dropBallots(ctx context.Context, tx *db.Tx, board id.ID) error {
	return tx.Do(ctx, `DELETE FROM brainstorms_ballots WHERE workspace_id = $1 AND brainstorm_id = $2`, tx.Workspace, board)
}

const outcomeColumns = `id, brainstorm_id, kind, title, ideas, path, owner_id, post_id, by_id, at, done_at`

func loadOutcomes(ctx context.Context, q db.Queryer, ws, board id.ID) ([]Outcome, error) {
	return db.All[Outcome](ctx, q, `
		SELECT `+outcomeColumns+` FROM brainstorms_outcomes
		WHERE workspace_id = $1 AND brainstorm_id = $2
		ORDER BY id`, ws, board)
}

func insertOutcome(ctx context.Context, tx *db.Tx, o Outcome) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_outcomes (workspace_id, `+outcomeColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.Workspace, o.ID, o.Board, o.Kind, o.Title, o.Ideas, o.Path, o.Owner, o.Post, o.By, int64(o.At), o.DoneAt)
}

func loadOutcome(ctx context.Context, q db.Queryer, ws, x id.ID) (Outcome, bool, error) {
	return db.One[Outcome](ctx, q, `
		SELECT `+outcomeColumns+` FROM brainstorms_outcomes
		WHERE workspace_id = $1 AND id = $2`, ws, x)
}

func setOutcomeDone(ctx context.Context, tx *db.Tx, o Outcome) error {
	return tx.Do(ctx, `
		UPDATE brainstorms_outcomes
		SET done_at = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, o.ID, o.DoneAt)
}
