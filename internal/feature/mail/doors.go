package mail

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Doors are the open doors of mail; Open takes their addresses before anything is served.
type Doors struct {
	mail *Service
	smtp net.Listener
	lmtp net.Listener
}

// OpenDoors listens where the options say; with none of them there is nothing to serve.
func (s *Service) OpenDoors(ctx context.Context) (d *Doors, err error) {
	d = &Doors{mail: s}
	var lc net.ListenConfig
	if s.opt.Listen != "" {
		if d.smtp, err = lc.Listen(ctx, "tcp", s.opt.Listen); err != nil {
			return nil, fmt.Errorf("mail: cannot listen for mail on %s: %w", s.opt.Listen, err)
		}
	}
	if s.opt.LMTP == "" {
		return d, nil
	}
	network, address := "tcp", s.opt.LMTP
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		network, address = "unix", path
		_ = os.Remove(path) // left by a server that was killed
	}
	if d.lmtp, err = lc.Listen(ctx, network, address); err != nil {
		d.Close()
		return nil, fmt.Errorf("mail: cannot listen for mail on %s: %w", s.opt.LMTP, err)
	}
	return d, nil
}

// Serve takes mail by every open door until the context ends.
func (d *Doors) Serve(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	if d.smtp != nil {
		g.Go(func() error { return d.mail.ServeSMTP(ctx, d.smtp, false) })
	}
	if d.lmtp != nil {
		g.Go(func() error { return d.mail.ServeSMTP(ctx, d.lmtp, true) })
	}
	if d.mail.opt.IMAP.Server != "" {
		g.Go(func() error { return d.mail.Poll(ctx) })
	}
	return g.Wait()
}

// Close closes what was opened and never served.
func (d *Doors) Close() {
	for _, l := range []net.Listener{d.smtp, d.lmtp} {
		if l != nil {
			_ = l.Close()
		}
	}
}
