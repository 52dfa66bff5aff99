package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"example.org/meantime/db/migrations"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/outside"
)

// Finding is one line of what Doctor saw.
type Finding struct{ What, State, Detail, Remedy string }

// Doctor looks whether everything is in order and says what to do where not;
// hasOrigin says whether the operator named the address that people use.
func (a *App) Doctor(ctx context.Context, hasOrigin bool) []Finding {
	return []Finding{
		a.database(ctx), a.dataFolder(), a.listeners(ctx), a.parked(ctx), a.work(ctx), a.mailbox(ctx), a.mailIn(ctx), a.wayOutside(), a.ballots(ctx), a.zones(), a.address(hasOrigin),
	}
}

// Outdated finds an installation that is not as this version would make it, and that opening
// would change: under a server of the version before, which may be running.
func Outdated(ctx context.Context, o Options) (f Finding, outdated bool, err error) {
	d, err := db.Open(ctx, (&App{opt: o}).databaseURL(), db.Options{})
	if err != nil {
		return f, false, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	have, newest, err := d.Schemas(ctx, migrations.Files)
	switch {
	case err != nil || have >= newest:
		return f, false, err
	case have == 0:
		return broken("database", errors.New("it holds no installation"), "Check --database. Where nothing was started yet, meantime serve makes an installation."), true, nil
	}
	return Finding{
		What: "database", State: "warning",
		Detail: fmt.Sprintf("it has schema %d, of an older Meantime; this one knows %d. Nothing was looked at, and nothing changed", have, newest),
		Remedy: "Ask the doctor of the version that runs, or back up and start this one: it brings the database up to date.",
	}, true, nil
}

func ok(what, format string, args ...any) Finding {
	return Finding{What: what, State: "ok", Detail: fmt.Sprintf(format, args...)}
}

func broken(what string, err error, remedy string) Finding {
	return Finding{What: what, State: "broken", Detail: err.Error(), Remedy: remedy}
}

func (a *App) database(ctx context.Context) Finding {
	watch := clock.Stopwatch()
	if err := a.DB.Ping(ctx); err != nil {
		return broken("database", err, "Check that the database runs and that its address is right.")
	}
	if problem, err := a.DB.Check(ctx); err != nil || problem != "" {
		if err == nil {
			err = fmt.Errorf("%s", problem)
		}
		return broken("database", err, "Stop the server and restore the last backup into a new folder.")
	}
	return ok("database", "%s, answers in %s", a.DB.Engine, clock.Since(watch).Round(time.Millisecond))
}

func (a *App) dataFolder() Finding {
	f, err := os.CreateTemp(a.opt.Data, ".doctor-*")
	if err != nil {
		return broken("data folder", err, "Make the folder writable for the user that runs the server.")
	}
	name := f.Name()
	_ = f.Close()
	_ = os.Remove(name)
	path, _ := filepath.Abs(a.opt.Data)
	return ok("data folder", "%s can be written", path)
}

func (a *App) listeners(ctx context.Context) Finding {
	n, err := a.lag(ctx)
	if err != nil {
		return broken("listeners", err, "")
	}
	if n > 10_000 {
		return Finding{"listeners", "warning", fmt.Sprintf("%d events wait to be taken", n), "This is right after an import or a restore; otherwise see whether the server runs."}
	}
	return ok("listeners", "%d events wait", n)
}

func (a *App) parked(ctx context.Context) Finding {
	list, err := event.AllParked(ctx, a.DB, 5)
	if err != nil {
		return broken("parked events", err, "")
	}
	if len(list) > 0 {
		p := list[0]
		return Finding{"parked events", "warning", fmt.Sprintf("%s could not take event %d: %s", p.Follower, p.Seq, p.Reason), "Please report this; nothing else is held up by it."}
	}
	return ok("parked events", "none")
}

func (a *App) work(ctx context.Context) Finding {
	dead, err := job.DeadJobs(ctx, a.DB, 5)
	if err != nil {
		return broken("jobs", err, "")
	}
	if len(dead) > 0 {
		return Finding{"jobs", "warning", fmt.Sprintf("given up: %s, %s: %s", dead[0].Kind, dead[0].FinishedAt, dead[0].Problem), "Mend the cause; what is asked again later will go through."}
	}
	return ok("jobs", "none was given up")
}

func (a *App) mailbox(context.Context) Finding {
	if a.opt.SMTP.SMTP == "" {
		return Finding{"mail", "warning", "no mail server is set: digests stay in the outbox", "Set --smtp and --mail-from."}
	}
	return ok("mail", "goes through %s", a.opt.SMTP.SMTP)
}

// wayOutside tells which private places the server would ask, so that a list
// made long ago is not forgotten.
func (a *App) wayOutside() Finding {
	what := "the public internet alone is asked"
	if list, err := outside.ParseAllow(a.opt.OutsideAllow); err == nil && !list.Empty() {
		what = "beside the public internet, these may be asked: " + list.String()
	}
	if a.opt.OutsideProxy != "" {
		what += "; through a proxy"
	}
	return ok("way out", "%s", what)
}

func (a *App) mailIn(ctx context.Context) Finding {
	const what = "mail in"
	st, err := a.Mail.State(ctx)
	switch {
	case err != nil:
		return broken(what, err, "")
	case st.Box == "":
		return ok(what, "mail is not answered by mail here")
	case len(st.Doors) == 0:
		return Finding{what, "warning", "replies have the address " + st.Box + ", and no door takes mail in", "Set --mail-listen, --mail-lmtp, --imap or --mail-hook."}
	}
	sort.Strings(st.Doors)
	return ok(what, "%s by %s; %d wait for their owner's word, %d addresses are paused", st.Box, strings.Join(st.Doors, ", "), st.Held, st.Paused)
}

func (a *App) zones() Finding {
	for _, zone := range []string{"Asia/Taipei", "America/Sao_Paulo", "Australia/Lord_Howe"} {
		if _, err := time.LoadLocation(zone); err != nil {
			return broken("time zones", err, "The zone database is missing; use the released binary, which carries one.")
		}
	}
	return ok("time zones", "known")
}

func (a *App) address(set bool) Finding {
	if !set {
		return Finding{"address", "warning", "no origin is set: links in mail lead to this machine only", "Set --origin to the address people use."}
	}
	return ok("address", "%s", a.opt.Origin)
}
