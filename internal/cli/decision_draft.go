package cli

import (
	"errors"
	"maps"
	"slices"

	"github.com/spf13/cobra"
)

// draftOf is a draft as the API gives it back.
type draftOf struct {
	Version int64  `json:"version"`
	State   string `json:"state"`
	Title   string `json:"title"`
	Kind    string `json:"kind"`
	Context string `json:"context"`
	Space   struct {
		ID string `json:"id"`
	} `json:"space"`
	Decider personRef        `json:"decider"`
	People  []string         `json:"people"`
	Teams   []string         `json:"teams"`
	Options []map[string]any `json:"options"`
	Rules   map[string]any   `json:"rules"`
}

// optionFields are those of an option that can be written.
var optionFields = []string{"name", "meaning", "prompt", "start", "end"}

// body is the same as the API takes it. Rules of another kind than the draft will be
// fall away.
func (d draftOf) body(kind string) map[string]any {
	only := map[string][]string{"method": {"ranked"}, "share": {"majority"}, "most": {"score", "dots"}}
	maps.DeleteFunc(d.Rules, func(name string, v any) bool {
		for _, k := range only[name] {
			if k == kind && k == d.Kind {
				return v == nil || v == ""
			}
		}
		return only[name] != nil || v == nil || (name == "fair" && v == float64(0))
	})
	for _, o := range d.Options {
		maps.DeleteFunc(o, func(name string, v any) bool { return !slices.Contains(optionFields, name) || v == nil || v == "" })
	}
	return map[string]any{
		"version": d.Version, "title": d.Title, "kind": kind, "context": d.Context, "space": d.Space.ID, "decider": d.Decider.ID,
		"people": d.People, "teams": d.Teams, "options": d.Options,
	}
}

func (e *env) decisionChange() *cobra.Command {
	var d deciding
	cmd := &cobra.Command{
		Use: "change DECISION", Short: "Rewrite a draft: what you name changes, the rest stays", Args: cobra.ExactArgs(1),
		Long: "Rewrite a draft: what you name changes, the rest stays. --option and --to stand for all options and all who are entitled. An open decision stays as it was asked: see decision extend, invite, uninvite and decider.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			given := cmd.Flags().Changed
			if cmd.Flags().NFlag() == 0 {
				return errors.New("say what to change; see: meantime decision change --help")
			}
			var all raw[draftOf]
			if err := c.call(cmd.Context(), "GET", decisionKey(args[0]), nil, &all); err != nil {
				return err
			}
			if all.known.State != "draft" {
				return errors.New("only a draft is rewritten; an open decision can be extended, withdrawn or copied")
			}
			kind := all.known.Kind
			if given("kind") {
				kind = d.kind
			}
			body := all.known.body(kind)
			if given("title") {
				body["title"] = d.title
			}
			if err := d.into(cmd.Context(), e, c, body, given); err != nil {
				return err
			}
			if body["rules"], err = d.rules(e, all.known.Rules, given); err != nil {
				return err
			}
			return e.decisionShow(cmd.Context(), "PUT", args[0], "", body)
		},
	}
	d.flags(cmd)
	cmd.Flags().StringVar(&d.title, "title", "", "its title")
	return cmd
}

func (e *env) decisionOpen() *cobra.Command {
	var at string
	var not bool
	cmd := &cobra.Command{
		Use: "open DECISION", Short: "Open a draft now, or later by itself; or make it a draft again", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := apart(cmd, "at", "not"); err != nil {
				return err
			}
			if not {
				return e.decisionShow(cmd.Context(), "DELETE", args[0], "/opening", nil)
			}
			body := map[string]any{}
			if err := e.momentInto(body, "at", at); err != nil {
				return err
			}
			return e.decisionShow(cmd.Context(), "POST", args[0], "/opening", body)
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "when: \"2026-12-01 09:00\" on your clock, or 2026-12-01T09:00:00Z")
	cmd.Flags().BoolVar(&not, "not", false, "do not open it by itself: a draft again")
	return cmd
}

func (e *env) decisionDiscard() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{Use: "discard DECISION", Short: "Delete a draft", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if err := sureOf(sure, "A draft that is deleted does not come back."); err != nil {
			return err
		}
		return e.act(cmd.Context(), "DELETE", decisionKey(args[0]), nil, "Deleted.")
	}}
	cmd.Flags().BoolVar(&sure, "sure", false, "you mean it")
	return cmd
}
