package decisions

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a decision looks in a digest or a mail, and what is asked about it.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{toVote: s.describe, toDecide: s.describe, toReview: s.describe}
}

const excerptLength = 160

func (s *Service) describe(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	v, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	out := describe.Thing{
		Kind: "decision", ID: x, Path: v.Path(), Space: v.Space, Who: v.Maker, At: max(v.OpenedAt, v.MadeAt), State: string(v.shownState()),
		Title: "“" + v.Title + "”", Excerpt: text.Excerpt(v.Context, excerptLength),
	}
	if v.Reads {
		out.Thread = v.Thread
	}
	switch out.Ended = v.shownState() == Decided || v.shownState() == stateSuperseded || v.shownState() == Withdrawn; v.shownState() {
	case Draft, Scheduled:
		out.Title = "Your draft “" + v.Title + "” waits"
		out.Excerpt = v.EndedWhy
	case Open:
		out.Title, out.Due = "To be decided: “"+v.Title+"”", v.EndsAt
		if v.EndedWhy != "" {
			out.Title, out.Excerpt = "The decision goes on: “"+v.Title+"”", v.EndedWhy
		}
		if lost, err := s.unreached(ctx, q, a, &v); err != nil || lost != "" {
			out.Title, out.Excerpt = "An invitation did not arrive: “"+v.Title+"”", text.Cut(lost, excerptLength)
			return out, err
		}
		switch {
		case a.Person == v.Maker || a.Person == v.Decider:
			return out, s.describeToLead(ctx, q, a, &v, &out)
		case v.Mine != nil && v.Mine.Guest && v.EndedWhy == "":
			return out, s.describeToGuest(ctx, q, &v, &out)
		}
	case Closed:
		out.Title, out.Excerpt = "Ended, and its outcome is to be written: “"+v.Title+"”", v.EndedWhy
	case Decided:
		out.Title, out.Excerpt, out.Who = "Decided: “"+v.Title+"”", text.Excerpt(v.Outcome, excerptLength), v.DecidedBy
		out.Body = v.Outcome
	case stateSuperseded:
		out.Title = "Replaced by a later decision: “" + v.Title + "”"
	case Withdrawn:
		out.Title, out.Excerpt = "Called off: “"+v.Title+"”", text.Cut(v.EndedWhy, excerptLength)
		out.Body = v.EndedWhy
	}
	return out, nil
}

// unreached says whose invitation by the reader did not arrive and why; empty for none.
func (s *Service) unreached(ctx context.Context, q db.Queryer, a actor.Actor, v *seen) (string, error) {
	if a.Role == actor.Guest {
		return "", nil
	}
	list, err := guestsOf(ctx, q, v.WorkspaceID, v.ID)
	if err != nil || len(list) == 0 {
		return "", err
	}
	open, err := s.auth.OpenInvitations(ctx, q, v.WorkspaceID, invitationsOf(list))
	for _, g := range list {
		if inv, ok := open[g.Invitation]; ok && g.Returned != "" && inv.InviterID == a.Person {
			return inv.Email + ": " + g.Returned, err
		}
	}
	return "", err
}

// describeToLead says to whoever made an open decision, and to its decider, which objection
// stands, or for whom it waits and until when.
func (s *Service) describeToLead(ctx context.Context, q db.Queryer, a actor.Actor, v *seen, out *describe.Thing) error {
	list, err := objections(ctx, q, v.WorkspaceID, v.ID)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(list, func(o Objection) bool { return o.State == Standing }); at >= 0 && v.sees().Reasons {
		who, err := s.people.Refs(ctx, q, v.WorkspaceID, []id.ID{list[at].Person})
		out.Title = "An objection stands: “" + v.Title + "”"
		out.Excerpt = text.Cut(who[list[at].Person].Name+": "+list[at].Words, excerptLength)
		return err
	}
	if v.Mine != nil && !v.Mine.Done() || v.EndedWhy != "" {
		return nil
	}
	waits, err := s.waitsFor(ctx, q, a, v)
	if err == nil && waits != "" {
		out.Title, out.Excerpt = "Open: “"+v.Title+"”", text.Cut(waits, excerptLength)
	}
	return err
}

// waitsFor says in a sentence who is the last to have had their share, why it takes
// them long, and when that is, in the reader's clock.
func (s *Service) waitsFor(ctx context.Context, q db.Queryer, a actor.Actor, v *seen) (string, error) {
	list, err := s.here(ctx, q, &v.Decision)
	if err != nil {
		return "", err
	}
	var last *Voter
	for i, x := range list {
		if !x.Done() && x.Share > 0 && (last == nil || x.Share > last.Share) {
			last = &list[i]
		}
	}
	if last == nil {
		return "", nil
	}
	who, err := s.people.Get(ctx, q, v.WorkspaceID, last.Person)
	if err != nil {
		return "", err
	}
	usual, err := s.people.UsualBetween(ctx, q, v.WorkspaceID, []id.ID{who.ID}, last.From, v.EndsAt)
	if err != nil {
		return "", err
	}
	mine, err := s.people.Hours(ctx, q, v.WorkspaceID, a.Person)
	if err != nil {
		return "", err
	}
	o, local := Outlook{Share: last.Share, Week: usual[who.ID].Week, Off: usual[who.ID].Off}, localTo(mine)
	return "It ends " + local(v.EndsAt) + " at the latest, and waits for " + who.Name + because(o.Why(local)) + ".", nil
}

// describeToGuest says who asks, and that it is this decision alone: a guest knows nothing
// of its space.
func (s *Service) describeToGuest(ctx context.Context, q db.Queryer, v *seen, out *describe.Thing) error {
	who, err := s.people.Refs(ctx, q, v.WorkspaceID, []id.ID{v.Maker})
	if err == nil {
		out.Excerpt = text.Cut(who[v.Maker].Name+" asks you in this one decision. "+out.Excerpt, excerptLength+40)
	}
	return err
}
