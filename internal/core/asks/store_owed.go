package asks

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const owedColumns = `ask_id, person_id, n, state, state_before, in_stead, asked_at, reach, due, due_order, promised_at,
	answered_at, answer_value, answer_note, answer_post, reason, passed_to, passed_by, reminded_at, changed_at`

func loadOwed(ctx context.Context, q db.Queryer, ws id.ID, asks []id.ID) (map[id.ID][]Owed, error) {
	rows, err := db.All[Owed](ctx, q, `
		SELECT `+owedColumns+` FROM asks_owed
		WHERE workspace_id = $1 AND ask_id IN (`+db.List(2, len(asks))+`) ORDER BY ask_id, n`, db.ListArgs(asks, any(ws))...)
	if err != nil {
		return nil, err
	}
	out := map[id.ID][]Owed{}
	for _, o := range rows {
		out[o.AskID] = append(out[o.AskID], o)
	}
	return out, nil
}

const owedWidth = 21

func insertOwed(ctx context.Context, tx *db.Tx, rows []Owed) error {
	for len(rows) > 0 {
		part := rows[:min(20, len(rows))]
		rows = rows[len(part):]
		args := make([]any, 0, len(part)*owedWidth)
		for _, o := range part {
			args = append(args, tx.Workspace, o.AskID, o.PersonID, o.N, string(o.State), string(o.StateBefore), o.InStead, int64(o.AskedAt),
				o.Reach, o.Due, o.DueOrder, o.PromisedAt, o.AnsweredAt, o.AnswerValue, o.AnswerNote, o.AnswerPost,
				o.Reason, o.PassedTo, o.PassedBy, o.RemindedAt, int64(o.ChangedAt))
		}
		if _, err := tx.Exec(ctx, `INSERT INTO asks_owed (workspace_id, `+owedColumns+`) VALUES `+db.Values(len(part), owedWidth), args...); err != nil {
			return err
		}
	}
	return nil
}

// updateOwed writes what can change about one row.
func updateOwed(ctx context.Context, tx *db.Tx, o *Owed) error {
	_, err := tx.Exec(ctx, `
		UPDATE asks_owed SET state = $4, state_before = $5, reach = $6, due = $7, due_order = $8, promised_at = $9, answered_at = $10,
			answer_value = $11, answer_note = $12, answer_post = $13, reason = $14, passed_to = $15, reminded_at = $16, changed_at = $17
		WHERE workspace_id = $1 AND ask_id = $2 AND person_id = $3`,
		tx.Workspace, o.AskID, o.PersonID, string(o.State), string(o.StateBefore), o.Reach, o.Due, o.DueOrder, o.PromisedAt, o.AnsweredAt,
		o.AnswerValue, o.AnswerNote, o.AnswerPost, o.Reason, o.PassedTo, o.RemindedAt, int64(o.ChangedAt))
	return err
}

// openOf pages through what a person owes, by their own due.
func openOf(ctx context.Context, q db.Queryer, ws, person id.ID, after place, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT due_order, ask_id AS id FROM asks_owed
		WHERE workspace_id = $1 AND person_id = $2 AND state IN ('waiting', 'acknowledged') AND (due_order, ask_id) > ($3, $4)
		ORDER BY due_order, ask_id LIMIT $5`, ws, person, after.DueOrder, first(after.ID), limit)
}

// slimOf is openOf with what a list needs to know of each ask.
func slimOf(ctx context.Context, q db.Queryer, ws, person id.ID, after place, limit int) ([]Slim, error) {
	return db.All[Slim](ctx, q, `
		SELECT o.due_order AS place, o.ask_id AS id, a.thread_id, a.version FROM asks_owed o
		JOIN asks a ON a.workspace_id = o.workspace_id AND a.id = o.ask_id
		WHERE o.workspace_id = $1 AND o.person_id = $2 AND o.state IN ('waiting', 'acknowledged') AND (o.due_order, o.ask_id) > ($3, $4)
		ORDER BY o.due_order, o.ask_id LIMIT $5`, ws, person, after.DueOrder, first(after.ID), limit)
}

type owedCount struct{ N, Due int64 }

func countOf(ctx context.Context, q db.Queryer, ws, person id.ID, until int64, most int) (owedCount, error) {
	n, _, err := db.One[owedCount](ctx, q, `
		SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN due_order <= $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS due FROM (
			SELECT due_order FROM asks_owed
			WHERE workspace_id = $1 AND person_id = $2 AND state IN ('waiting', 'acknowledged')
			ORDER BY due_order LIMIT $4) AS first_of_them`, ws, person, until, most)
	return n, err
}

type answerOfPost struct{ AnswerPost, AskID id.ID }

// answersOfPosts lists which asks each post answers.
func answersOfPosts(ctx context.Context, q db.Queryer, ws id.ID, posts []id.ID) ([]answerOfPost, error) {
	rows, err := db.All[answerOfPost](ctx, q, `
		SELECT answer_post, ask_id FROM asks_owed
		WHERE workspace_id = $1 AND answer_post IN (`+db.List(2, len(posts))+`)`, db.ListArgs(posts, any(ws))...)
	// Sorted here: asked for the order, SQLite reads the whole workspace along its key.
	slices.SortFunc(rows, func(a, b answerOfPost) int { return bytes.Compare(a.AskID[:], b.AskID[:]) })
	return rows, err
}

// openInThread lists a person's open asks in one thread.
func openInThread(ctx context.Context, q db.Queryer, ws, person, thread id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT o.ask_id FROM asks_owed o
		JOIN asks a ON a.workspace_id = o.workspace_id AND a.id = o.ask_id
		WHERE o.workspace_id = $1 AND o.person_id = $2 AND o.state IN ('waiting', 'acknowledged') AND a.thread_id = $3
		ORDER BY o.ask_id`, ws, person, thread)
}

// allOpenOf lists every ask that is open for a person. The caller goes through
// them in one transaction while rows change, so it takes the ids first.
func allOpenOf(ctx context.Context, tx *db.Tx, person id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, tx, `
		SELECT ask_id FROM asks_owed
		WHERE workspace_id = $1 AND person_id = $2 AND state IN ('waiting', 'acknowledged')
		ORDER BY due_order, ask_id`, tx.Workspace, person)
}

// owingInThreads lists who is still expected to act on something in some threads.
func owingInThreads(ctx context.Context, tx *db.Tx, threads []id.ID) ([]id.ID, error) {
	owing := map[id.ID]bool{}
	for part := range slices.Chunk(threads, chunk) {
		list, err := db.All[id.ID](ctx, tx, `
			SELECT DISTINCT o.person_id FROM asks a
			JOIN asks_owed o ON o.workspace_id = a.workspace_id AND o.ask_id = a.id
			WHERE a.workspace_id = $1 AND o.state IN ('waiting', 'acknowledged') AND a.thread_id IN (`+db.List(2, len(part))+`)`,
			db.ListArgs(part, any(tx.Workspace))...)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			owing[p] = true
		}
	}
	return slices.SortedFunc(maps.Keys(owing), func(a, b id.ID) int { return bytes.Compare(a[:], b[:]) }), nil
}
