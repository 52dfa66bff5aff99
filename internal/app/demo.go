package app

import (
	"context"
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
		if demo.Marked(a.opt.Data) {
			return nil
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
