package asks

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Thing is what of a feature an ask is about; it is answered there.
type Thing struct {
	Kind string
	ID   id.ID
}

// Held is what a process expects of people: an ask that is held by a thing of the
// process. It reaches people, is due and reminds like any other; it is answered by
// what they do to the thing.
type Held struct {
	Thing        Thing
	Path         string // the page on which it is answered
	Kind         Kind
	Thread, Post id.ID // the process's own thread, and its opening post
	By           id.ID // in whose name it is asked; may be among People
	Text         string
	People       []id.ID
	Urgency      worktime.Urgency // routine or soon
	Window       string
	Deadline     clock.Instant // instead of the window
	// Quiet asks are between the thing and each addressee: nobody, By included, is
	// told of single answers or shown who has not given one, and nobody is called late.
	Quiet bool
}

// HoldTx asks people for a thing. A thing has one open ask: whoever is not in it yet
// is added to it, the others stay as they are. People who may not read the thread are
// refused by name.
func (s *Service) HoldTx(ctx context.Context, tx *db.Tx, h Held) (Ask, error) {
	t, err := s.spaces.Thread(ctx, tx, actor.System(tx.Workspace), h.Thread)
	if err != nil {
		return Ask{}, err
	}
	if err := s.mustRead(ctx, tx, tx.Workspace, t.Space, h.People); err != nil {
		return Ask{}, err
	}
	c, err := s.holding(ctx, tx, h.Thing)
	if err != nil {
		return Ask{}, err
	}
	if c != nil {
		return *c.ask, c.invite(ctx, h.People)
	}
	return s.hold(ctx, tx, h, t)
}

func (s *Service) hold(ctx context.Context, tx *db.Tx, h Held, t spaces.Thread) (Ask, error) {
	n := NewAsk{
		Thread: h.Thread, Post: h.Post, Kind: h.Kind, Text: h.Text, People: unique(h.People),
		Urgency: h.Urgency, Window: h.Window, Deadline: h.Deadline,
	}.tidy(h.Window)
	if err := n.check(tx.Now); err != nil {
		return Ask{}, err
	}
	ask := newAsk(actor.Actor{Workspace: tx.Workspace, Person: h.By}, tx, n)
	ask.HeldKind, ask.HeldID, ask.HeldPath = h.Thing.Kind, h.Thing.ID, h.Path
	if h.Quiet {
		ask.Quiet = 1
	}
	var err error
	if ask.Owed, err = s.owe(ctx, tx, &ask, n.People); err != nil {
		return Ask{}, err
	}
	ask.remeasure()
	if err := insertAsk(ctx, tx, &ask); err != nil {
		return Ask{}, err
	}
	if err := insertOwed(ctx, tx, ask.Owed); err != nil {
		return Ask{}, err
	}
	if err := s.spaces.TouchTx(ctx, tx, h.Thread); err != nil {
		return Ask{}, err
	}
	s.tellAsked(tx, &ask, h.By, t.Space, ask.Owed)
	return ask, nil
}

