package outside_test

import (
	"net/http"
	"net/url"
	"testing"

	"example.org/meantime/internal/platform/outside"
)

func TestWhatTheOperatorLists(t *testing.T) {
	names := map[string][]string{
		"intranet.example": {"10.9.0.1"}, "other.example": {"10.9.0.1"}, "meta.intranet.example": {"169.254.169.254"}, "example.com": {"93.184.216.34"},
	}
	for _, c := range []struct {
		name, allow, url, dialled string
	}{
		{"nothing", "", "http://10.1.2.3/", ""},
		{"a network", "10.1.0.0/16", "http://10.1.2.3/", "10.1.2.3:80"},
		{"a network, mapped", "10.1.0.0/16", "http://[::ffff:10.1.2.3]/", "10.1.2.3:80"},
		{"outside the network", "10.1.0.0/16", "http://10.2.2.3/", ""},
		{"a network opens the two ports", "10.1.0.0/16", "http://10.1.2.3:8080/", ""},
		{"a network with a port", "10.1.0.0/16:8080", "http://10.1.2.3:8080/", "10.1.2.3:8080"},
		{"and no other", "10.1.0.0/16:8080", "http://10.1.2.3/", ""},
		{"an address with a port", "fd00::5, [fd00::6]:8443", "http://[fd00::6]:8443/", "[fd00::6]:8443"},
		{"an address without", "fd00::5, [fd00::6]:8443", "http://[fd00::5]/", "[fd00::5]:80"},
		{"a host", "intranet.example", "http://Intranet.Example./", "10.9.0.1:80"},
		{"another host there", "intranet.example", "http://other.example/", ""},
		{"a host with a port", "intranet.example:8443", "http://intranet.example:8443/", "10.9.0.1:8443"},
		{"a host on another port", "intranet.example:8443", "http://intranet.example/", ""},
		{"a listed name that leads to a cloud's secrets", "meta.intranet.example", "http://meta.intranet.example/", ""},
		{"a public host on a port of its own", "example.com:8443", "http://example.com:8443/", "93.184.216.34:8443"},
		{"every port of this machine", "127.0.0.1:*", "http://127.0.0.1:5/", "127.0.0.1:5"},
		{"a number for a listed network", "127.0.0.0/8", "http://2130706433/", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &world{names: map[string][]string{}, server: serve(t, func(http.ResponseWriter, *http.Request) {})}
			for k, v := range names {
				w.names[k], w.names[k+"."] = v, v
			}
			w.names["Intranet.Example."] = names["intranet.example"]
			_, err := w.client(t, outside.Options{Allow: outside.MustAllow(c.allow)}).Ask(t.Context(), outside.Request{URL: c.url})
			got := ""
			if len(w.dialled) > 0 {
				got = w.dialled[0]
			}
			if got != c.dialled || (err == nil) != (c.dialled != "") {
				t.Errorf("dialled %q (%v), want %q", got, err, c.dialled)
			}
		})
	}
	for _, bad := range []string{"10.0.0.0/99", "a b", "http://intranet", "host:0", "host:70000", "fe80::1%eth0", "10.1", "*"} {
		if _, err := outside.ParseAllow(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if a := outside.MustAllow(" 10.1.0.0/16 ,, intranet.example:8443 "); a.String() != "10.1.0.0/16, intranet.example:8443" || a.Empty() {
		t.Errorf("the list reads %q", a)
	}
}

func TestTheOperatorsProxyIsUsed(t *testing.T) {
	seen := ""
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { seen = r.URL.String() })
	proxy, _ := url.Parse("http://proxy.example:3128")
	w := &world{server: s}
	c := w.client(t, outside.Options{Proxy: proxy})
	if _, err := c.Ask(t.Context(), outside.Request{URL: "http://example.com/x"}); err != nil || seen != "http://example.com/x" || w.dialled[0] != "proxy.example:3128" {
		t.Errorf("%v: the proxy saw %q, dialled %s", err, seen, w.dialled)
	}
	for _, home := range []string{"http://127.0.0.1/", "http://proxy.example:3128/", "http://[fd00::1]/"} {
		if _, err := c.Ask(t.Context(), outside.Request{URL: home}); err == nil {
			t.Errorf("%s went through", home)
		}
	}
}
