package importers

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// jobSlack is the kind of the job that does an import.
const jobSlack = "importers.slack"

// attempts is how often a job that breaks down is begun again.
const attempts = 5

type jobArgs struct {
	Import id.ID `json:"import"`
}

// Start asks for a Slack export to be brought in, or only to be looked at when dry.
// The upload is the actor's own and finished; it is an administrator who asks, and
// a workspace has one import at a time.
func (s *Service) Start(ctx context.Context, a actor.Actor, upload id.ID, dry bool) (Import, error) {
	if err := a.MustAdminister(); err != nil {
		return Import{}, err
	}
	u, err := s.spaces.Upload(ctx, a, upload)
	if fault.IsKind(err, fault.NotFound) {
		err = fault.Missing("upload").At("upload")
	}
	if err != nil {
		return Import{}, err
	}
	if !u.Done() {
		return Import{}, fault.New(fault.Conflict, "upload_unfinished", "The file is not here yet. Finish the upload first.").At("upload")
	}
	i := Import{WorkspaceID: a.Workspace, Source: "slack", File: u.ID, FileName: u.Name, By: a.Person, Dry: dry, State: Checking, Phase: "Waiting"}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		open, err := countOpen(ctx, tx, a.Workspace)
		if err != nil {
			return err
		}
		if open > 0 {
			return fault.New(fault.Conflict, "import_running", "Another import is under way. Wait for it, or cancel it first.")
		}
		i.ID, i.StartedAt = id.New(tx.Now), tx.Now
		if err := insertImport(ctx, tx, i); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventStarted, Actor: a.Person, Subject: importRef(i.ID), Concerns: []id.ID{a.Person}})
		return job.Enqueue(ctx, tx, jobSlack, jobArgs{i.ID}, job.Options{Attempts: attempts})
	})
	return i, err
}

// Cancel ends an import that is under way: when it returns, nothing more comes in.
// What came in before stays, and the same import goes on from there when it is
// started again.
func (s *Service) Cancel(ctx context.Context, a actor.Actor, x id.ID) error {
	if err := a.MustAdminister(); err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		i, ok, err := loadImport(ctx, tx, a.Workspace, x)
		if err != nil {
			return err
		}
		switch {
		case !ok:
			return fault.Missing("import")
		case i.State == Cancelled:
			return nil
		case !i.Open():
			return fault.New(fault.Conflict, "import_over", "This import has ended already.")
		}
		if _, err := endImport(ctx, tx, x, Cancelled, "", nil); err != nil {
			return err
		}
		event.Append(tx, ended(a.Person, i))
		return nil
	})
}

// Find reads one import of the actor's workspace.
func (s *Service) Find(ctx context.Context, a actor.Actor, x id.ID) (Import, error) {
	if err := a.MustAdminister(); err != nil {
		return Import{}, err
	}
	i, ok, err := loadImport(ctx, s.db, a.Workspace, x)
	if err == nil && !ok {
		err = fault.Missing("import")
	}
	return i, err
}

// List reads imports, newest first, after the one of an id; zero begins at the newest.
func (s *Service) List(ctx context.Context, a actor.Actor, after id.ID, limit int) ([]Import, error) {
	if err := a.MustAdminister(); err != nil {
		return nil, err
	}
	return listImports(ctx, s.db, a.Workspace, after, limit)
}

func importRef(x id.ID) event.Ref { return event.Ref{Kind: "import", ID: x} }

func ended(by id.ID, i Import) event.New {
	return event.New{Kind: EventEnded, Actor: by, Subject: importRef(i.ID), Concerns: []id.ID{i.By}}
}
