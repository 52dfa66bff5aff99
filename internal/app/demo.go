package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.org/meantime/internal/feature/demo"
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
	return a.Demo.Seed(ctx, demo.Core{People: a.People, Auth: a.Auth, Spaces: a.Spaces, Asks: a.Asks})
}

// ForgetDemo removes a demo's data folder, and refuses to remove anything else.
func ForgetDemo(dir string) error { return demo.Forget(dir) }
