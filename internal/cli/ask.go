package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

// asking is what ask and forecast have in common.
type asking struct {
	to                                                    []string
	window, deadline, urgency, kind                       string
	reason, otherwise, second, need, space, thread, title string
	silence                                               string
}

func (a *asking) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&a.to, "to", nil, "people or teams by handle, @duty or @duty-team for whoever is on duty; separated by commas")
	f.StringVar(&a.window, "window", "", "how much of their own working time: 4h, 1d (the space's own when empty)")
	f.StringVar(&a.deadline, "deadline", "", "or a moment, as 2026-10-09T15:00:00Z")
	f.StringVar(&a.urgency, "urgency", "routine", "routine, soon or urgent")
	f.StringVar(&a.kind, "kind", "reply", "reply, review, approve, decide, do, acknowledge, check_in")
	_ = cmd.MarkFlagRequired("to")
}

func (e *env) ask() *cobra.Command {
	var a asking
	cmd := &cobra.Command{
		Use: "ask TEXT", Short: "Ask people something, within their own working time", Args: cobra.ExactArgs(1),
		Long:    "Ask people something. Without --thread a new thread is opened in --space. TEXT may be - to read Markdown from standard input.",
		Example: `  meantime ask "Which date suits the release?" --to kofi,mei --window 4h --space product`,
		RunE:    func(cmd *cobra.Command, args []string) error { return e.runAsk(cmd.Context(), a, args[0]) },
	}
	a.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&a.space, "space", "", "handle of the space for a new thread")
	f.StringVar(&a.thread, "thread", "", "id of a thread to ask in")
	f.StringVar(&a.title, "title", "", "title of the new thread (the first line when empty)")
	f.StringVar(&a.reason, "reason", "", "urgent: why")
	f.StringVar(&a.otherwise, "otherwise", "", "urgent: what happens if nobody acts")
	f.StringVar(&a.second, "second-reason", "", "urgent, when the space's pages of the month are used up: why even so")
	f.StringVar(&a.need, "need", "all", "who must answer: all, any, or a number")
	f.StringVar(&a.silence, "silence", "nothing", "what silence means: nothing, consent, i_decide")
	return cmd
}

func (e *env) runAsk(ctx context.Context, a asking, text string) error {
	if text == "-" {
		b, err := io.ReadAll(e.in)
		if err != nil {
			return err
		}
		text = string(b)
	}
	c, err := signedIn()
	if err != nil {
		return err
	}
	in, err := a.body(ctx, c)
	if err != nil {
		return err
	}
	post := map[string]any{"markdown": text, "asks": []any{in}}
	if a.thread != "" {
		var out raw[entry]
		if err := c.call(ctx, "POST", "/threads/"+url.PathEscape(a.thread)+"/posts", post, &out); err != nil {
			return err
		}
		return e.show(out, func() { e.asked(out.known.Asks) })
	}
	if post["space"], err = spaceID(ctx, c, a.space); err != nil {
		return err
	}
	if post["title"] = a.title; a.title == "" {
		first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
		post["title"] = strings.TrimLeft(first, "# ")
	}
	var out raw[struct {
		Post entry `json:"post"`
	}]
	if err := c.call(ctx, "POST", "/threads", post, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.asked(out.known.Post.Asks) })
}

func (e *env) asked(asks []ask) {
	for _, a := range asks {
		e.say("Asked (%s).", a.ID)
		for _, o := range a.Owed {
			e.say("  %s by %s", o.Person.Name, e.local(o.Due))
		}
	}
}

func (a asking) body(ctx context.Context, c *client) (map[string]any, error) {
	to, err := recipients(ctx, c, a.to)
	if err != nil {
		return nil, err
	}
	in := map[string]any{"kind": a.kind, "to": to, "urgency": a.urgency}
	for key, v := range map[string]string{"window": a.window, "deadline": a.deadline, "reason": a.reason, "otherwise": a.otherwise, "second_reason": a.second} {
		if v != "" {
			in[key] = v
		}
	}
	switch a.need {
	case "":
	case "all", "any":
		in["need"] = a.need
	default:
		n := 0
		if _, err := fmt.Sscanf(a.need, "%d", &n); err != nil || n < 1 {
			return nil, errors.New("--need is all, any, or a number of people")
		}
		in["need"] = n
	}
	if a.silence != "" && a.silence != "nothing" {
		in["silence"] = map[string]string{"then": a.silence}
	}
	return in, nil
}

// recipients turns handles into ids.
func recipients(ctx context.Context, c *client, handles []string) (map[string][]string, error) {
	out := map[string][]string{"people": {}, "teams": {}}
	for _, h := range handles {
		h = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(h), "@"))
		if h == "duty" {
			out["duty"] = append(out["duty"], "here")
			continue
		}
		people, err := list[personRef](ctx, c, "/people", url.Values{"q": {h}}, 200)
		if err != nil {
			return nil, err
		}
		found := false
		for _, p := range people {
			if p.Handle == h {
				out["people"], found = append(out["people"], p.ID), true
			}
		}
		if found {
			continue
		}
		teams, err := list[team](ctx, c, "/teams", url.Values{}, 0)
		if err != nil {
			return nil, err
		}
		for _, t := range teams {
			switch h {
			case t.Handle:
				out["teams"], found = append(out["teams"], t.ID), true
			case "duty-" + t.Handle:
				out["duty"], found = append(out["duty"], t.ID), true
			}
		}
		if !found {
			return nil, fmt.Errorf("nobody here has the handle @%s; see: meantime people", h)
		}
	}
	return out, nil
}

func spaceID(ctx context.Context, c *client, handle string) (string, error) {
	spaces, err := list[space](ctx, c, "/spaces", url.Values{}, 0)
	if err != nil {
		return "", err
	}
	var names []string
	for _, s := range spaces {
		if s.Handle == strings.TrimPrefix(handle, "#") {
			return s.ID, nil
		}
		names = append(names, s.Handle)
	}
	if handle == "" {
		return "", fmt.Errorf("say in which --space: %s", strings.Join(names, ", "))
	}
	return "", fmt.Errorf("there is no space %q; there are: %s", handle, strings.Join(names, ", "))
}

func (e *env) forecast() *cobra.Command {
	var a asking
	cmd := &cobra.Command{
		Use: "forecast", Short: "See when people would be reached and could have answered", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			in, err := a.body(cmd.Context(), c)
			if err != nil {
				return err
			}
			if a.space != "" {
				if in["space"], err = spaceID(cmd.Context(), c, a.space); err != nil {
					return err
				}
			}
			var out raw[forecast]
			if err := c.call(cmd.Context(), "POST", "/forecasts", in, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.foretell(out.known) })
		},
	}
	a.flags(cmd)
	cmd.Flags().StringVar(&a.space, "space", "", "handle of the space it would be asked in")
	return cmd
}

func (e *env) foretell(f forecast) {
	rows := [][]string{{"WHO", "REACHED (THEIRS)", "DUE (THEIRS)"}}
	for _, p := range f.People {
		if p.Unreachable {
			rows = append(rows, []string{p.Person.Name, "cannot be reached", ""})
			continue
		}
		rows = append(rows, []string{p.Person.Name, p.ReachLocal, p.DueLocal})
	}
	e.table(rows)
	if f.AllBy != nil {
		e.say("All answers can be in by %s (your clock).", e.local(f.AllBy))
	}
	if f.Without != nil {
		e.say("Without %s: by %s.", f.Without.Person.Name, e.local(f.Without.AllBy))
	}
	for _, w := range f.Warnings {
		e.say("! %s", w)
	}
	e.foretellPage(f.Page)
}
