package calendars

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/ics"
	"example.org/meantime/internal/platform/id"
)

// told is what feeds last said of one thing.
type told struct {
	UID       string `db:"uid"`
	Hash      []byte
	Sequence  int64
	ChangedAt clock.Instant
}

const toldFor = 400 * 24 * time.Hour // what was not told anew for so long is forgotten

// publish makes events of entries for a reader, in order: each keeps its UID, and gets
// the next SEQUENCE and a new time when what it says is new.
func (s *Service) publish(ctx context.Context, a actor.Actor, list []Entry) ([]ics.Entry, error) {
	out := make([]ics.Entry, 0, len(list))
	for _, e := range list {
		out = append(out, s.event(e))
	}
	have, err := s.known(ctx, a, out)
	if err != nil {
		return nil, err
	}
	var fresh []told
	now := s.now()
	for i, e := range out {
		was, ok := have[e.UID]
		hash := digestOf(e)
		if !ok || !bytes.Equal(was.Hash, hash) {
			next := told{UID: e.UID, Hash: hash, Sequence: was.Sequence + 1, ChangedAt: now}
			if !ok {
				next.Sequence = 0
			}
			was = next
			fresh = append(fresh, was)
		}
		out[i].Sequence, out[i].Stamp = int(was.Sequence), was.ChangedAt.Time()
	}
	if len(fresh) > 0 {
		err = s.db.WriteSoon(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a feed tells of something new")
			if err := putTold(ctx, tx, a.Person, fresh); err != nil {
				return err
			}
			return forgetTold(ctx, tx, a.Person, now.Add(-toldFor))
		})
	}
	slices.SortStableFunc(out, func(x, y ics.Entry) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.UID, y.UID))
	})
	return out, err
}

func (s *Service) known(ctx context.Context, a actor.Actor, list []ics.Entry) (map[string]told, error) {
	rows, err := loadTold(ctx, s.db, a.Workspace, a.Person)
	out := make(map[string]told, len(rows))
	for _, r := range rows {
		out[r.UID] = r
	}
	return out, err
}

func (s *Service) event(e Entry) ics.Entry {
	out := ics.Entry{
		UID: e.Key + "@" + s.host, Start: e.Start.Time(), End: e.End.Time(), Summary: e.Title, Description: e.Text, Category: e.Category, Free: e.Free,
	}
	if e.Path != "" {
		out.URL = s.origin + e.Path
	}
	from, errFrom := time.Parse(time.DateOnly, e.From)
	to, errTo := time.Parse(time.DateOnly, e.To)
	if errFrom == nil && errTo == nil {
		out.AllDay, out.Start, out.End = true, from, to
	}
	return out
}

func digestOf(e ics.Entry) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{
		e.Start.UTC().String(), e.End.UTC().String(), fmt.Sprint(e.AllDay, e.Free), e.Summary, e.Description, e.URL, e.Category,
	}))
	return sum[:]
}

// A calendar that is given out.
type published struct {
	key    string // "mine", or the team's id at the edge
	name   string
	events []ics.Entry
}

const readEvery = 15 * time.Minute // what programs are asked for; they keep to their own

func (p published) text() string {
	return ics.Write(ics.Feed{Name: p.name, Refresh: readEvery, Entries: p.events})
}

// etag names a state of the calendar.
func etagOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprintf("%x", sum[:16])
}

// calendar is what a feed holds for its reader now.
func (s *Service) calendar(ctx context.Context, a actor.Actor, name string, team id.ID) (published, error) {
	if team.IsZero() {
		list, err := s.mine(ctx, s.db, a)
		if err != nil {
			return published{}, err
		}
		events, err := s.publish(ctx, a, list)
		return published{"mine", "Meantime: " + name, events}, err
	}
	t, list, err := s.ofTeam(ctx, s.db, a, team)
	if err != nil {
		return published{}, err
	}
	events, err := s.publish(ctx, a, list)
	return published{id.Encode("team", team), "Meantime: " + t.Name, events}, err
}
