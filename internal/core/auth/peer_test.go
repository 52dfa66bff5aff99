package auth

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestOnlyTrustedProxiesAreBelieved(t *testing.T) {
	proxy := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	cases := []struct {
		name, remote, claimed, want string
		trusted                     []netip.Prefix
	}{
		{"nobody is trusted by default", "10.0.0.1:5", "192.0.2.9", "10.0.0.1", nil},
		{"a stranger is not", "192.0.2.1:5", "192.0.2.9", "192.0.2.1", proxy},
		{"a proxy is", "10.0.0.1:5", "192.0.2.9", "192.0.2.9", proxy},
		{"what came before the proxy is a claim", "10.0.0.1:5", "1.1.1.1, 192.0.2.9, 10.0.0.2", "192.0.2.9", proxy},
		{"nonsense ends the reading", "10.0.0.1:5", "1.1.1.1, nonsense", "10.0.0.1", proxy},
		{"a network of IPv6 is one", "[2001:db8::1]:5", "", "2001:db8::/64", nil},
		{"IPv4 in IPv6 is IPv4", "[::ffff:192.0.2.1]:5", "", "192.0.2.1", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &Service{opt: Options{Trusted: c.trusted}}
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.remote
			if c.claimed != "" {
				r.Header.Set("X-Forwarded-For", c.claimed)
			}
			if got := s.peer(r); got != c.want {
				t.Errorf("counted as %s, want %s", got, c.want)
			}
		})
	}
}
