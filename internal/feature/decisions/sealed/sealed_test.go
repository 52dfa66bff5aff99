package sealed_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

var small = sealed.Spec{Voters: 6, BallotBytes: 300}

func TestABoxIsOpenedAtTheEnd(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		var want, codes []string
		for i := range 6 {
			ballot := fmt.Sprintf("%d for it", (i*5)%6)
			_, secret, code := h.vote(box, ballot)
			if again := sealed.Code(box, secret); again != code {
				t.Errorf("the code is %s and was said to be %s", again, code)
			}
			want, codes = append(want, ballot), append(codes, code)
		}
		slices.Sort(want)
		slices.Sort(codes)
		for range 2 { // the second closing finds what the first did
			if r := h.close(box); r.State != sealed.Opened || r.Count != 6 || !slices.Equal(texts(r.Ballots), want) {
				t.Errorf("the box held %+v, want %v", r, want)
			}
		}
		h.settle()
		h.destroyed(box)
		h.published(box, want, codes)
	})
}

func (h *hall) published(box id.ID, want, codes []string) {
	h.t.Helper()
	ctx := context.Background()
	first, err := h.boxes.Ballots(ctx, h.db, h.ws, box, 0, 4)
	if err != nil {
		h.t.Fatal(err)
	}
	rest, err := h.boxes.Ballots(ctx, h.db, h.ws, box, 4, 4)
	if err != nil {
		h.t.Fatal(err)
	}
	if got := texts(append(first, rest...)); !slices.Equal(got, want) {
		h.t.Errorf("published are %v, want %v", got, want)
	}
	if got, err := h.boxes.Codes(ctx, h.db, h.ws, box, 0, 100); err != nil || !slices.Equal(got, codes) {
		h.t.Errorf("published are the codes %v, want %v (%v)", got, codes, err)
	}
}

// destroyed checks that neither key nor pages are left.
func (h *hall) destroyed(box id.ID) {
	h.t.Helper()
	if h.boxes.HasKey(box) {
		h.t.Error("the key is there still")
	}
	if left, err := os.ReadDir(h.folder); err != nil || len(left) > 0 {
		h.t.Errorf("the folder of keys holds %v (%v)", left, err)
	}
	n, _, err := db.One[int64](context.Background(), h.db, `SELECT COUNT(*) AS n FROM decisions_sealed_pages`)
	if err != nil || n != 0 {
		h.t.Errorf("%d pages are left (%v)", n, err)
	}
}

func TestABallotIsReplaced(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		ana, secret, code := h.vote(box, "no")
		for range 5 {
			h.vote(box, "other")
		}
		again := sealed.Cast{Box: box, Person: ana, Secret: secret, Ballot: []byte("yes"), Voted: true}
		for range 2 { // an answer that was lost is asked for again
			if got, err := h.cast(again); err != nil || got != code {
				t.Fatalf("the code became %s from %s (%v)", got, code, err)
			}
		}
		r := h.close(box)
		if got := texts(r.Ballots); len(got) != 6 || slices.Contains(got, "no") || !slices.Contains(got, "yes") {
			t.Errorf("the box held %v", got)
		}
	})
}

func TestWhatABoxRefuses(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		ana, secret, _ := h.vote(box, "no")
		good := sealed.Cast{Box: box, Person: ana, Secret: secret, Ballot: []byte("yes"), Voted: true}
		for _, k := range []struct {
			name, code string
			change     func(*sealed.Cast)
		}{
			{"a second ballot without the receipt of the first", "receipt_needed", func(c *sealed.Cast) { c.Secret = newSecret() }},
			{"another's receipt", "receipt_needed", func(c *sealed.Cast) { c.Person = id.New(h.clock.Now()) }},
			{"a receipt that can be guessed", "receipt_malformed", func(c *sealed.Cast) { c.Secret = "1234" }},
			{"a receipt that is no word", "receipt_malformed", func(c *sealed.Cast) { c.Secret = strings.Repeat("a b", 9) }},
			{"a ballot that is too long", "ballot_too_long", func(c *sealed.Cast) { c.Ballot = make([]byte, 600) }},
			{"a box that is none", "ballot_closed", func(c *sealed.Cast) { c.Box = ana }},
		} {
			t.Run(k.name, func(t *testing.T) {
				try := good
				k.change(&try)
				if _, err := h.cast(try); !fault.Is(err, k.code) {
					t.Errorf("it gave %v, want %s", err, k.code)
				}
			})
		}
		if _, err := h.cast(good); err != nil {
			t.Errorf("the good one failed: %v", err)
		}
		h.close(box)
		if _, err := h.cast(good); !fault.Is(err, "ballot_closed") {
			t.Errorf("after the end it gave %v", err)
		}
	})
}

