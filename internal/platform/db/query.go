package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Queryer reads: a DB (from its pool), a Tx or a Snapshot.
type Queryer interface {
	rows(ctx context.Context, text string, args []any) (*sql.Rows, error)
}

// Committed says that a Queryer reads nothing that may yet be undone: what is seen
// through it may be remembered under its version.
func Committed(q Queryer) bool {
	_, writing := q.(*Tx)
	return !writing
}

// maxCached bounds the statements that one connection keeps; texts are constant
// but for IN lists, of which there are few lengths (see In).
const maxCached = 500

func (d *DB) rows(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	d.sent(text, args)
	return d.read.QueryContext(ctx, text, args...) // pgx keeps prepared statements by itself
}

// All reads every row of a query into a slice (never nil). T is a struct whose
// fields are named by `db:"column"` tags or by the snake case of their names, or
// a single value (string, int64, id.ID, clock.Instant …) for one column.
func All[T any](ctx context.Context, q Queryer, text string, args ...any) ([]T, error) {
	out := []T{}
	for row, err := range Each[T](ctx, q, text, args...) {
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// One reads the first row; ok is false when there is none.
func One[T any](ctx context.Context, q Queryer, text string, args ...any) (row T, ok bool, err error) {
	for row, err := range Each[T](ctx, q, text, args...) {
		return row, err == nil, err
	}
	return row, false, nil
}

// Each streams the rows of a query.
func Each[T any](ctx context.Context, q Queryer, text string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var row T
		if r, ok := q.(direct); ok {
			rows, end, ok, err := r.direct(ctx, text, args)
			if err != nil {
				yield(row, fmt.Errorf("db: %w in %s", err, short(text)))
				return
			}
			if ok {
				defer end()
				eachDirect(ctx, rows, text, yield)
				return
			}
		}
		rows, err := q.rows(ctx, text, args)
		if err != nil {
			yield(row, fmt.Errorf("db: %w in %s", err, short(text)))
			return
		}
		defer func() { _ = rows.Close() }()
		v := reflect.ValueOf(&row).Elem()
		cols, err := rows.Columns()
		if err != nil {
			yield(row, err)
			return
		}
		dst, err := destinations(cols, v)
		if err != nil {
			yield(row, err)
			return
		}
		for rows.Next() {
			v.SetZero()
			if err := rows.Scan(dst...); err != nil {
				yield(row, fmt.Errorf("db: %w in %s", err, short(text)))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(row, fmt.Errorf("db: %w in %s", err, short(text)))
		}
	}
}

// destinations are the fields that the columns are read into, as pointers.
func destinations(cols []string, v reflect.Value) ([]any, error) {
	if _, scans := v.Addr().Interface().(sql.Scanner); scans || v.Kind() != reflect.Struct {
		return []any{v.Addr().Interface()}, nil
	}
	plan, err := planFor(v.Type(), cols)
	if err != nil {
		return nil, err
	}
	dst := make([]any, len(cols))
	for i, path := range plan {
		dst[i] = v.FieldByIndex(path).Addr().Interface()
	}
	return dst, nil
}

var plans sync.Map // reflect.Type → map[column][]int

func planFor(t reflect.Type, cols []string) ([][]int, error) {
	known, ok := plans.Load(t)
	if !ok {
		m := map[string][]int{}
		fields(t, nil, m)
		known, _ = plans.LoadOrStore(t, m)
	}
	plan := make([][]int, len(cols))
	for i, c := range cols {
		path, ok := known.(map[string][]int)[c]
		if !ok {
			return nil, fmt.Errorf("db: %s has no field for column %q", t, c)
		}
		plan[i] = path
	}
	return plan, nil
}

func fields(t reflect.Type, at []int, into map[string][]int) {
	for i := range t.NumField() {
		f := t.Field(i)
		path := append(append([]int(nil), at...), i)
		tag := f.Tag.Get("db")
		switch {
		case tag == "-" || (!f.IsExported() && !f.Anonymous):
		case f.Anonymous && f.Type.Kind() == reflect.Struct && tag == "":
			fields(f.Type, path, into)
		case tag != "":
			into[tag] = path
		default:
			into[snake(f.Name)] = path
		}
	}
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z' || (i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z')) {
			b.WriteByte('_')
		}
		if upper {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// In writes "$first,$first+1,…" for n arguments: the inside of an IN list. With
// n = 0 it writes NULL, which is in no list.
func In(first, n int) string {
	if n == 0 {
		return "NULL"
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// List is In for lists of any length: it writes as many places as the next power
// of two, so that there are few texts and each is prepared once. ListArgs fills
// them; the two go together.
func List(first, n int) string { return In(first, rounded(n)) }

// ListArgs makes arguments for List: the last of the list is repeated, which finds
// nothing more.
func ListArgs[T any](list []T, before ...any) []any {
	before = slices.Grow(before, rounded(len(list)))
	for i := range rounded(len(list)) {
		before = append(before, list[min(i, len(list)-1)])
	}
	return before
}

func rounded(n int) int {
	if n < 2 {
		return n
	}
	return 1 << bits.Len(uint(n-1))
}

// Values writes "($1,$2),($3,$4)" for a bulk INSERT of rows × columns.
func Values(rows, columns int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteString("(" + In(1+r*columns, columns) + ")")
	}
	return b.String()
}

// Args makes a list of arguments from anything.
func Args[T any](list []T, before ...any) []any {
	for _, x := range list {
		before = append(before, x)
	}
	return before
}

// JSON is a column that holds a value as JSON: TEXT in SQLite, JSONB in PostgreSQL.
type JSON[T any] struct{ V T }

// Value writes the JSON text.
func (j JSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

// Scan reads JSON; NULL leaves the zero value.
func (j *JSON[T]) Scan(v any) error {
	var zero T
	j.V = zero
	switch v := v.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(v, &j.V)
	case string:
		return json.Unmarshal([]byte(v), &j.V)
	}
	return fmt.Errorf("db: cannot read %T as JSON", v)
}

func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 160 {
		text = text[:160] + "…"
	}
	return text
}
