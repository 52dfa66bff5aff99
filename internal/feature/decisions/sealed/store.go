package sealed

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const pagesTable = "decisions_sealed_pages"

func findBox(ctx context.Context, q db.Queryer, workspace, box id.ID) (Box, bool, error) {
	return db.One[Box](ctx, q, `
		SELECT state, pages, places, ballot_bytes FROM decisions_sealed_boxes
		WHERE workspace_id = $1 AND box_id = $2`, workspace, box)
}

func insertBox(ctx context.Context, tx *db.Tx, box id.ID, b Box) error {
	return tx.Do(ctx, `
		INSERT INTO decisions_sealed_boxes (workspace_id, box_id, state, pages, places, ballot_bytes)
		VALUES ($1, $2, $3, $4, $5, $6)`, tx.Workspace, box, string(b.State), b.Pages, b.Places, b.BallotBytes)
}

func setState(ctx context.Context, tx *db.Tx, box id.ID, state State) error {
	return tx.Do(ctx, `
		UPDATE decisions_sealed_boxes SET state = $3 WHERE workspace_id = $1 AND box_id = $2`, tx.Workspace, box, string(state))
}

// openBoxes are those of all workspaces.
func openBoxes(ctx context.Context, q db.Queryer) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `SELECT box_id FROM decisions_sealed_boxes WHERE state = 'open'`)
}

func endedOf(ctx context.Context, q db.Queryer, boxes []id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT box_id FROM decisions_sealed_boxes
		WHERE state <> 'open' AND box_id IN (`+db.List(1, len(boxes))+`)`, db.ListArgs(boxes)...)
}

func insertPage(ctx context.Context, tx *db.Tx, box id.ID, n int, sealed []byte) error {
	return tx.Do(ctx, `
		INSERT INTO decisions_sealed_pages (workspace_id, box_id, n, sealed)
		VALUES ($1, $2, $3, $4)`, tx.Workspace, box, n, sealed)
}

func findPage(ctx context.Context, tx *db.Tx, box id.ID, n int) ([]byte, bool, error) {
	return db.One[[]byte](ctx, tx, `
		SELECT sealed FROM decisions_sealed_pages
		WHERE workspace_id = $1 AND box_id = $2 AND n = $3`, tx.Workspace, box, n)
}

func changePage(ctx context.Context, tx *db.Tx, box id.ID, n int, sealed []byte) error {
	return tx.Do(ctx, `
		UPDATE decisions_sealed_pages SET sealed = $4
		WHERE workspace_id = $1 AND box_id = $2 AND n = $3`, tx.Workspace, box, n, sealed)
}

// blankPages writes as many zeros over each page.
func blankPages(ctx context.Context, tx *db.Tx, box id.ID) error {
	type length struct{ N, Bytes int64 }
	list, err := db.All[length](ctx, tx, `
		SELECT n, LENGTH(sealed) AS bytes FROM decisions_sealed_pages
		WHERE workspace_id = $1 AND box_id = $2`, tx.Workspace, box)
	for _, p := range list {
		if err := changePage(ctx, tx, box, int(p.N), make([]byte, p.Bytes)); err != nil {
			return err
		}
	}
	return err
}

func deletePages(ctx context.Context, tx *db.Tx, box id.ID) error {
	return tx.Do(ctx, `DELETE FROM decisions_sealed_pages WHERE workspace_id = $1 AND box_id = $2`, tx.Workspace, box)
}

func publish(ctx context.Context, tx *db.Tx, box id.ID, ballots [][]byte, codes []string) error {
	n := 0
	number := func(args []any, x any) []any { n++; return append(args, tx.Workspace, box, n, x) }
	err := db.Bulk(ctx, tx, ballots, `INSERT INTO decisions_sealed_opened (workspace_id, box_id, n, ballot) VALUES `, 4, "",
		func(args []any, b []byte) []any { return number(args, b) })
	if err != nil {
		return err
	}
	n = 0
	return db.Bulk(ctx, tx, codes, `INSERT INTO decisions_sealed_receipts (workspace_id, box_id, n, code) VALUES `, 4, "",
		func(args []any, c string) []any { return number(args, c) })
}

func ballots(ctx context.Context, q db.Queryer, workspace, box id.ID, after, limit int) ([][]byte, error) {
	return db.All[[]byte](ctx, q, `
		SELECT ballot FROM decisions_sealed_opened
		WHERE workspace_id = $1 AND box_id = $2 AND n > $3
		ORDER BY n LIMIT $4`, workspace, box, after, limit)
}

func codes(ctx context.Context, q db.Queryer, workspace, box id.ID, after, limit int) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT code FROM decisions_sealed_receipts
		WHERE workspace_id = $1 AND box_id = $2 AND n > $3
		ORDER BY n LIMIT $4`, workspace, box, after, limit)
}
