package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.org/meantime/internal/feature/agreements"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// SeedDemo makes the demo company when nobody lives here yet.
func (a *App) SeedDemo(ctx context.Context, out io.Writer) error {
	known, err := a.People.Workspaces(ctx, a.DB)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		whole, err := a.Demo.Whole(ctx)
		switch marked := demo.Marked(a.opt.Data); {
		case err != nil:
			return err
		case marked && whole:
			return nil
		case marked && a.opt.Database == "":
			return fmt.Errorf("the demo in %s was not made to its end; begin anew with: meantime demo --fresh", a.opt.Data)
		case a.opt.Database != "":
			return errors.New("the database holds a real workspace, whose clock must not be moved; choose another with --database")
		}
		return fmt.Errorf("%s holds a real workspace, whose clock must not be moved; choose another folder with --data", a.opt.Data)
	}
	if err := demo.Mark(a.opt.Data); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "Playing a week at Northwind, the demo company …")
	return a.Demo.Seed(ctx, demo.Core{People: a.People, Auth: a.Auth, Spaces: a.Spaces, Asks: a.Asks, Features: a.demoFeatures(), Checkins: a.demoCheckins()})
}

// demoFeatures lets the demo company use what its package may not import.
func (a *App) demoFeatures() demo.Features {
	return demo.Features{
		Deciding: a.deciding(),
		Batons:   demoBatons{a.Batons},
		Storms:   demoStorms{a.Storms, a.Decisions},
		Rota: func(ctx context.Context, who actor.Actor, team, keeper id.ID, layers []demo.Layer) error {
			n := duty.NewRota{Keeper: keeper}
			for _, l := range layers {
				n.Layers = append(n.Layers, duty.Layer{
					Name: l.Name, Zone: l.Zone, Start: l.Start, Handover: l.Handover, Days: l.Days,
					People: db.JSON[[]id.ID]{V: l.People}, Hours: db.JSON[map[string][]string]{V: l.Hours},
				})
			}
			return a.Duty.Set(ctx, who, team, n)
		},
		HandOver: func(ctx context.Context, who actor.Actor, goingOn, watch string) error {
			mine, err := a.Duty.Mine(ctx, who)
			if err != nil {
				return err
			}
			for _, h := range mine.Owed {
				if _, err := a.Duty.Write(ctx, who, h.ID, goingOn, watch); err != nil {
					return err
				}
			}
			return nil
		},
		Agree: func(ctx context.Context, who actor.Actor, team id.ID, v demo.Agreement) error {
			return a.Agreed.Set(ctx, who, team, agreements.Change{From: v.From, Prose: v.Prose, Reason: v.Reason, Fields: agreements.Fields{
				Windows: v.Windows, Checks: v.Checks, MeetingFree: v.MeetingFree, Spaces: v.Spaces,
				Urgent: agreements.Urgent{PerMonth: v.PerMonth, Rule: v.Rule},
			}})
		},
	}
}

// ForgetDemo removes a demo's data folder, and refuses to remove anything else.
func ForgetDemo(dir string) error { return demo.Forget(dir) }
