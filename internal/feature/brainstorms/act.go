package brainstorms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
)

// What ideas can become.
const (
	Task     = "task"
	Decision = "decision"
	Thread   = "thread"
)

// TaskKind is what something to do is called where its ask is answered.
const TaskKind = "brainstorm_task"

// Outcome is what became of some ideas.
type Outcome struct {
	ID     id.ID
	Board  id.ID `db:"brainstorm_id"`
	Kind   string
	Title  string
	Ideas  db.JSON[[]id.ID]
	Path   string // where it is
	Owner  id.ID  `db:"owner_id"` // of something to do
	Post   id.ID  `db:"post_id"`
	By     id.ID  `db:"by_id"`
	At     clock.Instant
	DoneAt clock.Instant // of something to do
}

// NewOutcome is what ideas are to become.
type NewOutcome struct {
	Kind   string
	Ideas  []id.ID
	Title  string // the first idea's words when empty
	Owner  id.ID  // whose something to do is
	Window string // their working time, "1d" when empty
}

// Become makes a task, a decision or a thread of ideas, once the results are open.
func (s *Service) Become(ctx context.Context, a actor.Actor, board id.ID, n NewOutcome) (o Outcome, err error) {
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		if at.b.Phase != Act || !at.b.Parent.IsZero() {
			return fault.New(fault.Conflict, "results_hidden", "Ideas become work once the results are open.")
		}
		ideas, err := s.chosen(ctx, tx, at, n.Ideas)
		if err != nil {
			return err
		}
		if strings.TrimSpace(n.Title) == "" {
			n.Title = text.Cut(strings.Join(strings.Fields(ideas[0].Text+" "+ideas[0].Link), " "), longestTitle)
		}
		title, err := titled(n.Title)
		if err != nil {
			return err
		}
		o = Outcome{ID: id.New(tx.Now), Board: board, Kind: n.Kind, Title: title, Ideas: db.JSON[[]id.ID]{V: n.Ideas}, By: a.Person, At: tx.Now}
		switch n.Kind {
		case Task:
			err = s.toDo(ctx, tx, at, &o, ideas, n)
		case Decision:
			err = s.toDecide(ctx, tx, at, &o, ideas)
		case Thread:
			err = s.toDiscuss(ctx, tx, at, &o, ideas)
		default:
			err = wrong("kind", "kind", "Ideas become a task, a decision or a thread.")
		}
		if err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventBoard, Actor: a.Person, Subject: ref(board), Space: at.b.Space, Thread: at.b.Thread})
		at.b.Version++
		if err := setVersion(ctx, tx, at.b); err != nil {
			return err
		}
		return insertOutcome(ctx, tx, o)
	})
	return o, err
}

func (s *Service) chosen(ctx context.Context, tx *db.Tx, at *at, list []id.ID) (out []Idea, err error) {
	if len(list) == 0 || len(list) > 50 {
		return nil, wrong("ideas", "ideas", "Choose between 1 and 50 ideas.")
	}
	for n, x := range list {
		if slices.Contains(list[:n], x) {
			return nil, wrong("twice", "ideas", "An idea is chosen twice.")
		}
		i, err := s.standing(ctx, tx, at, x)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// toDo asks the owner to do it: an ask of the kind do that is held by the outcome, so
// that one can take something on oneself too.
func (s *Service) toDo(ctx context.Context, tx *db.Tx, at *at, o *Outcome, ideas []Idea, n NewOutcome) error {
	if n.Owner.IsZero() {
		n.Owner = at.a.Person
	}
	if _, err := s.invited(ctx, tx, at.a, at.b.Space, []id.ID{n.Owner}, nil); err != nil {
		return err
	}
	p, err := s.spaces.PostTx(ctx, tx, at.a, spaces.NewPost{Thread: at.b.Thread, Markdown: "To do: **" + plain(o.Title) + "**\n\n" + quoted(ideas, at.b)})
	if err != nil {
		return err
	}
	o.Owner, o.Post = n.Owner, p.ID
	o.Path = "/threads/" + id.Encode("thr", at.b.Thread) + "#" + id.Encode("post", p.ID)
	return s.holdTask(ctx, tx, at, *o, n.Window)
}

func (s *Service) holdTask(ctx context.Context, tx *db.Tx, at *at, o Outcome, window string) error {
	if window == "" {
		window = "1d"
	}
	_, err := s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: asks.Thing{Kind: TaskKind, ID: o.ID}, Path: Path(at.b.ID), Kind: asks.Do, Thread: at.b.Thread, Post: o.Post, By: o.By,
		Text: o.Title, People: []id.ID{o.Owner}, Urgency: worktime.Routine, Window: window,
	})
	return err
}

