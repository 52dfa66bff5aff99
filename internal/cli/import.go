package cli

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.org/meantime/internal/platform/clock"
)

func (e *env) importer() *cobra.Command {
	cmd := &cobra.Command{Use: "import", Short: "Bring in what was written elsewhere"}
	var c Config
	var dry bool
	slack := &cobra.Command{
		Use: "slack FILE.zip", Short: "Bring in a Slack export", Args: cobra.ExactArgs(1),
		Long: "Bring in a Slack export: through the server you are signed in to, or with --data straight into a data folder (made with a workspace and an owner when it is new). " +
			"With --dry-run nothing is written; the report says what would come in, what is missing, and why. A second run adds only what is new.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			if cmd.Flags().Changed("data") || cmd.Flags().Changed("database") {
				r, err := e.inside.ImportSlack(cmd.Context(), c, args[0], dry, e.progress())
				if err != nil {
					return err
				}
				return e.show(r, func() { e.say("%s", r.Text()) })
			}
			return e.importRemote(cmd.Context(), args[0], dry)
		},
	}
	c.flags(slack, "data", "database", "log")
	slack.Flags().BoolVar(&dry, "dry-run", false, "only report what would come in and what is missing")
	slack.Flags().StringVar(&c.Owner, "owner", "owner@meantime.example", "with a new --data folder: e-mail address of its owner")
	cmd.AddCommand(slack)
	return cmd
}

type importState struct {
	ID      string `json:"id"`
	State   string `json:"state"`
	Phase   string `json:"phase"`
	Done    int64  `json:"done"`
	Total   int64  `json:"total"`
	Problem string `json:"problem"`
	Report  *struct {
		Text string `json:"text"`
	} `json:"report"`
}

func (e *env) importRemote(ctx context.Context, file string, dry bool) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	progress := e.progress()
	upload, _, err := c.upload(ctx, file, progress)
	if err != nil {
		return err
	}
	var state raw[importState]
	if err := c.call(ctx, "POST", "/imports/slack", map[string]any{"upload": upload, "dry_run": dry}, &state); err != nil {
		return err
	}
	real := clock.System{}
	for state.known.State == "checking" || state.known.State == "running" {
		progress(state.known.Phase, state.known.Done, state.known.Total)
		if err := real.Wait(ctx, real.Now().Add(500e6)); err != nil {
			return fmt.Errorf("the import goes on at the server; look with the same command again: %w", err)
		}
		id := state.known.ID
		state = raw[importState]{}
		if err := c.call(ctx, "GET", "/imports/"+url.PathEscape(id), nil, &state); err != nil {
			return err
		}
	}
	if state.known.State != "done" {
		return errors.New(plain(state.known.Problem))
	}
	return e.show(state, func() {
		if state.known.Report != nil {
			e.say("%s", state.known.Report.Text)
		}
	})
}

const chunk = 4 << 20

// upload sends a file in pieces (the tus protocol), so that a cut costs one piece.
func (c *client) upload(ctx context.Context, path string, progress Progress) (id, file string, err error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return "", "", err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return "", "", err
	}
	about := "filename " + base64.StdEncoding.EncodeToString([]byte(filepath.Base(path)))
	if kind := mime.TypeByExtension(filepath.Ext(path)); kind != "" {
		about += ",filetype " + base64.StdEncoding.EncodeToString([]byte(kind))
	}
	resp, err := c.tus(ctx, "POST", "/api/v1/uploads", nil, map[string]string{"Upload-Length": strconv.FormatInt(info.Size(), 10), "Upload-Metadata": about})
	if err != nil {
		return "", "", err
	}
	location := resp.Header.Get("Location")
	for at := int64(0); at < info.Size(); at += chunk {
		progress("Uploading", at, info.Size())
		piece := io.NewSectionReader(f, at, min(chunk, info.Size()-at))
		sent, err := c.tus(ctx, "PATCH", location, piece, map[string]string{"Upload-Offset": strconv.FormatInt(at, 10), "Content-Type": "application/offset+octet-stream"})
		if err != nil {
			return "", "", err
		}
		file = sent.Header.Get("Upload-File")
	}
	progress("Uploading", info.Size(), info.Size())
	return location[strings.LastIndex(location, "/")+1:], file, nil
}

// uploadPicture sends a picture, and says by which id things may hold it.
func (c *client) uploadPicture(ctx context.Context, path string, progress Progress) (string, error) {
	_, file, err := c.upload(ctx, path, progress)
	if err == nil && file == "" {
		err = fmt.Errorf("%s is empty", path)
	}
	return file, err
}

func (c *client) tus(ctx context.Context, method, path string, body io.Reader, header map[string]string) (*http.Response, error) {
	if u, err := url.Parse(path); err == nil {
		path = u.Path
	}
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(c.Server, "/")+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	req.Header.Set("Tus-Resumable", "1.0.0")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the upload was cut: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	return resp, read(resp, nil)
}