func TestFewBallotsStaySealed(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		for range sealed.Fewest - 1 {
			h.vote(box, "yes")
		}
		if r := h.close(box); r.State != sealed.Few || r.Count != 0 || r.Ballots != nil {
			t.Errorf("the box gave %+v", r)
		}
		h.settle()
		h.destroyed(box)
		h.published(box, []string{}, []string{})
	})
}

func TestMoreVoteThanWereForeseen(t *testing.T) {
	h := newHall(t, testkit.SQLite(t, clock.Still(testkit.Monday)), clock.Still(testkit.Monday))
	for _, voters := range []int{0, 40} {
		box := h.box(sealed.Spec{Voters: voters, BallotBytes: 10})
		for i := range 150 {
			h.vote(box, fmt.Sprint(i))
		}
		if r := h.close(box); r.Count != 150 {
			t.Errorf("of 150 ballots in a box for %d there were %d", voters, r.Count)
		}
	}
}

func TestAKeyThatIsGone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		for range 5 {
			h.vote(box, "yes")
		}
		away := h.folder + "-away"
		if err := os.Rename(h.folder, away); err != nil {
			t.Fatal(err)
		}
		if open, missing, err := h.boxes.Missing(context.Background()); open != 1 || missing != 1 || err != nil {
			t.Errorf("of %d open boxes %d have no key (%v)", open, missing, err)
		}
		_, err := h.cast(sealed.Cast{Box: box, Person: id.New(c.Now()), Secret: newSecret(), Ballot: []byte("no")})
		if !sealed.KeyMissing(err) {
			t.Errorf("voting gave %v", err)
		}
		if err := h.tryClose(box); !sealed.KeyMissing(err) {
			t.Errorf("closing gave %v", err)
		}
		t.Run("and comes back", func(t *testing.T) {
			if err := os.Rename(away, h.folder); err != nil {
				t.Fatal(err)
			}
			if r := h.close(box); r.Count != 5 {
				t.Errorf("the box held %+v", r)
			}
		})
	})
}

func (h *hall) tryClose(box id.ID) error {
	return h.try(func(ctx context.Context, tx *db.Tx) error {
		_, err := h.boxes.CloseTx(ctx, tx, box)
		return err
	})
}

func TestABoxIsGivenUp(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newHall(t, d, c)
		box := h.box(small)
		for range 5 {
			h.vote(box, "yes")
		}
		h.write(func(ctx context.Context, tx *db.Tx) error { return h.boxes.LoseTx(ctx, tx, box) })
		if r := h.close(box); r.State != sealed.Lost || r.Ballots != nil {
			t.Errorf("the box gave %+v", r)
		}
		h.settle()
		h.destroyed(box)
	})
}

func TestAPageThatWasChanged(t *testing.T) {
	h := newHall(t, testkit.SQLite(t, clock.Still(testkit.Monday)), clock.Still(testkit.Monday))
	box, other := h.box(small), h.box(small)
	for range 5 {
		h.vote(box, "yes")
		h.vote(other, "yes")
	}
	// One sealed page in the place of another.
	h.write(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE decisions_sealed_pages SET sealed = (SELECT sealed FROM decisions_sealed_pages AS o WHERE o.box_id = $1)
			WHERE box_id = $2`, other, box)
		return err
	})
	if err := h.tryClose(box); !sealed.Damaged(err) {
		t.Errorf("closing gave %v", err)
	}
}

func TestKeysOfEndedBoxesAreSwept(t *testing.T) {
	h := newHall(t, testkit.SQLite(t, clock.Still(testkit.Monday)), clock.Still(testkit.Monday))
	ended, open := h.box(small), h.box(small)
	h.close(ended)
	// Another node, with a folder of its own, has keys of both and of a box of another house.
	node := sealed.New(h.db, h.folder)
	stranger := h.folder + "/ballot-" + id.New(h.clock.Now()).String() + ".key"
	if err := os.WriteFile(stranger, []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := node.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if node.HasKey(ended) || !node.HasKey(open) {
		t.Errorf("kept: of the ended box %v, of the open one %v", node.HasKey(ended), node.HasKey(open))
	}
	if _, err := os.Stat(stranger); err != nil {
		t.Errorf("the key of a box that this database does not know: %v", err)
	}
}

func TestKeysAreForOneUsersEyes(t *testing.T) {
	h := newHall(t, testkit.SQLite(t, clock.Still(testkit.Monday)), clock.Still(testkit.Monday))
	h.box(small)
	list, err := os.ReadDir(h.folder)
	if err != nil || len(list) != 1 {
		t.Fatalf("the folder holds %v (%v)", list, err)
	}
	info, err := list[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key may be read by %v (%v)", info.Mode(), err)
	}
	folder, err := os.Stat(h.folder)
	if err != nil || folder.Mode().Perm() != 0o700 {
		t.Errorf("the folder may be read by %v (%v)", folder.Mode(), err)
	}
}
