// Package outside is the one way out over HTTP: calendars, hooks, push services,
// pictures and providers are all asked through it. It looks every name up itself,
// refuses addresses that are not on the public internet, dials the very address it
// has checked, checks each redirect again, and bounds time and size. What the
// operator allows by name is let through besides.
package outside

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// The ways in which asking outside fails. None of them tells what is inside the
// network: a private address, a name nobody knows and a closed port look alike.
var (
	// ErrAddress: not a plain http or https address, or on a port that is not 80 or 443.
	ErrAddress = errors.New("outside: not a plain web address")
	// ErrUnreachable: nothing on the public internet answers there.
	ErrUnreachable = errors.New("outside: the address could not be reached")
	// ErrTooSlow: the time limit passed before the whole answer was there.
	ErrTooSlow = errors.New("outside: the address did not answer in time")
	// ErrTooLarge: the answer is larger than the limit.
	ErrTooLarge = errors.New("outside: the answer is too large")
)

// Limits bound one request.
type Limits struct {
	Time      time.Duration // from the look-up of the name to the last byte; 10 s when zero
	Answer    int64         // bytes of the answer once unpacked; 5 MiB when zero
	Redirects int           // followed for GET and HEAD; 0 gives the redirect itself as the answer
}

const (
	defaultTime   = 10 * time.Second
	defaultAnswer = 5 << 20
	largestHeader = 64 << 10
	longestURL    = 2000
	mostAddresses = 4 // of one name that are tried
)

// Options are what an installation may say.
type Options struct {
	Allow   Allow    // private places that may be asked
	Proxy   *url.URL // nil: none, whatever the environment says
	Version string   // for the user agent, "Meantime/<version>"

	// Lookup and Dial stand in for the network in tests.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
	Roots  *tls.Config // tests: whose certificates are believed
}

// Client asks outside. It is safe for concurrent use, and its copies made by With
// share connections.
type Client struct {
	*core
	limits Limits
}

type core struct {
	allow     Allow
	proxy     *url.URL
	agent     string
	lookup    func(ctx context.Context, host string) ([]netip.Addr, error)
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	transport *http.Transport
}

// New makes a client with the usual limits.
func New(o Options) *Client {
	c := &core{allow: o.Allow, proxy: o.Proxy, agent: "Meantime", lookup: o.Lookup, dial: o.Dial}
	if o.Version != "" {
		c.agent += "/" + o.Version
	}
	if c.lookup == nil {
		c.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if c.dial == nil {
		c.dial = (&net.Dialer{Timeout: defaultTime}).DialContext
	}
	c.transport = &http.Transport{
		DialContext: c.connect, TLSClientConfig: o.Roots, TLSHandshakeTimeout: defaultTime, ForceAttemptHTTP2: true,
		MaxResponseHeaderBytes: largestHeader, MaxIdleConnsPerHost: 4, MaxIdleConns: 64, IdleConnTimeout: 15 * time.Second,
	}
	if o.Proxy != nil {
		c.transport.Proxy = http.ProxyURL(o.Proxy)
	}
	return &Client{core: c}
}

// With is the same client under other limits.
func (c *Client) With(l Limits) *Client { return &Client{core: c.core, limits: l} }

// Close lets go of connections that are kept for a while.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

func (l Limits) time() time.Duration {
	if l.Time <= 0 {
		return defaultTime
	}
	return l.Time
}

func (l Limits) answer() int64 {
	if l.Answer <= 0 {
		return defaultAnswer
	}
	return l.Answer
}
