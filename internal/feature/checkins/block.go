package checkins

import (
	"context"
	"regexp"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Block is something that somebody waits for. When it is a person, they are asked; it
// is settled when that ask is, or when whoever waits says so.
type Block struct {
	WorkspaceID id.ID
	ID          id.ID
	Checkin     id.ID `db:"checkin_id"`
	Turn        id.ID `db:"turn_id"`
	Person      id.ID `db:"person_id"` // who waits
	Words       string
	WaitsPerson id.ID
	WaitsWhat   string
	Ask         id.ID `db:"ask_id"`
	Post        id.ID `db:"post_id"`
	MadeAt      clock.Instant
	SettledAt   clock.Instant
	SettledBy   id.ID
}

const (
	longestBlocker = 300
	longestWhat    = 200
)

// blockTx writes a blocker down and asks whom it waits for.
func (s *Service) blockTx(ctx context.Context, tx *db.Tx, a actor.Actor, c Checkin, t Turn, n NewBlocker) error {
	n.Words, n.What = oneLine(n.Words), oneLine(n.What)
	if n.Words == "" || n.Person.IsZero() && n.What == "" {
		return wrong("blocker", "blockers", "Say what is in the way, and whom or what you wait for.")
	}
	if err := fits("blockers", n.Words, longestBlocker); err != nil {
		return err
	}
	if err := fits("blockers", n.What, longestWhat); err != nil {
		return err
	}
	b := Block{ID: id.New(tx.Now), Checkin: c.ID, Turn: t.ID, Person: a.Person, Words: n.Words, WaitsPerson: n.Person, WaitsWhat: n.What, MadeAt: tx.Now}
	if !n.Person.IsZero() {
		if err := s.askForTx(ctx, tx, a, c, n, &b); err != nil {
			return err
		}
	}
	event.Append(tx, c.told(EventBlocked, a.Person, event.Ref{Kind: "checkin_blocker", ID: b.ID}, a.Person))
	return insertBlocker(ctx, tx, b)
}

// askForTx asks whom a blocker waits for, on a post of the check-in's thread.
func (s *Service) askForTx(ctx context.Context, tx *db.Tx, a actor.Actor, c Checkin, n NewBlocker, b *Block) error {
	post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: c.Thread, Markdown: n.Words})
	if err != nil {
		return err
	}
	window := n.Window
	if window == "" {
		window = c.BlockerWindow
	}
	ask, err := s.asks.AskTx(ctx, tx, a, asks.NewAsk{
		Thread: c.Thread, Post: post.ID, Kind: asks.Do, People: []id.ID{n.Person}, Window: window, Text: n.Words,
	})
	b.Ask, b.Post = ask.ID, post.ID
	return err
}

// handleIn finds who is named in words.
var handleIn = regexp.MustCompile(`(?:^|[\s(])@([\pL\pN][\pL\pN._-]*)`)

// free are the words by which people say that nothing is in the way.
var free = map[string]bool{"no": true, "none": true, "nothing": true, "nope": true, "-": true, "–": true, "n/a": true, "no blockers": true}

// spokenBlockers makes blockers of what was written to a question for them: of a
// person, when it names one with @, else of the thing itself. A change of an answer
// makes them only of what is new.
func (s *Service) spokenBlockers(ctx context.Context, tx *db.Tx, t Turn, said []Answer) (rest []Answer, list []NewBlocker, err error) {
	rest = []Answer{}
	for _, x := range said {
		q, _ := byKey(t.Questions.V, x.Question)
		if q.Kind != Blocker {
			rest = append(rest, x)
			continue
		}
		if free[strings.ToLower(strings.Trim(x.Text, ".! "))] {
			continue
		}
		n := NewBlocker{Words: cut(oneLine(x.Text), longestBlocker), What: cut(oneLine(x.Text), longestWhat)}
		if m := handleIn.FindStringSubmatch(x.Text); m != nil {
			handle := strings.ToLower(strings.TrimRight(m[1], ".-_"))
			found, _, err := s.people.ByHandles(ctx, tx, tx.Workspace, []string{handle})
			if err != nil {
				return nil, nil, err
			}
			if n.Person = found[handle]; n.Person.IsZero() {
				return nil, nil, fault.Newf(fault.Invalid, "nobody", "Nobody here has the handle @%s. Name whom you wait for by their handle, or leave the @ out.", handle).At("answers")
			}
			n.What = ""
		}
		list = append(list, n)
	}
	return rest, list, nil
}

// Settle says that what the actor waited for is settled; an ask that is open for it is
// released.
func (s *Service) Settle(ctx context.Context, a actor.Actor, blocker id.ID) (Block, error) {
	b, c, err := s.blocker(ctx, s.db, a, blocker)
	if err != nil {
		return b, err
	}
	if b.Person != a.Person {
		return b, fault.New(fault.Forbidden, "not_yours", "Whoever waits for it says that it is settled. If they asked you, answer them in the thread.")
	}
	if !b.SettledAt.IsZero() {
		return b, fault.New(fault.Conflict, "settled", "This is settled already.")
	}
	if !b.Ask.IsZero() {
		// Whatever becomes of this, the log tells us of the ask; so a crash between the two is mended.
		if _, err := s.asks.Release(ctx, a, b.Ask, nil); err != nil && !fault.IsKind(err, fault.Conflict) {
			return b, err
		}
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("it may have been settled meanwhile")
		return s.settleTx(ctx, tx, c, b, a.Person)
	})
	if err == nil {
		b, _, err = loadBlocker(ctx, s.db, a.Workspace, blocker)
	}
	return b, err
}

func (s *Service) settleTx(ctx context.Context, tx *db.Tx, c Checkin, b Block, by id.ID) error {
	now, err := settleBlocker(ctx, tx, b.ID, by)
	if err == nil && now {
		event.Append(tx, c.told(EventSettled, by, event.Ref{Kind: "checkin_blocker", ID: b.ID}, b.Person))
	}
	return err
}

// blocker finds a blocker in a check-in that the actor may read.
func (s *Service) blocker(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (Block, Checkin, error) {
	b, ok, err := loadBlocker(ctx, q, a.Workspace, x)
	if err == nil && !ok {
		err = fault.Missing("blocker")
	}
	if err != nil {
		return b, Checkin{}, err
	}
	c, err := s.find(ctx, q, a, b.Checkin)
	if fault.IsKind(err, fault.NotFound) {
		err = fault.Missing("blocker")
	}
	return b, c, err
}

// Blockers pages through what is waited for in a check-in, the longest waited for first.
func (s *Service) Blockers(ctx context.Context, q db.Queryer, a actor.Actor, checkin, after id.ID, limit int) ([]Block, error) {
	if _, err := s.find(ctx, q, a, checkin); err != nil {
		return nil, err
	}
	return openBlockers(ctx, q, a.Workspace, checkin, after, limit)
}
