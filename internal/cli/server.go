package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/event"
)

// Server gives the command line what needs the server itself in its process.
func Server(version string) Local {
	c := commands{version}
	return Local{
		Version: version, Serve: c.serve, OpenAPI: c.openapi, Events: events, Doctor: c.doctor,
		Backup: func(ctx context.Context, s Config, file string, p Progress) error {
			// The server works on meanwhile: half of the processors are left to it.
			runtime.GOMAXPROCS(max(1, runtime.GOMAXPROCS(0)/2))
			app.Yield()
			return app.Backup(ctx, c.options(s), file, app.Progress(p))
		},
		Restore: func(ctx context.Context, s Config, file string, p Progress) error {
			return app.Restore(ctx, c.options(s), file, app.Progress(p))
		},
		ImportSlack: func(ctx context.Context, s Config, file string, dry bool, p Progress) (Report, error) {
			r, err := app.ImportSlack(ctx, c.options(s), s.Owner, file, dry, app.Progress(p))
			if err != nil && r.Owner != nil { // nobody else knows it
				err = fmt.Errorf("%w; the workspace was made: sign in as %s with the password %s", err, r.Owner.Email, r.Owner.Password)
			}
			return r, err
		},
		MailTest: c.mailTest, MailDKIM: c.mailDKIM,
		Seed: func(ctx context.Context, s Config, n SeedSize, p Progress) (Report, error) {
			return app.Seed(ctx, c.options(s), app.SizeOf(n.People, n.Posts, n.Asks, n.Open, n.Seed, n.End), app.Progress(p))
		},
	}
}

type commands struct{ version string }

func (c commands) options(s Config) app.Options {
	return app.Options{
		Data: s.Data, Database: s.Database, Keys: s.Keys, Origin: s.Origin, MetricsToken: s.MetricsToken, Version: c.version, Demo: s.Demo,
		OutsideAllow: s.OutsideAllow, OutsideProxy: s.OutsideProxy,
		SMTP: mailOptions(s),
	}
}

func mailOptions(s Config) app.SMTP {
	in := s.MailIn
	enclose, _ := in.enclose() // settings that were loaded can be read
	return app.SMTP{
		Enclose: enclose,
		SMTP:    s.SMTP, User: s.SMTPUser, Password: s.SMTPPassword, From: s.MailFrom, TLS: s.SMTPTLS,
		DKIM: in.DKIM, Domain: in.Domain, Address: in.Address, Listen: in.Listen, LMTP: in.LMTP, Cert: in.Cert, Key: in.Key, Hook: in.Hook,
		IMAP: app.IMAP{Server: in.IMAP, User: in.IMAPUser, Password: in.IMAPPassword, TLS: in.IMAPTLS, Folder: in.IMAPFolder, Done: in.IMAPDone},
	}
}

func (c commands) serve(ctx context.Context, s Config, out io.Writer) (err error) {
	if err := logAt(s.LogLevel); err != nil {
		return err
	}
	// The address is taken before anything is opened: a second server says so at once.
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s; is another server running there? (%w)", s.Listen, err)
	}
	defer func() { _ = l.Close() }()
	if s.Fresh {
		if err := app.ForgetDemo(s.Data); err != nil {
			return err
		}
	}
	address := "http://" + l.Addr().String()
	if s.Origin == "" {
		s.Origin = address
	}
	a, err := app.Open(ctx, c.options(s))
	if err != nil {
		return err
	}
	defer func() {
		if cerr := a.Close(); err == nil {
			err = cerr
		}
	}()
	if s.Demo {
		if err := a.SeedDemo(ctx, out); err != nil {
			return err
		}
	}
	if err := a.Greet(ctx, out, address); err != nil {
		return err
	}
	return a.Serve(ctx, l)
}

func logAt(name string) error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(name)); err != nil {
		return fmt.Errorf("--log is debug, info, warn or error, not %q", name)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	return nil
}

// openapi asks a house in a folder that is thrown away about itself.
func (c commands) openapi() ([]byte, error) {
	dir, err := os.MkdirTemp("", "meantime-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	a, err := app.Open(context.Background(), app.Options{Data: dir, Origin: "http://127.0.0.1", Version: "1"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	return a.API.OpenAPI()
}

func events() ([]byte, error) {
	b, err := json.MarshalIndent(event.Catalogue(), "", "  ")
	return append(b, '\n'), err
}

func (c commands) doctor(ctx context.Context, s Config) (d Diagnosis, err error) {
	if err := logAt(s.LogLevel); err != nil {
		return d, err
	}
	o := c.options(s)
	if o.Origin == "" {
		o.Origin = "http://" + s.Listen
	}
	if err := app.Installed(o); err != nil {
		return Diagnosis{Findings: []Finding{{What: "data folder", State: "broken", Detail: err.Error(), Remedy: "Check --data. Where nothing was started yet, meantime serve makes an installation."}}}, nil
	}
	old, outdated, err := app.Outdated(ctx, o)
	if outdated {
		return Diagnosis{Findings: []Finding{Finding(old)}}, nil
	}
	var a *app.App
	if err == nil {
		a, err = app.Open(ctx, o)
	}
	if err != nil {
		return Diagnosis{Findings: []Finding{{What: "start", State: "broken", Detail: err.Error(), Remedy: "Check the settings and the data folder."}}}, nil
	}
	defer func() { err = a.Close() }()
	for _, f := range a.Doctor(ctx, s.Origin != "") {
		d.Findings = append(d.Findings, Finding(f))
	}
	return d, nil
}
