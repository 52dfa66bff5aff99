package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/meantime/internal/feature/demo"
)

// gcPercent lets garbage grow to three times of what lives, which is little here: a
// server of some 15 MB alive spent a tenth of its time collecting. GOGC says otherwise.
const gcPercent = 300

// Serve answers on a listener and does what happens by itself, until the context
// ends; then it lets requests finish and stops.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       10 * time.Minute, // a large upload on a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	}
	base, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	server.BaseContext = func(net.Listener) context.Context { return base }
	work, stop := context.WithCancel(ctx)
	defer stop()
	if err := a.Ballots.Sweep(ctx); err != nil { // what another node closed while this one was down
		return err
	}
	if err := a.Storms.TakeKeys(ctx); err != nil {
		return err
	}
	doors, err := a.Mail.OpenDoors(ctx)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(work)
	g.Go(func() error { return doors.Serve(gctx) })
	g.Go(func() error { return a.Followers.Run(gctx) })
	g.Go(func() error { return a.Jobs.Run(gctx) })
	g.Go(func() error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("app: serve: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		<-gctx.Done()
		server.RegisterOnShutdown(hangUp) // open streams end at once; pages come back to another node
		a.Live.Close()                    // so do those that the server has let go
		down, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return server.Shutdown(down)
	})
	return g.Wait()
}

// Greet writes what somebody who just started the server wants to know.
func (a *App) Greet(ctx context.Context, out io.Writer, address string) error {
	origin := a.opt.Origin
	if origin == "" {
		origin = address
	}
	_, _ = fmt.Fprintf(out, "\nMeantime %s is at %s\n", a.opt.Version, origin)
	if a.opt.Demo {
		return a.greetDemo(out, origin)
	}
	token, needed, err := a.Auth.SetupLink(ctx)
	if err != nil || !needed {
		return err
	}
	_, _ = fmt.Fprintf(out, "\nNobody is here yet. Open this link to set up your workspace; it works once:\n\n  %s/setup?token=%s\n\n", origin, token)
	return nil
}

func (a *App) greetDemo(out io.Writer, origin string) error {
	_, _ = fmt.Fprintf(out, "\nA demo company lives here; its clock stands at %s.\n", a.opt.Clock.Now().Time().Format("Monday 2 January 2006, 15:04 UTC"))
	_, _ = fmt.Fprintf(out, "Sign in as anybody with the password %q, for example:\n\n", demo.Password)
	for _, p := range demo.Cast[:4] {
		_, _ = fmt.Fprintf(out, "  %-26s %s, %s\n", p.Email(), p.Name, p.Place)
	}
	_, _ = fmt.Fprintf(out, "\nMove the clock with the bar at the top of the page, or with:\n\n"+
		"  bin/meantime login %s --email %s\n  bin/meantime clock +1h\n\n", origin, demo.Cast[0].Email())
	return nil
}
