package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Ahead asks in one journey what would be asked one after the other. The functions
// are run with a Queryer that answers nothing and notes what it is asked: they read
// what does not depend on another's answer, and what they give is not looked at.
// Whoever then asks the same of the Queryer that Ahead returns has the answer at
// once, as of the same moment; anything else is asked as ever. So the code that reads need not know of it,
// and a question that was not foreseen costs no more than before.
//
// Where a journey costs nothing (SQLite, or a write) it returns q and runs nothing.
func Ahead(ctx context.Context, q Queryer, functions ...func(Queryer) error) (Queryer, error) {
	var known foresight
	switch q := q.(type) {
	case snapshot:
		known.snapshot = q
	case foresight:
		known = q
	}
	s := known.snapshot
	if s.pg == nil {
		return q, nil
	}
	noted := note{known: known}
	for _, f := range functions {
		_ = f(&noted) // of nothing, much can be a failure
	}
	if len(noted.list) == 0 {
		return q, nil
	}
	answers, err := s.pg.askAll(ctx, noted.list)
	if err != nil {
		return nil, err
	}
	for _, c := range noted.list {
		s.db.sent(c.text, c.args)
	}
	known.answers = append(slices.Clip(known.answers), answers...)
	return known, nil
}

// note is a Queryer that answers what is known and notes the rest.
type note struct {
	known foresight
	list  []command
}

func (*note) rows(context.Context, string, []any) (*sql.Rows, error) {
	return nil, errors.New("db: what is noted is not read")
}

func (n *note) direct(_ context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	t, ok := n.known.answer(text, args)
	if !ok {
		n.list, t = append(n.list, command{text: text, args: args}), &table{}
	}
	return t, func() {}, true, nil
}

// foresight is a snapshot of which some answers are known.
type foresight struct {
	snapshot
	answers []answer
}

type answer struct {
	command
	table
}

// answer gives what is known: a copy, since it is read from its beginning each time.
func (f foresight) answer(text string, args []any) (*table, bool) {
	for _, a := range f.answers {
		if a.text == text && reflect.DeepEqual(a.args, args) {
			return &table{columns: a.columns, rows: a.rows}, true
		}
	}
	return nil, false
}

func (f foresight) direct(ctx context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	if t, ok := f.answer(text, args); ok {
		return t, func() {}, true, nil
	}
	return f.snapshot.direct(ctx, text, args)
}

// askAll asks many questions in one journey, and begins the snapshot with them.
func (r *pgReader) askAll(ctx context.Context, list []command) (out []answer, err error) {
	b := &pgx.Batch{}
	begins := r.snapshot && !r.begun
	if begins {
		b.Queue(beginSnapshot)
	}
	for _, c := range list {
		if err := queueIn(b, c); err != nil {
			return nil, err
		}
	}
	r.begun = r.begun || begins
	results := r.conn.SendBatch(ctx, b)
	defer func() {
		if end := results.Close(); err == nil {
			err = end
		}
	}()
	if begins {
		if _, err := results.Exec(); err != nil {
			return nil, err
		}
	}
	for _, c := range list {
		t, err := readTable(results)
		if err != nil {
			return nil, err
		}
		out = append(out, answer{c, *t})
	}
	return out, nil
}
