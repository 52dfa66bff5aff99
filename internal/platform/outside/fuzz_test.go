package outside_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"

	"example.org/meantime/internal/platform/outside"
)

// Whatever is written as an address, only public addresses are dialled, on 80 and 443.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{
		"http://example.com/", "https://[2606:4700::1]:443/x", "http://0x7f.1/", "http://127.0.0.1:80@example.com/", "http://[::ffff:7f00:1]/",
		"http://①②⑦.⓪.⓪.①/", "http://example.com:65616/", "http://[fe80::1%25eth0]/", "HTTP://EXAMPLE.COM.:0443/", "http://xn--/", "http://ex\u00adample.com/",
	} {
		f.Add(s, uint8(0))
	}
	answers := [][]string{{"93.184.216.34"}, {"127.0.0.1"}, {"93.184.216.34", "::1"}, {"64:ff9b::a00:1"}, {"::ffff:10.0.0.1"}, {"2606:4700::1"}}
	f.Fuzz(func(t *testing.T, address string, which uint8) {
		c := outside.New(outside.Options{
			Lookup: func(context.Context, string) (out []netip.Addr, err error) {
				for _, s := range answers[int(which)%len(answers)] {
					out = append(out, netip.MustParseAddr(s))
				}
				return out, nil
			},
			Dial: func(_ context.Context, _, to string) (net.Conn, error) {
				at, err := netip.ParseAddrPort(to)
				if err != nil {
					t.Fatalf("%q dials %q, which is no address", address, to)
				}
				ip := at.Addr()
				if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is4In6() || (at.Port() != 80 && at.Port() != 443) {
					t.Errorf("%q leads to %s", address, to)
				}
				return nil, errors.New("a test does not dial")
			},
		})
		_, err := c.Ask(t.Context(), outside.Request{URL: address})
		if !errors.Is(err, outside.ErrAddress) && !errors.Is(err, outside.ErrUnreachable) {
			t.Errorf("%q: %v", address, err)
		}
	})
}
