package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// client talks to a server over its API.
type client struct {
	Server string `json:"server"`
	Token  string `json:"token"`
}

// configFile is where login keeps the server and the token.
func configFile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for settings: %w", err)
	}
	return filepath.Join(dir, "meantime", "login.json"), nil
}

// signedIn is the client of who signed in here; MEANTIME_SERVER and MEANTIME_TOKEN
// win over that.
func signedIn() (*client, error) {
	c := &client{Server: os.Getenv("MEANTIME_SERVER"), Token: os.Getenv("MEANTIME_TOKEN")}
	if c.Token != "" && c.Server != "" {
		return c, nil
	}
	given := *c
	path, err := configFile()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(filepath.Clean(path))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("not signed in; run: meantime login http://127.0.0.1:8080")
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("%s cannot be read; run: meantime login", path)
	}
	if given.Server != "" && given.Server != c.Server {
		return nil, errors.New("MEANTIME_SERVER names another server than the sign-in; set MEANTIME_TOKEN too, or run: meantime login")
	}
	if given.Token != "" {
		c.Token = given.Token
	}
	return c, nil
}

func (c *client) save() error {
	path, err := configFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

// problem is what the server says when it refuses.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct {
		Field  string `json:"field"`
		Detail string `json:"detail"`
	} `json:"errors"`
}

func (p *problem) Error() string {
	s := plain(p.Detail)
	for _, e := range p.Errors {
		if e.Detail != p.Detail {
			s += fmt.Sprintf("\n  %s: %s", plain(e.Field), plain(e.Detail))
		}
	}
	return s
}

// call sends in (nil: no body) and reads the answer into out (nil: ignored).
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(c.Server, "/")+"/api/v1"+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if method == http.MethodPost {
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("cannot reach %s: is the server running? (%w)", c.Server, err)
	}
	defer func() { _ = resp.Body.Close() }()
	return read(resp, out)
}

func read(resp *http.Response, out any) error {
	if resp.StatusCode >= 400 {
		p := &problem{Status: resp.StatusCode}
		if err := json.NewDecoder(resp.Body).Decode(p); err != nil || p.Detail == "" {
			return fmt.Errorf("the server answered %s", resp.Status)
		}
		if p.Status == http.StatusUnauthorized && p.Code == "sign_in" {
			return errors.New("the sign-in is no longer valid; run: meantime login")
		}
		return p
	}
	if out == nil || resp.StatusCode == http.StatusNoContent {
		return nil
	}
	if text, ok := out.(*[]byte); ok { // what is no JSON, such as an export
		var err error
		*text, err = io.ReadAll(io.LimitReader(resp.Body, 64<<20))
		return err
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// list reads every page of a list, up to limit items (0: all).
func list[T any](ctx context.Context, c *client, path string, query url.Values, limit int) ([]T, error) {
	out := []T{}
	for {
		var page struct {
			Items []T    `json:"items"`
			Next  string `json:"next"`
		}
		if err := c.call(ctx, "GET", path+"?"+query.Encode(), nil, &page); err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if page.Next == "" || (limit > 0 && len(out) >= limit) {
			return out, nil
		}
		query.Set("after", page.Next)
	}
}
