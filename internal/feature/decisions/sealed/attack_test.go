package sealed_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// attack guesses for each voter, in the order in which they voted, the place of their
// ballot in the published list; -1 is no guess, and chance is tried.
type attack struct {
	name  string
	raw   bool // reads the files of the embedded database
	guess func(e evidence) []int
}

var attacks = []attack{
	{name: "the order of the list is the order of votes", guess: func(e evidence) []int { return upTo(len(e.voters)) }},
	{name: "the order on the disk is the order of votes", guess: func(e evidence) []int { return e.stored }},
	{name: "the order of ids is the order of ballots", guess: func(e evidence) []int {
		return ranks(e.voters, func(v id.ID) string { return v.String() })
	}},
	{name: "what a vote adds is as long as its ballot", guess: bySize},
	{name: "where a vote writes is where its ballot is listed", guess: byPlace},
	{name: "what a vote writes holds its ballot", guess: byContent},
	{name: "the codes are in the order of the ballots", guess: byCode},
	{name: "the files hold the ballot after its vote", raw: true, guess: byFiles},
	{name: "in the file a ballot lies beside its voter", raw: true, guess: byNearness},
}

// Two backups are taken around each vote of many small elections; in the end the key
// is gone and the list is published. Each signal by which ballots were joined to
// voters elsewhere is tried, against our box and against ways of keeping ballots that
// are known to tell.
func TestBallotsAreJoinedToVotersByChanceOnly(t *testing.T) {
	const voters = 6
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newElections(t, d, c)
		elections, raw := 300, 40
		if d.Engine == db.Postgres {
			elections, raw = 100, 0
		}
		if testing.Short() {
			elections, raw = 30, 10
		}
		var held []evidence
		for i := range elections {
			held = append(held, hold(h, &ours{hall: h}, voters, i < raw))
		}
		for _, a := range attacks {
			hits, guesses := try(a, held)
			if guesses == 0 {
				continue
			}
			rate, chance := float64(hits)/float64(guesses), 1.0/voters
			most := chance + 4.5*math.Sqrt(chance*(1-chance)/float64(guesses))
			t.Logf("%-50s %5.1f %% of %d; chance is %.1f %%, refused above %.1f %%", a.name, 100*rate, guesses, 100*chance, 100*most)
			if rate > most {
				t.Errorf("%s: right %d times of %d, which is more than chance", a.name, hits, guesses)
			}
		}
	})
}

// The attacks are worth something: against what is kept carelessly they succeed.
func TestTheAttacksSucceedAgainstCarelessWays(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := newElections(t, d, c)
		for _, k := range []struct {
			name     string
			way      way
			succeeds []string
		}{
			{"without names, in the clear", newCareless(h, false, false), []string{
				attacks[0].name, attacks[1].name, attacks[2].name, attacks[3].name, attacks[4].name, attacks[5].name, attacks[7].name,
			}},
			{"in the clear, published in another order", newCareless(h, false, true), []string{attacks[1].name, attacks[3].name, attacks[5].name, attacks[7].name}},
			{"sealed one by one, published in another order", newCareless(h, true, true), []string{attacks[3].name}},
			{"sealed one by one, opened in order", newCareless(h, true, false), []string{attacks[0].name, attacks[2].name, attacks[3].name, attacks[4].name}},
		} {
			t.Run(k.name, func(t *testing.T) {
				var held []evidence
				for range 10 {
					held = append(held, hold(h, k.way, 6, d.Engine == db.SQLite))
				}
				for _, a := range attacks {
					hits, guesses := try(a, held)
					if guesses > 0 && slices.Contains(k.succeeds, a.name) && float64(hits) < 0.8*float64(guesses) {
						t.Errorf("%s: right %d times of %d only", a.name, hits, guesses)
					}
				}
			})
		}
	})
}

func try(a attack, held []evidence) (hits, guesses int) {
	for _, e := range held {
		if a.raw && e.raw == nil {
			continue
		}
		list := a.guess(e)
		for i, person := range e.voters {
			at := number(len(e.published))
			if i < len(list) && list[i] >= 0 {
				at = list[i]
			}
			guesses++
			if at == e.truth[person] {
				hits++
			}
		}
	}
	return hits, guesses
}

func upTo(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

// written is what a vote added to the rows: those that are new or different.
func (e evidence) written(vote int) (out []row, grown int) {
	before := map[string][]byte{}
	for _, r := range e.rows[vote] {
		before[r.key] = r.b
		grown -= len(r.b)
	}
	for _, r := range e.rows[vote+1] {
		grown += len(r.b)
		if !bytes.Equal(before[r.key], r.b) {
			out = append(out, r)
		}
	}
	return out, grown
}

// match joins the voters' ranks by one signal to the ballots' ranks by another.
func match(voters, ballots []int) []int {
	out := make([]int, len(voters))
	for i, rank := range voters {
		out[i] = slices.Index(ballots, rank)
	}
	return out
}

func bySize(e evidence) []int {
	sizes := ranks(upTo(len(e.voters)), func(i int) int { _, grown := e.written(i); return grown })
	return match(sizes, ranks(e.published, func(b string) int { return len(b) }))
}

// byPlace takes the key of the row that a vote wrote, and where in it the first byte
// differs.
func byPlace(e evidence) []int {
	return ranks(upTo(len(e.voters)), func(i int) string {
		place := ""
		list, _ := e.written(i)
		for _, r := range list {
			place += r.key + "/"
			for _, old := range e.rows[i] {
				if old.key == r.key {
					place += string(rune('a' + differs(old.b, r.b)))
				}
			}
		}
		return place
	})
}

func differs(a, b []byte) (at int) {
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	return at
}

func byContent(e evidence) []int {
	var pieces [][][]byte
	for i := range e.voters {
		var list [][]byte
		written, _ := e.written(i)
		for _, r := range written {
			list = append(list, r.b)
		}
		pieces = append(pieces, list)
	}
	return appearing(e.published, pieces)
}

// appearing finds for each vote the ballot that what it wrote holds and what the votes
// before it wrote did not.
func appearing(published []string, pieces [][][]byte) (out []int) {
	seen := map[int]bool{}
	for _, list := range pieces {
		found := -1
		for at, text := range published {
			if !seen[at] && slices.ContainsFunc(list, func(b []byte) bool { return bytes.Contains(b, []byte(text)) }) {
				found, seen[at] = at, true
			}
		}
		out = append(out, found)
	}
	return out
}

// byCode looks for the code that a vote wrote, and takes its place for the ballot's.
func byCode(e evidence) (out []int) {
	for i := range e.voters {
		list, _ := e.written(i)
		found := i
		for _, r := range list {
			for at, code := range e.codes {
				if bytes.Contains(r.b, []byte(code)) {
					found = at
				}
			}
		}
		out = append(out, found)
	}
	return out
}

func byFiles(e evidence) []int { return appearing(e.published, e.raw) }

// byNearness takes the ballot that lies nearest to any mention of the voter.
func byNearness(e evidence) (out []int) {
	for _, person := range e.voters {
		nearest, found := math.MaxInt, -1
		for at, text := range e.published {
			for _, x := range all(e.file, []byte(text)) {
				for _, y := range all(e.file, person[:]) {
					if far := max(x-y, y-x); far < nearest {
						nearest, found = far, at
					}
				}
			}
		}
		out = append(out, found)
	}
	return out
}

func all(in, what []byte) (out []int) {
	for at := 0; ; {
		i := bytes.Index(in[at:], what)
		if i < 0 {
			return out
		}
		out = append(out, at+i)
		at += i + 1
	}
}
