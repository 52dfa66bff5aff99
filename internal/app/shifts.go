package app

import (
	"context"

	"example.org/meantime/internal/feature/calendars"
	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// shifts carries duty to the feeds of people and teams.
func (a *App) shifts(ctx context.Context, q db.Queryer, reader actor.Actor, _, team id.ID, from, to clock.Instant) ([]calendars.Entry, error) {
	in := duty.Span{From: from, To: to}
	var out []calendars.Entry
	add := func(team, title string, s duty.Shift) {
		if s.From == from || s.To == to { // only a part of it, which tomorrow would be another
			return
		}
		out = append(out, calendars.Entry{
			Key:   "duty-" + team + "-" + s.From.Time().UTC().Format("20060102T150405") + "-" + id.Encode("per", s.Person),
			Start: s.From, End: s.To, Title: title, Path: "/teams/" + team + "/duty", Category: "Duty", Free: true,
		})
	}
	if team.IsZero() {
		own, err := a.Duty.ShiftsOf(ctx, q, reader, in)
		for _, s := range own {
			add(id.Encode("team", s.Team.ID), "On duty for "+s.Team.Name, s.Shift)
		}
		return out, err
	}
	_, list, err := a.Duty.TeamShifts(ctx, q, reader, team, in)
	if fault.IsKind(err, fault.NotFound) { // without a rota
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var folk []id.ID
	for _, s := range list {
		folk = append(folk, s.Person)
	}
	names, err := a.People.Refs(ctx, q, reader.Workspace, folk)
	for _, s := range list {
		add(id.Encode("team", team), "On duty: "+names[s.Person].Name, s)
	}
	return out, err
}
