package asks

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// AskTx makes an ask on a post: teams stand for their members of this moment,
// and each addressee gets their own reach and due. Who asks is not among the
// addressees. It refuses, naming them, people who may not read the thread.
func (s *Service) AskTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewAsk) (Ask, error) {
	t, err := s.spaces.Thread(ctx, tx, a, n.Thread)
	if err != nil {
		return Ask{}, err
	}
	if err := s.mayAsk(ctx, tx, a, t); err != nil {
		return Ask{}, err
	}
	usual, _, err := s.windows(ctx, tx, a, t.Space)
	if err != nil {
		return Ask{}, err
	}
	if usual, _, err = s.usual(ctx, tx, a, n, t.Space, usual); err != nil {
		return Ask{}, err
	}
	n = n.tidy(usual)
	if err := n.check(tx.Now); err != nil {
		return Ask{}, err
	}
	if err := s.mayUrgent(ctx, tx, a, n, t.Space); err != nil {
		return Ask{}, err
	}
	to, err := s.addressees(ctx, tx, a, t.Space, n)
	if err != nil {
		return Ask{}, err
	}
	ask := newAsk(a, tx, n)
	if ask.Owed, err = s.owe(ctx, tx, &ask, to); err != nil {
		return Ask{}, err
	}
	ask.remeasure()
	if err := insertAsk(ctx, tx, &ask); err != nil {
		return Ask{}, err
	}
	if err := insertOwed(ctx, tx, ask.Owed); err != nil {
		return Ask{}, err
	}
	if err := s.spaces.TouchTx(ctx, tx, n.Thread); err != nil {
		return Ask{}, err
	}
	s.tellAsked(tx, &ask, a.Person, t.Space, ask.Owed)
	if ask.Urgency == worktime.Urgent && s.paging != nil {
		return s.page(ctx, tx, ask, t.Space, n.SecondReason)
	}
	return ask, nil
}

// mayAsk wants an open thread in a space that the actor may post in.
func (s *Service) mayAsk(ctx context.Context, q db.Queryer, a actor.Actor, t spaces.Thread) error {
	if a.IsSystem() {
		return fault.New(fault.Forbidden, "nobody_asks", "Only a person can ask.")
	}
	if t.Concluded() {
		return fault.New(fault.Conflict, "thread_concluded", "This thread is concluded. Reopen it with a reason to ask something here.")
	}
	return s.spaces.MayPost(ctx, q, a, t.Space)
}

func newAsk(a actor.Actor, tx *db.Tx, n NewAsk) Ask {
	return Ask{
		WorkspaceID: tx.Workspace, ID: id.New(tx.Now), ThreadID: n.Thread, PostID: n.Post, AskerID: a.Person,
		Kind: n.Kind, Text: n.Text, Urgency: n.Urgency, Reason: n.Reason, Otherwise: n.Otherwise,
		TimeWindow: n.Window, Deadline: n.Deadline, Need: n.Need, Choices: db.JSON[[]string]{V: n.Choices},
		Silence: n.Silence, SilenceTo: n.SilenceTo, State: Open, CreatedAt: tx.Now,
	}
}

// remeasure computes the last due anew, after rows changed.
func (a *Ask) remeasure() {
	a.LastDue = a.lastDue()
	a.DueOrder = order(a.LastDue)
	a.LateOrder = EndOfTime
	for _, o := range a.Owed {
		if o.Open() {
			a.LateOrder = min(a.LateOrder, order(o.By()))
		}
	}
}

// owe plans one row for each person.
func (s *Service) owe(ctx context.Context, tx *db.Tx, ask *Ask, to []id.ID) ([]Owed, error) {
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, to)
	if err != nil {
		return nil, err
	}
	paged, err := s.consents(ctx, tx, tx.Workspace, to)
	if err != nil {
		return nil, err
	}
	next := int64(len(ask.Owed))
	out := make([]Owed, 0, len(to))
	for i, p := range to {
		h, ok := hours[p]
		if !ok {
			return nil, fault.Missing("person")
		}
		slot := Plan(h, tx.Now, ask.termsFor(tx.Now), paged[p])
		out = append(out, Owed{
			AskID: ask.ID, PersonID: p, N: next + int64(i) + 1, State: Waiting, AskedAt: tx.Now,
			Reach: slot.Reach, Due: slot.Due, DueOrder: order(slot.Due), ChangedAt: tx.Now,
		})
	}
	return out, nil
}

