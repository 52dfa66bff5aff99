package sealed_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"testing"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// hall is where votes are held in these tests.
type hall struct {
	t      testing.TB
	db     *db.DB
	boxes  *sealed.Boxes
	jobs   *job.Runner
	folder string
	ws     id.ID
	clock  *clock.Machine
}

func newHall(t testing.TB, d *db.DB, c *clock.Machine) *hall {
	t.Helper()
	h := &hall{t: t, db: d, folder: filepath.Join(t.TempDir(), "keys"), ws: id.New(c.Now()), clock: c}
	h.boxes = sealed.New(d, h.folder)
	b := bus.NewLocal()
	t.Cleanup(func() { _ = b.Close() })
	h.jobs = job.NewRunner(d, b)
	h.boxes.Jobs(h.jobs)
	h.write(func(ctx context.Context, tx *db.Tx) error { return event.Open(ctx, tx) })
	return h
}

func (h *hall) write(f func(context.Context, *db.Tx) error) {
	h.t.Helper()
	if err := h.try(f); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) try(f func(context.Context, *db.Tx) error) error {
	return h.db.Write(context.Background(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test")
		return f(ctx, tx)
	})
}

func (h *hall) box(s sealed.Spec) id.ID {
	h.t.Helper()
	box := id.New(h.clock.Now())
	h.write(func(ctx context.Context, tx *db.Tx) error { return h.boxes.MakeTx(ctx, tx, box, s) })
	return box
}

func (h *hall) cast(c sealed.Cast) (code string, err error) {
	err = h.try(func(ctx context.Context, tx *db.Tx) (err error) {
		code, err = h.boxes.CastTx(ctx, tx, c)
		return err
	})
	return code, err
}

func (h *hall) vote(box id.ID, ballot string) (person id.ID, secret, code string) {
	h.t.Helper()
	person, secret = id.New(h.clock.Now()), newSecret()
	code, err := h.cast(sealed.Cast{Box: box, Person: person, Secret: secret, Ballot: []byte(ballot)})
	if err != nil {
		h.t.Fatal(err)
	}
	return person, secret, code
}

func (h *hall) close(box id.ID) (r sealed.Result) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) (err error) {
		r, err = h.boxes.CloseTx(ctx, tx, box)
		return err
	})
	return r
}

func (h *hall) settle() {
	h.t.Helper()
	if err := h.jobs.Settle(context.Background()); err != nil {
		h.t.Fatal(err)
	}
}

func newSecret() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func texts(list [][]byte) []string {
	out := []string{}
	for _, b := range list {
		out = append(out, string(b))
	}
	return out
}
