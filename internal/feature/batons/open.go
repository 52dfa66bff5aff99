package batons

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewBaton is a baton to be made. With a thread it is about that thread; with a space alone
// it has one of its own.
type NewBaton struct {
	Space, Thread id.ID
	Ask           id.ID // of that thread, owed by whoever makes the baton: it goes along
	Title         string
	Note
	Whom
}

// Whom says to whom a baton is offered, and how long they have to take it.
type Whom struct {
	To     id.ID
	Chain  id.ID  // whoever of it comes next, and the next after them
	Window string // usual when empty: the chain's, or four hours
}

// Open makes work a baton in the hands of the actor, and offers it at once when it is
// said to whom.
func (s *Service) Open(ctx context.Context, a actor.Actor, n NewBaton) (*Baton, error) {
	var err error
	if n.Title, err = tidyTitle(n.Title, "baton"); err != nil {
		return nil, err
	}
	if n.Note, err = n.tidy(s.now(), 0); err != nil {
		return nil, err
	}
	if n.Space.IsZero() == n.Thread.IsZero() {
		return nil, wrong("place", "space", "Name the space that the baton is in, or the thread that it is about.")
	}
	b := &Baton{WorkspaceID: a.Workspace, Title: n.Title, Note: n.Note, State: Held, Holder: a.Person, OpenedBy: a.Person, Version: 1}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		b.ID, b.HeldSince, b.OpenedAt = id.New(tx.Now), tx.Now, tx.Now
		if err := s.place(ctx, tx, a, b, n); err != nil {
			return err
		}
		if err := s.takeAlong(ctx, tx, a, b, n.Ask); err != nil {
			return err
		}
		if err := insertBaton(ctx, tx, b); err != nil {
			return err
		}
		event.Append(tx, b.told(EventOpened, a.Person))
		if err := s.offerWhom(ctx, tx, a, b, n.Whom); err != nil {
			return err
		}
		return s.keep(ctx, tx, b)
	})
	return b, err
}

// place finds or opens the thread of a baton and writes the note into it.
func (s *Service) place(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, n NewBaton) error {
	if n.Thread.IsZero() {
		t, err := s.spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: n.Space, Title: b.Title, Purpose: "Work that is handed from person to person."})
		if err != nil {
			return err
		}
		b.Space, b.Thread, b.OwnThread = t.Space, t.ID, true
	} else {
		t, err := s.spaces.Thread(ctx, tx, a, n.Thread)
		if err != nil {
			return err
		}
		b.Space, b.Thread = t.Space, t.ID
	}
	p, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: b.Thread, Markdown: b.markdown("Work to hand over"), Info: true})
	b.Post = p.ID
	return err
}

// takeAlong lets an ask of the thread, which the actor owes, go with the baton.
func (s *Service) takeAlong(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, ask id.ID) error {
	if ask.IsZero() {
		return nil
	}
	x, err := s.asks.Ask(ctx, tx, a, ask)
	if err != nil {
		return err
	}
	if o := x.Of(a.Person); x.ThreadID != b.Thread || x.State != asks.Open || o == nil || !o.Open() {
		return wrong("not_owed", "ask", "Only what is still asked of you in this thread can go along with the baton.")
	}
	b.Ask = ask
	return nil
}

// markdown is the note as a post.
func (b *Baton) markdown(heading string) string {
	var w strings.Builder
	w.WriteString(heading + ": [" + escape(b.Title) + "](" + b.Path() + ")\n")
	for _, part := range [][2]string{{"Where it stands", b.Stands}, {"Next step", b.NextStep}, {"Traps", b.Traps}} {
		if part[1] != "" {
			w.WriteString("\n**" + part[0] + "**\n\n" + part[1] + "\n")
		}
	}
	if len(b.Links.V) > 0 {
		w.WriteString("\n**Links**\n\n")
	}
	for _, l := range b.Links.V {
		title := l.Title
		if title == "" {
			title = l.URL
		}
		w.WriteString("- [" + escape(title) + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(l.URL) + ">)\n")
	}
	return cut(w.String(), spaces.MaxPost)
}

// escape keeps words from being read as Markdown.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`, `_`, `\_`, "`", "\\`", `@`, `\@`, `<`, `\<`, `!`, `\!`).Replace(s)
}

// Change is what may be changed about a baton; nil leaves it.
type Change struct {
	Title   *string
	Note    *Note
	Version int64 // as it was read; 0 for any
}

// Change changes the title and the note of a baton: its holder may.
func (s *Service) Change(ctx context.Context, a actor.Actor, baton id.ID, c Change) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) (err error) {
		if err := b.heldBy(a); err != nil {
			return err
		}
		if c.Version != 0 && c.Version != b.Version {
			return conflict("changed_since", "Somebody changed this baton since you read it. Reload it and make your change again.")
		}
		if c.Title != nil {
			if b.Title, err = tidyTitle(*c.Title, "baton"); err != nil {
				return err
			}
		}
		if c.Note != nil {
			if err := b.rewrite(tx, *c.Note); err != nil {
				return err
			}
		}
		event.Append(tx, b.told(EventChanged, a.Person))
		return nil
	})
}

func (b *Baton) rewrite(tx *db.Tx, n Note) error {
	n, err := n.tidy(tx.Now, b.By)
	if err != nil {
		return err
	}
	if n.By != b.By {
		b.LateTold = false
	}
	b.Note = n
	return nil
}

// change finds a baton that the actor may see, changes it and keeps it.
func (s *Service) change(ctx context.Context, a actor.Actor, baton id.ID, f func(context.Context, *db.Tx, *Baton) error) (out *Baton, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		b, err := s.find(ctx, tx, a, baton)
		if err != nil {
			return err
		}
		if b.State == Ended {
			return conflict("ended", "This baton has reached its end already.")
		}
		if err := f(ctx, tx, b); err != nil {
			return err
		}
		b.Version++
		out = b
		return s.keep(ctx, tx, b)
	})
	return out, err
}

func (b *Baton) heldBy(a actor.Actor) error {
	if b.Holder != a.Person {
		return fault.New(fault.Forbidden, "not_yours", "Only whoever has this baton may do that.")
	}
	return nil
}
