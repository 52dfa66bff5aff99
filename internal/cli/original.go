package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// original reads the mail that a post was made of.
func (e *env) original() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "original POST", Short: "Read the whole mail that a post was made of", Args: cobra.ExactArgs(1),
		Example: "  meantime thread original post_01h… --save mail.eml",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			path := "/posts/" + url.PathEscape(args[0]) + "/original"
			if file != "" {
				if err := c.download(cmd.Context(), path+"/file", file); err != nil {
					return err
				}
				return e.show(map[string]string{"file": file}, func() { e.say("Saved in %s.", file) })
			}
			return e.readOriginal(cmd.Context(), c, path)
		},
	}
	cmd.Flags().StringVar(&file, "save", "", "save it in this file as it came; only its writer may")
	return cmd
}

func (e *env) readOriginal(ctx context.Context, c *client, path string) error {
	var out raw[struct {
		Headers []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"headers"`
		Text        string `json:"text"`
		Attachments []struct {
			Name string `json:"name"`
			Size int    `json:"size"`
		} `json:"attachments"`
	}]
	if err := c.call(ctx, "GET", path, nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		for _, h := range out.known.Headers {
			e.say("%s: %s", h.Name, h.Value)
		}
		e.say("")
		for _, line := range strings.Split(out.known.Text, "\n") {
			e.say("%s", line)
		}
		for _, a := range out.known.Attachments {
			e.say("[%s, %d bytes]", a.Name, a.Size)
		}
	})
}

// download writes what the server answers into a new file, which only its owner may read.
func (c *client) download(ctx context.Context, path, file string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(c.Server, "/")+"/api/v1"+path, http.NoBody)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("cannot reach %s: is the server running? (%w)", c.Server, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= http.StatusBadRequest {
		return read(resp, nil)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, mostMail))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Clean(file), b, 0o600)
}
