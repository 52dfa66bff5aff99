package outside

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
)

// Request is one thing to ask.
type Request struct {
	Method string // GET when empty
	URL    string
	Header map[string]string
	Body   []byte
	Known  Version // what the caller has: an answer that is the same comes without its body
}

// Version names a state of what is at an address, in the server's own words.
type Version struct{ ETag, Modified string }

// Answer is what came back, whole.
type Answer struct {
	Status    int
	Header    map[string]string // by canonical name, the first value of each
	Body      []byte
	Version   Version
	Unchanged bool // the caller's own version still holds (304)
}

var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	"PROPFIND", "REPORT",
}

// Ask sends a request and reads the whole answer, whatever its status is. It fails
// with ErrAddress, ErrUnreachable, ErrTooSlow, ErrTooLarge, or the context's own error.
func (c *Client) Ask(ctx context.Context, r Request) (Answer, error) {
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return Answer{}, ErrAddress
	}
	for k, v := range r.Header {
		req.Header.Set(k, v)
	}
	if r.Known.ETag != "" {
		req.Header.Set("If-None-Match", r.Known.ETag)
	}
	if r.Known.Modified != "" {
		req.Header.Set("If-Modified-Since", r.Known.Modified)
	}
	resp, err := c.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	a := Answer{Status: resp.StatusCode, Header: map[string]string{}, Unchanged: resp.StatusCode == http.StatusNotModified}
	for k, v := range resp.Header {
		a.Header[k] = v[0]
	}
	a.Version = Version{resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")}
	a.Body, err = io.ReadAll(resp.Body)
	return a, err
}

// Do is Ask for libraries that bring their own requests. The body must be closed;
// reading it fails like Ask does. Host and cookies of the request are not sent.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	u, err := c.check(req.URL.String())
	if err != nil {
		return nil, err
	}
	if !slices.Contains(methods, req.Method) {
		return nil, ErrAddress
	}
	ctx, cancel := context.WithTimeout(req.Context(), c.limits.time())
	mine := req.Clone(ctx)
	mine.URL, mine.Host = u, ""
	if mine.Header == nil {
		mine.Header = http.Header{}
	}
	mine.Header.Del("Cookie")
	if mine.Header.Get("User-Agent") == "" {
		mine.Header.Set("User-Agent", c.agent)
	}
	resp, err := c.client().Do(mine) //nolint:bodyclose // closed by whoever asked, through limited
	if err != nil {
		err = told(req.Context(), ctx, err)
		cancel()
		return nil, err
	}
	resp.Body = &limited{body: resp.Body, left: c.limits.answer(), asker: req.Context(), ctx: ctx, cancel: cancel}
	return resp, nil
}

func (c *Client) client() *http.Client {
	return &http.Client{Transport: c.transport, CheckRedirect: c.follow}
}

// follow judges a redirect: as many as allowed, for reading alone, never from an
// encrypted address to an open one; the new address is checked like the first.
func (c *Client) follow(next *http.Request, via []*http.Request) error {
	first := via[0]
	if c.limits.Redirects == 0 || (first.Method != http.MethodGet && first.Method != http.MethodHead) {
		return http.ErrUseLastResponse
	}
	if len(via) > c.limits.Redirects || (via[len(via)-1].URL.Scheme == "https" && next.URL.Scheme == "http") {
		return ErrUnreachable
	}
	if _, err := c.check(next.URL.String()); err != nil {
		return ErrUnreachable
	}
	next.Header.Del("Referer") // an address can be a secret
	if !strings.EqualFold(next.URL.Host, first.URL.Host) {
		next.Header.Del("Authorization")
	}
	return nil
}

// told turns what went wrong into one of the four errors, or the caller's own.
func told(asker, ctx context.Context, err error) error {
	var timeout net.Error
	switch {
	case err == nil, err == io.EOF:
		return err
	case asker.Err() != nil:
		return asker.Err()
	case errors.Is(err, ErrAddress), errors.Is(err, ErrTooLarge):
		return err
	case errors.Is(err, ErrUnreachable):
		return ErrUnreachable
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return ErrTooSlow
	}
	return ErrUnreachable
}

// limited is a body under the limits of time and size.
type limited struct {
	body   io.ReadCloser
	left   int64
	asker  context.Context
	ctx    context.Context
	cancel context.CancelFunc
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.body.Read(p)
	if int64(n) > l.left {
		return int(l.left), ErrTooLarge
	}
	l.left -= int64(n)
	return n, told(l.asker, l.ctx, err)
}

func (l *limited) Close() error {
	err := l.body.Close()
	l.cancel()
	return err
}
