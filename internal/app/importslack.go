package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/feature/importers"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/actor"
)

// Imported is the report of an import, and how to sign in where the import made
// the workspace.
type Imported struct {
	importers.Report
	Owner *Credentials `json:"owner,omitempty"`
}

// Credentials are shown once, by whoever made them.
type Credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// MarshalJSON is the report's own, and the owner beside it.
func (r Imported) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(r.Report)
	if err != nil || r.Owner == nil {
		return b, err
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	if all["owner"], err = json.Marshal(r.Owner); err != nil {
		return nil, err
	}
	return json.Marshal(all)
}

// Text is the report for people.
func (r Imported) Text() string {
	s := r.Report.Text()
	if r.Owner != nil {
		s += fmt.Sprintf("\nA workspace was made. Sign in as %s with the password %s (it is shown only now; change it in the settings).\n", r.Owner.Email, r.Owner.Password)
	}
	return s
}

// ImportSlack reads an export straight into a data folder. A new one gets a
// workspace and an owner with the e-mail address given, whose password is made
// here.
func ImportSlack(ctx context.Context, o Options, owner, file string, dry bool, progress Progress) (r Imported, err error) {
	if o.Origin == "" {
		o.Origin = "http://127.0.0.1:8080"
	}
	_, missing := os.Stat(o.Data)
	a, err := Open(ctx, o)
	if err != nil {
		return r, err
	}
	defer func() {
		var bad *slack.BadArchive
		unread := errors.As(err, &bad)
		if unread && r.Owner != nil { // what was made for this import goes with it
			err = errors.Join(err, a.DB.Clear(context.WithoutCancel(ctx)))
		}
		err = errors.Join(err, a.Close())
		if (unread || dry) && missing != nil {
			err = errors.Join(err, os.RemoveAll(o.Data))
		}
	}()
	known, err := a.People.Workspaces(ctx, a.DB)
	if err != nil {
		return r, err
	}
	if len(known) > 1 {
		return r, fmt.Errorf("%d workspaces live here; import through the server, signed in to the right one", len(known))
	}
	var by actor.Actor
	if len(known) == 1 {
		by = actor.System(known[0].ID)
	} else if !dry {
		r.Owner = &Credentials{Email: owner, Password: rand.Text()}
		if by, err = a.Auth.CreateOwner(ctx, auth.NewOwner{Workspace: "Imported from Slack", Name: "Owner", Email: owner, Password: r.Owner.Password, Zone: "UTC"}); err != nil {
			return r, err
		}
	}
	r.Report, err = a.Importers.Run(ctx, by.Workspace, by, file, dry, progress)
	if err != nil || dry {
		return r, err
	}
	return r, a.Settle(ctx)
}
