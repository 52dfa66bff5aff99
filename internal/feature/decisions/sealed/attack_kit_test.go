package sealed_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// evidence is what an attacker holds of one election: all but the key, which was
// destroyed, and what the voters keep to themselves.
type evidence struct {
	voters    []id.ID       // in the order in which the log tells that they voted
	rows      [][]row       // what the tables of ballots held before the first vote, and after each
	raw       [][][]byte    // the pages of the database's files that each vote changed, log included
	published []string      // in the order of the list
	stored    []int         // places in the list, in the order of transactions and places on the disk
	codes     []string      // in the order of their list
	file      []byte        // the database's file at the end
	truth     map[id.ID]int // place in the list; not for the attacker
}

// row is one row of a table of ballots.
type row struct {
	key string
	b   []byte
}

// way is how ballots are kept: ours, or one of those that tell.
type way interface {
	begin(voters int)
	cast(tx *db.Tx, person id.ID, ballot string) error
	rows() []row
	end() (published []string, codes []string)
	table() (name, where string, args []any) // of what is published
}

// ours is the box.
type ours struct {
	*hall
	now id.ID
}

func (o *ours) begin(voters int) { o.now = o.box(sealed.Spec{Voters: voters, BallotBytes: 200}) }

func (o *ours) cast(tx *db.Tx, person id.ID, ballot string) error {
	_, err := o.boxes.CastTx(context.Background(), tx, sealed.Cast{Box: o.now, Person: person, Secret: newSecret(), Ballot: []byte(ballot)})
	return err
}

func (o *ours) rows() []row {
	return o.read(`SELECT CAST(n AS TEXT) AS k, sealed AS b FROM decisions_sealed_pages WHERE box_id = $1 ORDER BY n`, o.now)
}

func (o *ours) end() ([]string, []string) {
	r := o.close(o.now)
	o.settle()
	codes, err := o.boxes.Codes(context.Background(), o.db, o.ws, o.now, 0, 1000)
	if err != nil {
		o.t.Fatal(err)
	}
	return texts(r.Ballots), codes
}

func (o *ours) table() (string, string, []any) {
	return "decisions_sealed_opened", "box_id = $1", []any{o.now}
}

// careless keeps ballots in a table of their own, without names: what many do.
type careless struct {
	*hall
	key     cipher.AEAD // nil: in the clear
	shuffle bool        // when they are opened
	box     id.ID
}

func newCareless(h *hall, sealed, shuffle bool) *careless {
	c := &careless{hall: h, shuffle: shuffle}
	h.write(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, strings.ReplaceAll(`CREATE TABLE IF NOT EXISTS careless (box @, id @, ballot @)`, "@", map[db.Engine]string{db.SQLite: "BLOB", db.Postgres: "BYTEA"}[h.db.Engine]))
		return err
	})
	if sealed {
		b := make([]byte, 32)
		_, _ = rand.Read(b)
		block, _ := aes.NewCipher(b)
		c.key, _ = cipher.NewGCMWithRandomNonce(block)
	}
	return c
}

func (c *careless) begin(int) { c.box = id.New(c.clock.Now()) }

func (c *careless) cast(tx *db.Tx, _ id.ID, ballot string) error {
	b := []byte(ballot)
	if c.key != nil {
		b = c.key.Seal(nil, nil, b, nil)
	}
	x := id.New(c.clock.Now())
	_, err := tx.Exec(context.Background(), `INSERT INTO careless (box, id, ballot) VALUES ($1, $2, $3)`, c.box[:], x[:], b)
	return err
}

func (c *careless) rows() []row {
	return c.read(`SELECT CAST(id AS TEXT) AS k, ballot AS b FROM careless WHERE box = $1 ORDER BY id`, c.box[:])
}

func (c *careless) end() (published []string, codes []string) {
	for _, r := range c.rows() {
		if c.key != nil {
			r.b, _ = c.key.Open(nil, nil, r.b, nil)
		}
		published, codes = append(published, string(r.b)), append(codes, newSecret())
	}
	if c.shuffle {
		mix(published)
	}
	return published, codes
}

