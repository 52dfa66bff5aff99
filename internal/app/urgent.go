package app

import (
	"context"

	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/feature/pages"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/worktime"
)

// tell says what of other features reaches those it concerns, and how urgently.
func (a *App) tell() {
	for _, kind := range []string{duty.EventCovered, duty.EventSwapDecided, duty.EventGapAhead, pages.EventResolved, pages.EventWeek} {
		a.Attention.Tell(kind, worktime.Routine)
	}
	for _, kind := range []string{duty.EventSwapOffered, duty.EventHandoverAsked, duty.EventBegun, pages.EventNobody, pages.EventSpent, pages.EventAcknowledged} {
		a.Attention.Tell(kind, worktime.Soon)
	}
}

// onDuty finds who is on duty for a team, or else comes next. Without a team it is the
// one that the space's urgent path begins with, or else the asker's own.
func (a *App) onDuty(ctx context.Context, q db.Queryer, who actor.Actor, space, team id.ID) (person id.ID, err error) {
	ok := !team.IsZero()
	if !ok {
		team, ok, err = a.Pages.DutyTeam(ctx, q, who.Workspace, space)
	}
	if err == nil && !ok {
		team, ok, err = a.Duty.Only(ctx, q, who)
	}
	if err != nil || !ok {
		return person, err
	}
	person, _, err = a.Duty.NowOrNext(ctx, q, who.Workspace, team)
	return person, err
}

// dutyWord finds whom @duty and @duty-team mean in a space.
func (a *App) dutyWord(ctx context.Context, q db.Queryer, who actor.Actor, space id.ID, word string) (id.ID, error) {
	if word == "duty" {
		return a.onDuty(ctx, q, who, space, id.ID{})
	}
	team, ok, err := a.Duty.Named(ctx, q, who.Workspace, word)
	if err != nil || !ok {
		return id.ID{}, err
	}
	return a.onDuty(ctx, q, who, space, team)
}

// agreedUrgent is what the team of a space agreed on about what is urgent.
func (a *App) agreedUrgent(ctx context.Context, q db.Queryer, who actor.Actor, space id.ID) (pages.Agreed, error) {
	team, u, err := a.Agreed.UrgentIn(ctx, q, who, space)
	return pages.Agreed{Team: team, PerMonth: int64(u.PerMonth), Rule: u.Rule}, err
}

// pagers posts to pagers by the one way out.
type pagers struct{ out *outside.Client }

func (p pagers) Post(ctx context.Context, url string, header map[string]string, body []byte) (int, error) {
	a, err := p.out.With(outside.Limits{Answer: 64 << 10}).Ask(ctx, outside.Request{Method: "POST", URL: url, Header: header, Body: body})
	return a.Status, err
}
