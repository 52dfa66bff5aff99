package cli

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

// noted is the note of a baton as it is typed.
type noted struct {
	stands, next, traps, by string
	links                   []string
}

var noteFlags = []string{"stands", "next", "traps", "by", "link"}

func (n *noted) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&n.stands, "stands", "", "where the work stands")
	f.StringVar(&n.next, "next", "", "the next step")
	f.StringVar(&n.traps, "traps", "", "what to watch out for")
	f.StringVar(&n.by, "by", "", "by when it should be done: \"2026-12-01 16:00\" on your clock, or 2026-12-01T16:00:00Z")
	f.StringArrayVar(&n.links, "link", nil, "an address: https://…, or \"Title | https://…\"; may be given several times")
}

func (n noted) given(cmd *cobra.Command) bool {
	return anyOf(cmd, "", noteFlags...) == nil
}

// into puts what was given into a note.
func (n noted) into(e *env, note map[string]any, given func(string) bool) error {
	for name, field := range map[string][2]string{"stands": {"stands", n.stands}, "next": {"next_step", n.next}, "traps": {"traps", n.traps}} {
		if given(name) {
			note[field[0]] = field[1]
		}
	}
	if given("link") {
		links := []map[string]string{}
		for _, l := range n.links {
			title, address, ok := strings.Cut(l, "|")
			if !ok {
				title, address = "", l
			}
			links = append(links, map[string]string{"title": strings.TrimSpace(title), "url": strings.TrimSpace(address)})
		}
		note["links"] = links
	}
	if !given("by") {
		return nil
	}
	delete(note, "by")
	return e.momentInto(note, "by", n.by)
}

// noteNow is the note of a baton as it is, and its version.
func noteNow(ctx context.Context, x string) (map[string]any, int64, error) {
	c, err := signedIn()
	if err != nil {
		return nil, 0, err
	}
	var b struct {
		Version int64          `json:"version"`
		Note    map[string]any `json:"note"`
	}
	if err := c.call(ctx, "GET", "/batons/"+url.PathEscape(x), nil, &b); err != nil {
		return nil, 0, err
	}
	delete(b.Note, "html")
	if b.Note["by"] == nil {
		delete(b.Note, "by")
	}
	return b.Note, b.Version, nil
}

func (e *env) batonChange() *cobra.Command {
	var n noted
	var title string
	cmd := &cobra.Command{
		Use: "change BATON", Short: "Change the title or the note of a baton that you have: what you name changes, the rest stays", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().NFlag() == 0 {
				return errors.New("say what to change; see: meantime baton change --help")
			}
			note, version, err := noteNow(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			body := map[string]any{"version": version}
			if cmd.Flags().Changed("title") {
				body["title"] = title
			}
			if n.given(cmd) {
				if err := n.into(e, note, cmd.Flags().Changed); err != nil {
					return err
				}
				body["note"] = note
			}
			return e.batonOut(cmd.Context(), "PATCH", "/batons/"+url.PathEscape(args[0]), body)
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "what it is called")
	n.flags(cmd)
	return cmd
}
