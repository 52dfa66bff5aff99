package bus_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestPokesOfOneProcess(t *testing.T) {
	b := bus.NewLocal()
	jobs, end := b.Subscribe(bus.Jobs)
	also, endAlso := b.Subscribe(bus.Jobs)
	events, endEvents := b.Subscribe(bus.Events)
	defer endAlso()
	defer endEvents()
	for range 1000 {
		b.Poke(bus.Jobs) // nobody reads, and nobody is waited for
	}
	for name, c := range map[string]<-chan struct{}{"one": jobs, "other": also} {
		if len(c) != 1 {
			t.Errorf("%s subscriber holds %d pokes, want 1", name, len(c))
		}
	}
	if len(events) != 0 {
		t.Error("another topic was poked")
	}
	<-jobs
	end()
	end() // twice is once
	b.Poke(bus.Jobs)
	if len(jobs) != 0 {
		t.Error("who left was poked")
	}
	b.Poke("a topic nobody waits on")
}

// A node's poke reaches the other; its own subscribers do not wait for that.
func TestTwoNodesWakeEachOther(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	url := testkit.PostgresURL(t)
	one, two := bus.NewPostgres(url), bus.NewPostgres(url)
	defer closed(t, one)
	defer closed(t, two)
	here, end := one.Subscribe(bus.Events)
	defer end()
	there, endThere := two.Subscribe(bus.Events)
	defer endThere()

	arrives(t, one, bus.Events, there)
	<-here // at once

	t.Run("many topics at a time", func(t *testing.T) {
		var all []<-chan struct{}
		for i := range 500 { // more than one NOTIFY holds
			c, end := two.Subscribe(bus.Workspace(fmt.Sprintf("%060d", i)))
			defer end()
			all = append(all, c)
		}
		for i := range 500 {
			one.Poke(bus.Workspace(fmt.Sprintf("%060d", i)))
		}
		for i, c := range all {
			select {
			case <-c:
			case <-t.Context().Done():
				t.Fatalf("topic %d did not arrive", i)
			}
		}
	})
	t.Run("the relay comes back when its connection is cut", func(t *testing.T) {
		drain(there)
		cut(t, url)
		<-there // something may have been said meanwhile
		arrives(t, one, bus.Events, there)
	})
}

// arrives pokes until the poke comes out: a lost one costs a poll, so callers
// poke again as well.
func arrives(t *testing.T, from bus.Bus, topic string, out <-chan struct{}) {
	t.Helper()
	asked, end := from.Subscribe(topic)
	defer end()
	for {
		select {
		case <-out:
			return
		case <-t.Context().Done():
			t.Fatal("the poke did not arrive")
		default:
			from.Poke(topic)
			<-asked
		}
	}
}

func drain(c <-chan struct{}) {
	select {
	case <-c:
	default:
	}
}

// cut ends every connection of the relays.
func cut(t *testing.T, url string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(ctx) }()
	if _, err := c.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		t.Fatal(err)
	}
}

func closed(t *testing.T, b bus.Bus) {
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	b.Poke(bus.Jobs) // ignored
}
