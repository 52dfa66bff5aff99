package app

import (
	"context"

	"example.org/meantime/internal/feature/boundaries"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// mirrors lets the mirror of boundaries see somebody's own meetings, and when their
// teams agreed that nobody meets.
func (a *App) mirrors() boundaries.Neighbours {
	return boundaries.Neighbours{Meetings: a.meetings, MeetingFree: a.meetingFree}
}

// meetings are those that take up somebody's time; whole days and what leaves one free
// are left out.
func (a *App) meetings(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant) (out []boundaries.Meeting, err error) {
	list, err := a.Calendars.MeetingsOf(ctx, q, workspace, person, from, to)
	for _, e := range list {
		if e.Busy && !e.AllDay {
			out = append(out, boundaries.Meeting{Start: e.StartAt, End: e.EndAt, Title: e.Title})
		}
	}
	return out, err
}

func (a *App) meetingFree(ctx context.Context, q db.Queryer, workspace, person id.ID) (out []boundaries.Agreed, err error) {
	list, err := a.Agreed.MeetingFree(ctx, q, workspace, person)
	for _, f := range list {
		out = append(out, boundaries.Agreed(f))
	}
	return out, err
}
