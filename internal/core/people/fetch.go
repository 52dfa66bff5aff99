package people

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/fault"
)

// The limits of reading a calendar from an address.
const (
	longestFetch  = 10 * time.Second
	largestFetch  = 5 << 20
	mostRedirects = 3
)

// fetcher reads calendars from the public internet, and from nowhere else: it
// looks every name up itself, refuses addresses that are not public, and dials
// the very address it has checked.
type fetcher struct {
	loopback bool // this machine is allowed too (tests)
	lookup   func(ctx context.Context, network, host string) ([]netip.Addr, error)
	dial     func(ctx context.Context, network, address string) (net.Conn, error)
}

func newFetcher(loopback bool) *fetcher {
	return &fetcher{loopback: loopback, lookup: net.DefaultResolver.LookupNetIP, dial: (&net.Dialer{}).DialContext}
}

// get reads the text at an address. Every failure is an invalid fault; it does
// not tell what answers inside the network.
func (f *fetcher) get(ctx context.Context, address string) (string, error) {
	u, err := f.check(address)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, longestFetch)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", badAddress()
	}
	req.Header.Set("Accept", "text/calendar")
	resp, err := f.client().Do(req)
	if err != nil {
		if own := fault.As(err); own != nil {
			return "", own
		}
		return "", unreachable()
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return "", fault.New(fault.Invalid, "calendar_refused", "The address answered, but not with a calendar. Check it in your browser.").At("url")
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, largestFetch+1))
	if err != nil {
		return "", unreachable()
	}
	if len(b) > largestFetch {
		return "", fault.New(fault.Invalid, "calendar_too_large", "The calendar at this address is larger than 5 MB.").At("url")
	}
	return string(b), nil
}

func (f *fetcher) client() *http.Client {
	return &http.Client{
		Transport: &http.Transport{DialContext: f.connect, Proxy: nil, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > mostRedirects {
				return errors.New("people: too many redirects")
			}
			_, err := f.check(r.URL.String())
			return err
		},
	}
}

// check refuses addresses that are not plain web addresses.
func (f *fetcher) check(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > 2000 || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return nil, badAddress()
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" && !f.loopback {
		return nil, badAddress()
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !f.allowed(ip) {
		return nil, unreachable()
	}
	return u, nil
}

// connect dials an address that it has checked itself.
func (f *fetcher) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, unreachable()
	}
	list, err := f.lookup(ctx, "ip", host)
	if err != nil || len(list) == 0 {
		return nil, unreachable()
	}
	for _, ip := range list {
		// One bad answer among good ones is a trick, too.
		if !f.allowed(ip) {
			return nil, unreachable()
		}
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, unreachable()
	}
	return f.dial(ctx, network, netip.AddrPortFrom(list[0].Unmap(), uint16(n)).String())
}

// notPublic are the ranges that netip has no word for.
var notPublic = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

var allocated = netip.MustParsePrefix("2000::/3") // all of IPv6 that is public

// allowed says whether an address is on the public internet.
func (f *fetcher) allowed(ip netip.Addr) bool {
	ip = ip.Unmap()
	if f.loopback && ip.IsLoopback() {
		return true
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" || (ip.Is6() && !allocated.Contains(ip)) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

func prefixes(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func badAddress() error {
	return fault.New(fault.Invalid, "bad_address", "Give the address of a calendar that begins with https:// or http://.").At("url")
}

func unreachable() error {
	return fault.New(fault.Invalid, "unreachable_address", "This address could not be read. It must be on the public internet and answer within ten seconds.").At("url")
}
