// Command meantime is the whole product in one program: the server, its tools,
// and the API as commands.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime/debug"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/cli"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/event"
)

func main() {
	os.Exit(cli.Main(cli.Local{
		Version: version(), Serve: serve, OpenAPI: openapi, Events: events, Doctor: doctor,
		Backup: func(ctx context.Context, c cli.Config, file string, p cli.Progress) error {
			return app.Backup(ctx, options(c), file, app.Progress(p))
		},
		Restore: func(ctx context.Context, c cli.Config, file string, p cli.Progress) error {
			return app.Restore(ctx, options(c), file, app.Progress(p))
		},
		ImportSlack: func(ctx context.Context, c cli.Config, file string, dry bool, p cli.Progress) (cli.Report, error) {
			return app.ImportSlack(ctx, options(c), c.Owner, file, dry, app.Progress(p))
		},
	}))
}

// number is set when a release is built.
var number string

func version() string {
	if number != "" {
		return number
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

func options(c cli.Config) app.Options {
	return app.Options{
		Data: c.Data, Database: c.Database, Origin: c.Origin, MetricsToken: c.MetricsToken, Version: version(), Demo: c.Demo,
		SMTP: mail.Options{SMTP: c.SMTP, User: c.SMTPUser, Password: c.SMTPPassword, From: c.MailFrom, TLS: c.SMTPTLS},
	}
}

func serve(ctx context.Context, c cli.Config, out io.Writer) (err error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return fmt.Errorf("--log is debug, info, warn or error, not %q", c.LogLevel)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	if c.Fresh {
		if err := demo.Forget(c.Data); err != nil {
			return err
		}
	}
	// The address is taken before anything is opened: a second server says so at once.
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: is another server running there? (%w)", c.Listen, err)
	}
	defer func() { _ = l.Close() }()
	address := "http://" + l.Addr().String()
	if c.Origin == "" {
		c.Origin = address
	}
	a, err := app.Open(ctx, options(c))
	if err != nil {
		return err
	}
	defer func() {
		if cerr := a.Close(); err == nil {
			err = cerr
		}
	}()
	if c.Demo {
		if err := a.SeedDemo(ctx, out); err != nil {
			return err
		}
	}
	if err := a.Greet(ctx, out, address); err != nil {
		return err
	}
	return a.Serve(ctx, l)
}

func openapi() ([]byte, error) {
	a, done, err := scratch()
	if err != nil {
		return nil, err
	}
	defer done()
	return a.API.OpenAPI()
}

func events() ([]byte, error) {
	b, err := json.MarshalIndent(event.Catalogue(), "", "  ")
	return append(b, '\n'), err
}

// scratch is a house in a folder that is thrown away: for asking it about itself.
func scratch() (*app.App, func(), error) {
	dir, err := os.MkdirTemp("", "meantime-")
	if err != nil {
		return nil, nil, err
	}
	a, err := app.Open(context.Background(), app.Options{Data: dir, Origin: "http://127.0.0.1", Version: "1"})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, nil, err
	}
	return a, func() { _ = a.Close(); _ = os.RemoveAll(dir) }, nil
}

func doctor(ctx context.Context, c cli.Config) (d cli.Diagnosis, err error) {
	if c.Origin == "" {
		c.Origin = "http://" + c.Listen
	}
	a, err := app.Open(ctx, options(c))
	if err != nil {
		return cli.Diagnosis{Findings: []cli.Finding{{What: "start", State: "broken", Detail: err.Error(), Remedy: "Check the settings and the data folder."}}}, nil
	}
	defer func() { err = a.Close() }()
	for _, f := range a.Doctor(ctx) {
		d.Findings = append(d.Findings, cli.Finding(f))
	}
	return d, nil
}