// invite adds those who are not in the ask yet.
func (c *change) invite(ctx context.Context, persons []id.ID) error {
	var fresh []id.ID
	for _, p := range unique(persons) {
		if c.ask.Of(p) == nil {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	added, err := c.s.owe(ctx, c.tx, c.ask, fresh)
	if err != nil {
		return err
	}
	if err := insertOwed(ctx, c.tx, added); err != nil {
		return err
	}
	c.ask.Owed = append(c.ask.Owed, added...)
	if err := c.write(ctx); err != nil {
		return err
	}
	c.s.tellAsked(c.tx, c.ask, c.ask.AskerID, c.space, added)
	return nil
}

// HeldDoneTx says that somebody did what a thing asks of them: their row is answered.
// It does nothing when none of theirs is open.
func (s *Service) HeldDoneTx(ctx context.Context, tx *db.Tx, t Thing, person id.ID, note string) error {
	if last, err := s.doneAmongMany(ctx, tx, t, person, note); err != nil || !last {
		return err
	}
	c, err := s.holding(ctx, tx, t)
	if err != nil || c == nil {
		return err
	}
	o := c.ask.Of(person)
	if o == nil || !o.Open() && o.State != Declined {
		return nil
	}
	c.actor.Person = person
	if err := c.did(ctx, o, note); err != nil {
		return err
	}
	return c.settle(ctx)
}

// doneAmongMany is HeldDoneTx while others are still expected to act: it reads one row
// of perhaps hundreds. last says that nobody else is, so that the whole must be looked at.
func (s *Service) doneAmongMany(ctx context.Context, tx *db.Tx, t Thing, person id.ID, note string) (last bool, err error) {
	found, o, rest, err := heldWith(ctx, tx, t, person)
	if err != nil || o == nil || !o.Open() && o.State != Declined {
		return false, err
	}
	if rest.N == 0 {
		return true, nil
	}
	th, err := s.spaces.Thread(ctx, tx, actor.System(tx.Workspace), found.ThreadID)
	if err != nil {
		return false, err
	}
	c := &change{s: s, tx: tx, actor: actor.Actor{Workspace: tx.Workspace, Person: person}, ask: found, space: th.Space}
	if err := c.did(ctx, o, note); err != nil {
		return false, err
	}
	found.LateOrder = rest.First
	return false, updateAsk(ctx, tx, found)
}

// did marks a row as answered by what its person did, and tells it.
func (c *change) did(ctx context.Context, o *Owed, note string) error {
	o.StateBefore, o.State, o.Reason = o.State, Answered, ""
	o.AnsweredAt, o.AnswerNote = c.tx.Now, note
	if err := c.put(ctx, o); err != nil {
		return err
	}
	concerned := c.ask.AskerID
	if c.ask.Quiet != 0 {
		concerned = o.PersonID
	}
	c.tell(EventAnswered, AnsweredData{About: c.ask.about(), Person: o.PersonID, Note: note}, concerned)
	return nil
}

// HeldOverTx lets people off, or everybody who has not answered yet when none are
// named; with nobody left to wait for, the ask is closed. why is theirs to read.
func (s *Service) HeldOverTx(ctx context.Context, tx *db.Tx, t Thing, why string, persons ...id.ID) error {
	c, err := s.holding(ctx, tx, t)
	if err != nil || c == nil {
		return err
	}
	var let []id.ID
	for i := range c.ask.Owed {
		o := &c.ask.Owed[i]
		if !o.Open() || len(persons) > 0 && !slices.Contains(persons, o.PersonID) {
			continue
		}
		o.State, o.StateBefore, o.Reason = Released, "", why
		if err := c.put(ctx, o); err != nil {
			return err
		}
		let = append(let, o.PersonID)
	}
	open := c.ask.anyOpen()
	if len(let) == 0 && open {
		return nil
	}
	if !open {
		c.end(ReleasedAsk)
	}
	c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: let, Settled: true}, let...)
	return c.write(ctx)
}

// HeldMoveTx gives a thing's ask another deadline, earlier or later.
func (s *Service) HeldMoveTx(ctx context.Context, tx *db.Tx, t Thing, deadline clock.Instant) error {
	c, err := s.holding(ctx, tx, t)
	if err != nil || c == nil || c.ask.Deadline == deadline {
		return err
	}
	c.ask.TimeWindow, c.ask.Deadline = "", deadline
	data, concerns := Asked{About: c.ask.about(), Owed: []OwedSlot{}}, []id.ID{}
	for i := range c.ask.Owed {
		o := &c.ask.Owed[i]
		if !o.Open() {
			continue
		}
		o.Due = deadline
		if err := c.put(ctx, o); err != nil {
			return err
		}
		data.Owed, concerns = append(data.Owed, slotOf(*o)), append(concerns, o.PersonID)
	}
	if err := c.write(ctx); err != nil {
		return err
	}
	data.LastDue = c.ask.LastDue
	c.tell(EventExtended, data, concerns...)
	return nil
}

// HeldSayTx gives a thing's ask another line to be read; nobody is told of it anew.
func (s *Service) HeldSayTx(ctx context.Context, tx *db.Tx, t Thing, text string) error {
	c, err := s.holding(ctx, tx, t)
	if err != nil || c == nil || c.ask.Text == text {
		return err
	}
	return setText(ctx, tx, c.ask.ID, text)
}

// HeldWaiting lists who is still expected to act by a thing's open ask.
func (s *Service) HeldWaiting(ctx context.Context, q db.Queryer, ws id.ID, t Thing) ([]id.ID, error) {
	found, err := openHeld(ctx, q, ws, t)
	if err != nil || found == nil {
		return nil, err
	}
	var out []id.ID
	for _, o := range found.Owed {
		if o.Open() {
			out = append(out, o.PersonID)
		}
	}
	return out, nil
}

// holding finds a thing's open ask to change it on behalf of the house, or nil.
func (s *Service) holding(ctx context.Context, tx *db.Tx, t Thing) (*change, error) {
	found, err := openHeld(ctx, tx, tx.Workspace, t)
	if err != nil || found == nil {
		return nil, err
	}
	house := actor.System(tx.Workspace)
	th, err := s.spaces.Thread(ctx, tx, house, found.ThreadID)
	return &change{s: s, tx: tx, actor: house, ask: found, space: th.Space}, err
}

func (a *Ask) held() bool { return !a.HeldID.IsZero() }

// here refuses what is done to the ask itself when a thing holds it.
func (c *change) here() error {
	if !c.ask.held() {
		return nil
	}
	return fault.New(fault.Conflict, "answered_elsewhere", "This is answered on a page of its own: "+c.ask.HeldPath)
}
