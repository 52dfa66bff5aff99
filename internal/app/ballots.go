package app

import (
	"context"
	"fmt"
	"path/filepath"
)

// ballotKeys is the folder of the keys of anonymous ballots and brainstorms, of which no backup knows.
func (a *App) ballotKeys() string {
	if a.opt.Keys != "" {
		return a.opt.Keys
	}
	return filepath.Join(a.opt.Data, "keys")
}

// ballots looks whether what is open can be opened in the end.
func (a *App) ballots(ctx context.Context) Finding {
	const what = "anonymous ballots"
	open, missing, err := a.Ballots.Missing(ctx)
	if err != nil {
		return broken(what, err, "")
	}
	if missing > 0 {
		return broken(what, fmt.Errorf("%d of %d open votes have no key in %s", missing, open, a.ballotKeys()),
			"Bring the folder of keys back, or name it with --keys. If the keys are gone (after a restore they are), these votes have to be called off and held again.")
	}
	storms, lost, err := a.Storms.Missing(ctx)
	if err != nil {
		return broken(what, err, "")
	}
	if lost > 0 {
		return broken(what, fmt.Errorf("%d of %d anonymous brainstorms have no key in %s", lost, storms, a.ballotKeys()),
			"Bring the folder of keys back, or name it with --keys. If the keys are gone, these brainstorms can be read and ended; nobody can write or vote in them.")
	}
	return ok(what, "open votes: %d, brainstorms: %d", open, storms)
}