// tellAsked tells the log who is expected to act now.
func (s *Service) tellAsked(tx *db.Tx, ask *Ask, by, space id.ID, rows []Owed) {
	data := Asked{About: ask.about(), Owed: []OwedSlot{}, LastDue: ask.LastDue}
	concerns := []id.ID{}
	for _, o := range rows {
		data.Owed = append(data.Owed, slotOf(o))
		data.InStead = data.InStead || o.InStead
		concerns = append(concerns, o.PersonID)
	}
	event.Append(tx, ask.told(EventAsked, by, space, data, concerns...))
}

// addressees finds whom the ask goes to and checks each.
func (s *Service) addressees(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, n NewAsk) ([]id.ID, error) {
	if slices.Contains(n.People, a.Person) {
		return nil, wrong("asks_self", "to.people", "You cannot ask yourself; take your own name out.")
	}
	if err := s.visible(ctx, q, a, n.People, n.Teams); err != nil {
		return nil, err
	}
	onDuty, err := s.onDuty(ctx, q, a, space, n.Duty)
	if err != nil {
		return nil, err
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, append(slices.Clone(n.People), onDuty...), n.Teams)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(x id.ID) bool { return x == a.Person })
	if err := s.allThere(ctx, q, a.Workspace, n.People, list); err != nil {
		return nil, err
	}
	switch {
	case len(list) == 0:
		return nil, wrong("nobody", "to", "Say whom you ask: at least one person other than yourself.")
	case len(list) > mostPeople:
		return nil, wrongf("too_many", "to", "This goes to %d people. Ask at most %d at once.", len(list), mostPeople)
	}
	if err := checkNeed(n.Need, len(list)); err != nil {
		return nil, err
	}
	if slices.Contains(list, n.SilenceTo) {
		return nil, wrong("silence", "silence.to", "You ask this person already; escalate to somebody else.")
	}
	all := list
	if !n.SilenceTo.IsZero() {
		if n.SilenceTo == a.Person {
			return nil, wrong("silence", "silence.to", "To decide yourself when nobody answers, choose i_decide.")
		}
		all = append(slices.Clone(list), n.SilenceTo)
	}
	return list, s.mustRead(ctx, q, a.Workspace, space, all)
}

// allThere refuses people who cannot be asked any more, by name.
func (s *Service) allThere(ctx context.Context, q db.Queryer, ws id.ID, wanted, found []id.ID) error {
	gone := slices.DeleteFunc(slices.Clone(wanted), func(x id.ID) bool { return slices.Contains(found, x) })
	if len(gone) == 0 {
		return nil
	}
	known, err := s.people.ByIDs(ctx, q, ws, gone)
	if err != nil {
		return err
	}
	for _, x := range gone {
		if _, ok := known[x]; !ok {
			return fault.Missing("person")
		}
	}
	return wrongf("not_active", "to.people", "%s cannot be asked: not signed up, or no longer here. Choose somebody else.", names(known, gone))
}

// mustRead refuses people who may not read the space, by name.
func (s *Service) mustRead(ctx context.Context, q db.Queryer, ws, space id.ID, list []id.ID) error {
	reads, err := s.spaces.Readers(ctx, q, ws, space)
	if err != nil {
		return err
	}
	known, err := s.people.ByIDs(ctx, q, ws, list)
	if err != nil {
		return err
	}
	var blind []id.ID
	for _, x := range list {
		p, ok := known[x]
		if !ok {
			return fault.Missing("person")
		}
		if !p.Active(s.db.Clock().Now()) {
			return wrongf("not_active", "to.people", "%s cannot be asked: not signed up, or no longer here. Choose somebody else.", p.Name)
		}
		if !reads(p) {
			blind = append(blind, x)
		}
	}
	if len(blind) > 0 {
		return wrongf("cannot_read", "to.people", "%s may not read this space. Add them to it first, or ask somebody else.", names(known, blind))
	}
	return nil
}

// names lists up to five people in words.
func names(known map[id.ID]people.Person, list []id.ID) string {
	var out []string
	for i, x := range list {
		if i == 5 {
			out = append(out, "others")
			break
		}
		out = append(out, known[x].Name)
	}
	if len(out) < 2 {
		return strings.Join(out, "")
	}
	return strings.Join(out[:len(out)-1], ", ") + " and " + out[len(out)-1]
}