func (c *careless) table() (string, string, []any) { return "careless", "box = $1", []any{c.box[:]} }

func (h *hall) read(text string, args ...any) (out []row) {
	h.t.Helper()
	type found struct {
		K string
		B []byte
	}
	list, err := db.All[found](context.Background(), h.db, text, args...)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range list {
		out = append(out, row{f.K, f.B})
	}
	return out
}

// hold lets voters vote once each, in an order of chance, on ballots of all lengths,
// and gathers what an attacker could.
func hold(h *hall, w way, voters int, raw bool) evidence {
	h.t.Helper()
	e := evidence{truth: map[id.ID]int{}}
	w.begin(voters)
	said := map[id.ID]string{}
	e.rows = append(e.rows, w.rows())
	var before []byte
	if raw {
		before = h.files()
	}
	for i := range voters {
		person := id.New(h.clock.Now())
		said[person] = fmt.Sprintf("%s%04d%s", newSecret()[:12], i, strings.Repeat("x", number(100)))
		h.write(func(ctx context.Context, tx *db.Tx) error {
			if err := h.takesPart(ctx, tx, person); err != nil {
				return err
			}
			return w.cast(tx, person, said[person])
		})
		e.voters, e.rows = append(e.voters, person), append(e.rows, w.rows())
		if raw {
			now := h.files()
			e.raw, before = append(e.raw, changed(before, now)), now
		}
	}
	e.published, e.codes = w.end()
	for _, person := range e.voters {
		e.truth[person] = slices.Index(e.published, said[person])
	}
	e.stored = h.stored(w, e.published)
	if raw {
		e.file = h.files()
	}
	return e
}

// takesPart says that somebody voted, as decisions does: with names, in its own table.
func (h *hall) takesPart(ctx context.Context, tx *db.Tx, person id.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO took_part (person) VALUES ($1)`, person[:])
	return err
}

// stored gives the places in the list of what is published, in the order in which the
// engine wrote it: what xmin, ctid and rowid tell.
func (h *hall) stored(w way, published []string) (out []int) {
	name, where, args := w.table()
	order := "rowid"
	if h.db.Engine == db.Postgres {
		order = "CAST(CAST(xmin AS TEXT) AS BIGINT), ctid"
	}
	for _, r := range h.read(`SELECT '' AS k, ballot AS b FROM `+name+` WHERE `+where+` ORDER BY `+order, args...) {
		if at := slices.Index(published, string(r.b)); at >= 0 {
			out = append(out, at)
		}
	}
	return out
}

// files is the database's file and its write-ahead log, as a backup of the folder has them.
func (h *hall) files() []byte {
	path := strings.TrimPrefix(h.db.URL, "sqlite:")
	b, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	b = b[:len(b)/4096*4096]
	wal, _ := os.ReadFile(path + "-wal")
	return append(b, wal...)
}

func changed(before, now []byte) (out [][]byte) {
	for at := 0; at < len(now); at += 4096 {
		end := min(at+4096, len(now))
		if end > len(before) || !bytes.Equal(now[at:end], before[at:end]) {
			out = append(out, now[at:end])
		}
	}
	return out
}

// number is one of chance below n.
func number(n int) int {
	x, _ := rand.Int(rand.Reader, big.NewInt(int64(n)))
	return int(x.Int64())
}

func mix[T any](list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := number(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}

// ranks gives each its place in the order of what f says of it.
func ranks[T any, K cmp.Ordered](list []T, f func(T) K) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(f(list[a]), f(list[b])) })
	out := make([]int, len(list))
	for rank, i := range order {
		out[i] = rank
	}
	return out
}

func newElections(t *testing.T, d *db.DB, c *clock.Machine) *hall {
	t.Helper()
	h := newHall(t, d, c)
	h.write(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE took_part (person `+map[db.Engine]string{db.SQLite: "BLOB", db.Postgres: "BYTEA"}[d.Engine]+`)`)
		return err
	})
	return h
}
