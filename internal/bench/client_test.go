package bench

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// client speaks just enough HTTP over one connection to cost little beside what
// it measures.
type client struct {
	t     testing.TB
	conn  net.Conn
	r     *bufio.Reader
	token string
	out   []byte

	closes bool // the end of the connection is no failure
}

func dial(t testing.TB, address, token string) *client {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &client{t: t, conn: conn, r: bufio.NewReaderSize(conn, 64<<10), token: token}
}

// send writes a request; key is left out when empty.
func (c *client) send(method, path, key, body string) {
	c.out = fmt.Appendf(c.out[:0], "%s %s HTTP/1.1\r\nHost: meantime.test\r\nAuthorization: Bearer %s\r\n", method, path, c.token)
	if key != "" {
		c.out = fmt.Appendf(c.out, "Idempotency-Key: %s\r\n", key)
	}
	if body != "" {
		c.out = fmt.Appendf(c.out, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	c.out = append(append(c.out, "\r\n"...), body...)
	if _, err := c.conn.Write(c.out); err != nil {
		c.t.Error(err)
	}
}

// do sends a request, wants the status, and gives how long the body was.
func (c *client) do(method, path, key, body string, want int) int64 {
	c.send(method, path, key, body)
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil {
		c.t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	if resp.StatusCode != want {
		b, _ := io.ReadAll(resp.Body)
		c.t.Errorf("%s %s: got %d, want %d: %s", method, path, resp.StatusCode, want, b)
	}
	n, err := io.Copy(io.Discard, resp.Body)
	if err != nil {
		c.t.Error(err)
	}
	return n
}

func (c *client) get(path string) int64 { return c.do("GET", path, "", "", 200) }

// stream opens a stream of events and reads its greeting.
func (c *client) stream(path string) *client {
	c.t.Helper()
	c.send("GET", path, "", "")
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil || resp.StatusCode != http.StatusOK {
		c.t.Fatal(resp, err)
	}
	c.until("event: hello")
	return c
}

// until reads the stream to a line that holds a text, and gives that line.
func (c *client) until(text string) string {
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			if !c.closes {
				c.t.Error(err)
			}
			return ""
		}
		if strings.Contains(line, text) {
			return line
		}
	}
}
