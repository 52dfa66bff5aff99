package importers

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Jobs does the imports that were asked for.
func (s *Service) Jobs(r *job.Runner) { r.HandleSlow(jobSlack, s.work) }

// work does one import. It is begun again where it stopped when its node was lost.
func (s *Service) work(ctx context.Context, j job.Job) error {
	var args jobArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	i, ok, err := loadImport(ctx, s.db, j.Workspace, args.Import)
	if err != nil {
		return err
	}
	if !ok || !i.Open() {
		return nil
	}
	report, err := s.do(ctx, i)
	problem := ""
	switch bad := (*slack.BadArchive)(nil); {
	case err == nil:
		return s.end(ctx, i, Done, "", &report)
	case errors.Is(err, errCancelled):
		return nil
	case ctx.Err() != nil: // the node stops; another, or the next start, goes on
		return job.Again(s.db.Clock().Now())
	case errors.As(err, &bad):
		problem = bad.Error()
	case fault.As(err) != nil:
		problem = fault.As(err).Sentence
	case j.Attempt < attempts:
		return err
	default:
		slog.Error("importers: an import was given up", "import", i.ID, "error", err)
		problem = "Something went wrong on our side. What came in stays; start the import again to go on."
	}
	return s.end(ctx, i, Failed, problem, nil)
}

// do fetches the file and runs it, as long as whoever asked may still ask.
func (s *Service) do(ctx context.Context, i Import) (Report, error) {
	who, err := s.people.Get(ctx, s.db, i.WorkspaceID, i.By)
	if err != nil {
		return Report{}, err
	}
	if !who.Active(s.db.Clock().Now()) {
		return Report{}, fault.New(fault.Forbidden, "admins_only", "Whoever asked for this import is no longer here. Start it again.")
	}
	if err := who.Actor().MustAdminister(); err != nil {
		return Report{}, err
	}
	path, done, err := s.fetch(ctx, who.Actor(), i)
	if err != nil {
		return Report{}, err
	}
	defer done()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	t := &teller{s: s, i: i, ctx: ctx, stop: stop}
	report, err := s.run(ctx, &run{s: s, ws: i.WorkspaceID, dry: i.Dry, tell: t.tell, guard: t.guard}, path)
	if errors.Is(context.Cause(ctx), errCancelled) {
		err = errCancelled
	}
	return report, err
}

// fetch puts the upload into a temporary folder, because a zip file is read from
// its end. done deletes it.
func (s *Service) fetch(ctx context.Context, a actor.Actor, i Import) (path string, done func(), err error) {
	u, err := s.spaces.Upload(ctx, a, i.File)
	if fault.IsKind(err, fault.NotFound) {
		err = fault.New(fault.Gone, "upload_gone", "The uploaded file is no longer here. Upload it again.")
	}
	if err != nil {
		return "", nil, err
	}
	in, _, err := s.files.Open(ctx, u.BlobKey(), 0)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = in.Close() }()
	dir, err := os.MkdirTemp("", "meantime-import-")
	if err != nil {
		return "", nil, err
	}
	done = func() { _ = os.RemoveAll(dir) }
	path = filepath.Join(dir, filepath.Base(u.Name))
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Close())
	}
	if err != nil {
		done()
	}
	return path, done, err
}

// end writes down how an import ended, and deletes the upload when it is no longer
// needed: an export holds everything that was ever said.
func (s *Service) end(ctx context.Context, i Import, state, problem string, r *Report) error {
	ctx = context.WithoutCancel(ctx) // all is in: a node that stops now still says so
	err := s.db.Write(ctx, i.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("it was cancelled in the meantime")
		now, err := endImport(ctx, tx, i.ID, state, problem, r)
		if err == nil && now {
			event.Append(tx, ended(id.ID{}, i))
		}
		return err
	})
	if err != nil || i.Dry && state == Done {
		return err
	}
	who, err := s.people.Get(ctx, s.db, i.WorkspaceID, i.By)
	if err != nil {
		return err
	}
	if err := s.spaces.CancelUpload(ctx, who.Actor(), i.File); fault.As(err) == nil {
		return err
	}
	return nil // it is gone already, or somebody posted it
}

// teller writes an import's progress down for whoever looks, a few times a second,
// and learns on that occasion that it was cancelled.
type teller struct {
	s     *Service
	i     Import
	ctx   context.Context //nolint:containedctx // lives for one run
	stop  context.CancelCauseFunc
	last  time.Time
	phase string
}

const tellEvery = 300 * time.Millisecond

func (t *teller) tell(phase string, done, total int64) {
	if phase == t.phase && done < total && clock.Since(t.last) < tellEvery {
		return
	}
	t.phase, t.last = phase, clock.Stopwatch()
	state := Running
	if phase == phaseChecking || t.i.Dry {
		state = Checking
	}
	err := t.s.db.Write(t.ctx, t.i.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("progress is looked at, not told")
		open, err := moveImport(ctx, tx, t.i.ID, state, phase, done, total)
		if err == nil && !open {
			err = errCancelled
		}
		return err
	})
	if errors.Is(err, errCancelled) {
		t.stop(err)
	}
}

// guard refuses a batch of an import that has ended.
func (t *teller) guard(ctx context.Context, tx *db.Tx) error {
	over, err := importEnded(ctx, tx, tx.Workspace, t.i.ID)
	if err == nil && over {
		err = errCancelled
	}
	return err
}
