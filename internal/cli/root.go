// Package cli is the meantime command: the server's own commands (serve, demo,
// backup …) and the API as commands (ask, inbox, answer …).
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Local is what needs the server itself in this process; the binary fills it in.
type Local struct {
	Version string
	Serve   func(ctx context.Context, c Config, out io.Writer) error
	OpenAPI func() ([]byte, error)
	Events  func() ([]byte, error)
	Doctor  func(ctx context.Context, c Config) (Diagnosis, error)
	Backup  func(ctx context.Context, c Config, file string, progress Progress) error
	Restore func(ctx context.Context, c Config, file string, progress Progress) error
	// ImportSlack reads an export straight into a data folder. The result is the
	// report, marshalled as it is for --json; its String is for people.
	ImportSlack func(ctx context.Context, c Config, file string, dry bool, progress Progress) (Report, error)
	// MailTest sends a mail to an address, to see whether mail leaves.
	MailTest func(ctx context.Context, c Config, to string) error
	// MailDKIM lists the records of the keys that sign mail.
	MailDKIM func(ctx context.Context, c Config) ([]Record, error)
	// Seed invents a company in a new data folder or an empty database.
	Seed func(ctx context.Context, c Config, n SeedSize, progress Progress) (Report, error)
}

// Record is a TXT record for the DNS.
type Record struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Progress is told how far long work has come; total may be zero while unknown.
type Progress func(phase string, done, total int64)

// Report is what long work has to say at its end.
type Report interface{ Text() string }

// Finding is one line of a diagnosis.
type Finding struct {
	What   string `json:"what"`
	State  string `json:"state"` // ok, warning, broken
	Detail string `json:"detail"`
	Remedy string `json:"remedy,omitempty"`
}

// Diagnosis is what doctor found.
type Diagnosis struct {
	Findings []Finding `json:"findings"`
}

// Broken says whether anything needs mending.
func (d Diagnosis) Broken() bool {
	for _, f := range d.Findings {
		if f.State == "broken" {
			return true
		}
	}
	return false
}

// env is what every command gets.
type env struct {
	inside Local
	out    io.Writer
	err    io.Writer
	in     io.Reader
	json   bool
	zone   func() *time.Location // of whoever is signed in; asked for once
}

// Main runs the command line and returns the exit code.
func Main(local Local) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Run(ctx, local, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// Run runs one command.
func Run(ctx context.Context, local Local, args []string, in io.Reader, out, errs io.Writer) int {
	e := &env{inside: local, out: out, err: errs, in: in}
	e.zone = sync.OnceValue(func() *time.Location { return ownZone(ctx) })
	root := e.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSilent):
		return 1
	}
	_, _ = fmt.Fprintln(errs, "meantime:", err)
	return 1
}

// errSilent ends a command that has said everything already.
var errSilent = errors.New("see above")

func (e *env) root() *cobra.Command {
	root := &cobra.Command{
		Use: "meantime", Short: "Asynchronous work: ask across time zones, be reached in your own hours",
		SilenceErrors: true, SilenceUsage: true, Version: e.inside.Version,
	}
	root.PersistentFlags().BoolVar(&e.json, "json", false, "write JSON instead of words")
	root.AddCommand(e.serve(), e.demo(), e.doctor(), e.openapi(), e.version(), e.backup(), e.restore(), e.worktime(), e.tally(),
		e.login(), e.logout(), e.ask(), e.forecast(), e.inbox(), e.owed(), e.answer(), e.thread(), e.people(), e.importer(), e.mail(), e.clock(), e.search(), e.duty(), e.baton(), e.checkin(), e.page(), e.calendars(), e.feed(), e.bench(),
		e.away(), e.reassign(), e.boundaries(), e.focus(), e.agreement(), e.brainstorm(), e.decision(), e.devices())
	speakPlainly(root)
	return root
}
