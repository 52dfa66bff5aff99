package people

import (
	"context"
	"errors"
	"net"
	"net/netip"
)

// Reaches says which address the fetcher would dial for a URL when every name
// leads to this machine; "" when it dials none.
func Reaches(ctx context.Context, url string) (dialled string) {
	f := newFetcher(false)
	f.lookup = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		if ip, err := netip.ParseAddr(host); err == nil {
			return []netip.Addr{ip}, nil
		}
		return []netip.Addr{netip.MustParseAddr("203.0.114.9"), netip.MustParseAddr("127.0.0.1")}, nil
	}
	f.dial = func(_ context.Context, _, address string) (net.Conn, error) {
		dialled = address
		return nil, errors.New("people: a test does not dial")
	}
	_, _ = f.get(ctx, url)
	return dialled
}
