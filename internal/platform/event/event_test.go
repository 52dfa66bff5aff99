package event_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func workspace(t *testing.T, d *db.DB) id.ID {
	t.Helper()
	w := id.New(d.Clock().Now())
	err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test makes a workspace")
		return event.Open(ctx, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func say(t *testing.T, d *db.DB, w id.ID, kind string) error {
	t.Helper()
	return d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{Kind: kind, Subject: event.Ref{Kind: "thing", ID: w}, Data: map[string]string{"said": kind}})
		return nil
	})
}

func TestNumbersHaveNoGapsUnderConcurrency(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := workspace(t, d)
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
					event.Append(tx, event.New{Kind: "test.said", Subject: event.Ref{Kind: "thing", ID: w}})
					if i%10 == 0 {
						return errors.New("changed my mind")
					}
					return nil
				})
				if (err != nil) != (i%10 == 0) {
					t.Errorf("write %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		list, err := event.After(t.Context(), d, w, 0, 1000)
		if err != nil || len(list) != 90 {
			t.Fatalf("got %d events (%v), want 90", len(list), err)
		}
		for i, e := range list {
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has number %d", i, e.Seq)
			}
		}
	})
}

func TestEachEventTakesEffectOnceAndAPoisonedOneIsParked(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := workspace(t, d)
		got := map[string]int{}
		f := event.NewFollowers(d, bus.NewLocal(), event.Follower{Name: "ear", Handle: func(_ context.Context, _ *db.Tx, e event.Event) error {
			if e.Kind == "test.poison" {
				return errors.New("cannot swallow")
			}
			got[e.Kind]++
			return nil
		}})
		for _, kind := range []string{"test.first", "test.poison", "test.last"} {
			if err := say(t, d, w, kind); err != nil {
				t.Fatal(err)
			}
		}
		for range 5 {
			_ = f.Settle(t.Context())
		}
		if err := f.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		parked, err := event.AllParked(t.Context(), d, 10)
		if err != nil || len(parked) != 1 || parked[0].Seq != 2 {
			t.Errorf("parked %+v (%v), want number 2 alone", parked, err)
		}
		if got["test.last"] != 1 {
			t.Errorf("the event behind the poisoned one was taken %d times, want 1", got["test.last"])
		}
	})
}

func TestSomeHearToTheEndWithoutTheOthers(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := workspace(t, d)
		var got []string
		listener := func(name string) event.Follower {
			return event.Follower{Name: name, Handle: func(_ context.Context, tx *db.Tx, e event.Event) error {
				got = append(got, name+" "+e.Kind)
				if name == "asks" && e.Kind == "test.first" {
					event.Append(tx, event.New{Kind: "test.then", Subject: event.Ref{Kind: "thing", ID: w}})
				}
				return nil
			}}
		}
		f := event.NewFollowers(d, bus.NewLocal(), listener("asks"), listener("plans"), listener("searches"))
		if err := say(t, d, w, "test.first"); err != nil {
			t.Fatal(err)
		}
		if err := f.Hear(t.Context(), "asks", "plans"); err != nil {
			t.Fatal(err)
		}
		if want := []string{"asks test.first", "plans test.first", "asks test.then", "plans test.then"}; !slices.Equal(got, want) {
			t.Errorf("heard was %q, want %q", got, want)
		}
	})
}

func TestEventsTakenTogetherTakeEffectOnceToo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := workspace(t, d)
		var singly, together []string
		f := event.NewFollowers(d, bus.NewLocal(), event.Follower{
			Name: "ear",
			Handle: func(_ context.Context, _ *db.Tx, e event.Event) error {
				if e.Kind == "test.poison" {
					return errors.New("cannot swallow")
				}
				singly = append(singly, e.Kind)
				return nil
			},
			HandleAll: func(_ context.Context, _ *db.Tx, list []event.Event) error {
				var kinds []string
				for _, e := range list {
					if kinds = append(kinds, e.Kind); e.Kind == "test.poison" {
						return errors.New("cannot swallow")
					}
				}
				together = append(together, kinds...)
				return nil
			},
		})
		for _, kind := range []string{"test.first", "test.poison", "test.third", "test.last"} {
			if err := say(t, d, w, kind); err != nil {
				t.Fatal(err)
			}
		}
		for range 6 {
			_ = f.Settle(t.Context())
		}
		parked, err := event.AllParked(t.Context(), d, 10)
		if err != nil || len(parked) != 1 || parked[0].Seq != 2 {
			t.Errorf("parked %+v (%v), want number 2 alone", parked, err)
		}
		if !slices.Equal(singly, []string{"test.first"}) || !slices.Equal(together, []string{"test.third", "test.last"}) {
			t.Errorf("%q were taken singly and %q together, want the first alone and those behind the poisoned one at once", singly, together)
		}
	})
}

func TestAWriteWithoutAnEventIsRefusedInTests(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := workspace(t, d)
		err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM event_parked WHERE workspace_id = $1`, w)
			return err
		})
		if err == nil {
			t.Error("a silent write went through")
		}
	})
}
