package push_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with one reader, Mei, at work in UTC, and a push service.
type house struct {
	t         *testing.T
	db        *db.DB
	clock     *clock.Machine
	people    *people.Service
	push      *push.Service
	jobs      *job.Runner
	followers *event.Followers
	workspace id.ID
	mei       actor.Actor
	sink      *sink

	mu      sync.Mutex
	digests map[id.ID]push.Digest
	agreed  map[id.ID]bool
	out     map[id.ID]bool // sessions that ended
}

// houses runs a test on both engines.
func houses(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t *testing.T, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{
		t: t, db: d, clock: c, workspace: id.New(c.Now()), sink: serve(t),
		digests: map[id.ID]push.Digest{}, agreed: map[id.ID]bool{}, out: map[id.ID]bool{},
	}
	h.people = people.New(d, people.Options{})
	out := outside.New(outside.Options{Allow: outside.MustAllow("127.0.0.1:*"), Version: "9"})
	t.Cleanup(out.Close)
	h.push = push.New(d, h.people, h, h, h, out, push.Options{Origin: "https://meantime.example"})
	h.sink.key = func() string {
		key, err := h.push.PublicKey(context.WithoutCancel(t.Context()))
		if err != nil {
			t.Error(err)
		}
		return key
	}
	b := bus.NewLocal()
	h.jobs = job.NewRunner(d, b)
	h.push.Jobs(h.jobs)
	h.followers = event.NewFollowers(d, b, h.push.Followers()...)
	c.Set(clock.At(testkit.Monday.Add(3 * time.Hour))) // 10:00 UTC
	h.write(func(ctx context.Context, tx *db.Tx) error {
		return h.people.CreateWorkspaceTx(ctx, tx, "Harbour")
	})
	h.mei = h.person("Mei Lin", "mei@example.org")
	return h
}

func (h *house) write(f func(context.Context, *db.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), h.workspace, f); err != nil {
		h.t.Fatal(err)
	}
}

// person lets somebody in, signed in by a session of their own.
func (h *house) person(name, address string) actor.Actor {
	h.t.Helper()
	return h.let(people.NewPerson{Name: name, Email: address, Zone: "UTC"})
}

func (h *house) let(n people.NewPerson) (a actor.Actor) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		p, err := h.people.AddTx(ctx, tx, n)
		a = p.Actor()
		a.Session = id.New(tx.Now)
		return err
	})
	return a
}

// Digest and the two below play the neighbours.
func (h *house) Digest(_ context.Context, _, digest id.ID) (push.Digest, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.digests[digest]
	if !ok {
		return d, fault.Missing("digest")
	}
	return d, nil
}

func (h *house) Consents(_ context.Context, _ db.Queryer, _ id.ID, persons []id.ID) (map[id.ID]bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[id.ID]bool{}
	for _, p := range persons {
		out[p] = h.agreed[p]
	}
	return out, nil
}

func (h *house) Holds(_ context.Context, _, _, session id.ID) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.out[session], nil
}

// device turns push on in a browser of somebody's.
func (h *house) device(a actor.Actor, path string) push.Device {
	h.t.Helper()
	b := testkit.NewBrowser(h.t)
	h.sink.mu.Lock()
	h.sink.browsers[path] = b
	h.sink.mu.Unlock()
	d, err := h.push.Add(h.t.Context(), a, push.NewDevice{Name: "Firefox on Linux", Endpoint: h.sink.url + path, P256dh: b.P256dh(), Auth: b.Auth()})
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *house) devices(a actor.Actor) []push.Device {
	h.t.Helper()
	list, err := h.push.Devices(h.t.Context(), a)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// tell says in the log that a bundle is ready.
func (h *house) tell(u worktime.Urgency, person id.ID, items ...push.Item) push.Digest {
	h.t.Helper()
	d := push.Digest{ID: id.New(h.clock.Now()), Person: person, Urgency: u, Items: items}
	h.mu.Lock()
	h.digests[d.ID] = d
	h.mu.Unlock()
	h.write(func(_ context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{
			Kind: "attention.digested", Subject: event.Ref{Kind: "digests", ID: d.ID}, Concerns: []id.ID{person},
			Data: map[string]any{"digests": []id.ID{d.ID}},
		})
		return nil
	})
	return d
}

// digest tells and lets everything settle.
func (h *house) digest(person id.ID, items ...push.Item) push.Digest {
	h.t.Helper()
	d := h.tell(worktime.Routine, person, items...)
	h.settle()
	return d
}

func (h *house) settle() {
	h.t.Helper()
	if err := errors.Join(h.followers.Settle(h.t.Context()), h.jobs.Settle(h.t.Context())); err != nil {
		h.t.Fatal(err)
	}
}

// want checks how many pushes came in so far.
func (h *house) want(n int, when string) {
	h.t.Helper()
	if got := len(h.sink.pushes()); got != n {
		h.t.Errorf("%s: %d pushes, want %d", when, got, n)
	}
}

func item() push.Item {
	return push.Item{Title: "Ana Petrova asks you to review: the pricing page", Path: "/threads/thr_x#post_y", Subject: "Pricing page"}
}

func code(err error) string {
	if f := fault.As(err); f != nil {
		return f.Code
	}
	return ""
}