func (s *Service) toDecide(ctx context.Context, tx *db.Tx, at *at, o *Outcome, ideas []Idea) (err error) {
	if s.decider == nil {
		return fault.New(fault.Unavailable, "no_decisions", "Decisions cannot be made here yet. Make a task or a thread of the ideas.")
	}
	var options []Option
	for _, i := range ideas {
		words := strings.Join(strings.Fields(i.Text+" "+i.Link), " ")
		opt := Option{Name: text.Cut(words, longestName)}
		if opt.Name != words {
			opt.Meaning = i.Text
		}
		options = append(options, opt)
	}
	about := fmt.Sprintf("From the brainstorm [%s](%s).", plain(at.b.Title), Path(at.b.ID))
	q := Question{Space: at.b.Space, Title: o.Title, Context: about, Options: options}
	took, err := s.eligible(ctx, tx, at.b)
	if err != nil {
		return err
	}
	for _, t := range took {
		q.People = append(q.People, t.Person)
	}
	o.Path, err = s.decider.DecideTx(ctx, tx, at.a, q)
	return err
}

func (s *Service) toDiscuss(ctx context.Context, tx *db.Tx, at *at, o *Outcome, ideas []Idea) error {
	t, err := s.spaces.OpenThreadTx(ctx, tx, at.a, spaces.NewThread{Space: at.b.Space, Title: o.Title})
	if err != nil {
		return err
	}
	_, err = s.spaces.PostTx(ctx, tx, at.a, spaces.NewPost{Thread: t.ID, Markdown: quoted(ideas, at.b), Info: true})
	o.Path = "/threads/" + id.Encode("thr", t.ID)
	return err
}

// quoted are ideas as a quotation in a post, without who wrote them.
func quoted(ideas []Idea, b *Brainstorm) string {
	var out strings.Builder
	for _, i := range ideas {
		for line := range strings.SplitSeq(strings.TrimSpace(plain(i.Text)+"\n"+i.Link), "\n") {
			out.WriteString("> " + line + "\n")
		}
		out.WriteString("\n")
	}
	fmt.Fprintf(&out, "From the brainstorm [%s](%s).", plain(b.Title), Path(b.ID))
	return out.String()
}

var marks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`, "@", `\@`, "|", `\|`, "~", `\~`)

// plain takes the meaning out of marks, so that text stands in Markdown as it is: what
// somebody wrote on a card names nobody and formats nothing.
func plain(s string) string { return marks.Replace(s) }

// DidTask says that something to do was done, or takes that back: its owner may, and
// whoever facilitates. It works after the end of the brainstorm too.
func (s *Service) DidTask(ctx context.Context, a actor.Actor, board, x id.ID, yes bool) error {
	return s.writeEver(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		return s.didTx(ctx, tx, at, x, yes)
	})
}

func (s *Service) didTx(ctx context.Context, tx *db.Tx, at *at, x id.ID, yes bool) error {
	o, ok, err := loadOutcome(ctx, tx, tx.Workspace, x)
	if err != nil {
		return err
	}
	if !ok || o.Board != at.b.ID || o.Kind != Task {
		return fault.Missing("task")
	}
	if o.Owner != at.a.Person && !at.facilitates {
		return fault.New(fault.Forbidden, "not_yours", "Only whoever does it, and the facilitator, may say that it is done.")
	}
	if o.DoneAt.IsZero() != yes {
		tx.Quiet("it was done already, or not")
		return nil
	}
	o.DoneAt = 0
	if yes {
		o.DoneAt = tx.Now
		err = s.asks.HeldDoneTx(ctx, tx, asks.Thing{Kind: TaskKind, ID: x}, o.Owner, "")
	} else {
		err = s.holdTask(ctx, tx, at, o, "")
	}
	if err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventBoard, Actor: at.a.Person, Subject: ref(at.b.ID), Space: at.b.Space, Thread: at.b.Thread})
	at.b.Version++
	if err := setVersion(ctx, tx, at.b); err != nil {
		return err
	}
	return setOutcomeDone(ctx, tx, o)
}
