package cli

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

// series is the path of a check-in.
func series(x string) string { return "/checkins/" + url.PathEscape(x) }

func (e *env) checkinShow() *cobra.Command {
	return &cobra.Command{Use: "show CHECKIN", Short: "A check-in: whom it asks what, and when", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		return e.checkinCall(cmd.Context(), c, "GET", series(args[0]), nil)
	}}
}

// checkinCall does something to a check-in and shows it.
func (e *env) checkinCall(ctx context.Context, c *client, method, path string, body any) error {
	var out raw[checkinWhole]
	if err := c.call(ctx, method, path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.sayCheckin(out.known) })
}

func (e *env) sayCheckin(x checkinWhole) {
	e.say("%s   %s", x.Name, x.ID)
	if x.Purpose != "" {
		e.say("%s", x.Purpose)
	}
	state := x.Words
	switch {
	case x.State == "paused" && x.PauseUntil != "":
		state += ", paused until " + x.PauseUntil
	case x.State != "active":
		state += ", " + x.State
	}
	e.say("%s", state)
	var who []string
	if x.Team != nil {
		who = append(who, x.Team.Name)
	}
	for _, p := range x.People {
		who = append(who, p.Name)
	}
	e.say("Asked: %s (%d). In the name of %s.", strings.Join(who, ", "), x.Asked, x.Owner.Name)
	for i, q := range x.Questions {
		words := q.Text
		if q.Kind == "of_week" {
			words = "The team question of the week"
		}
		if len(q.Choices) > 0 {
			words += " (" + strings.Join(q.Choices, " / ") + ")"
		}
		must := ""
		if q.Required {
			must = ", needs an answer"
		}
		e.say("  %d. %s   %s%s", i+1, words, q.Kind, must)
	}
	if x.My.NextAt != nil {
		e.say("You are asked next %s.", e.local(x.My.NextAt))
	}
	if x.Outcome != "" {
		e.say("Outcome: %s", x.Outcome)
	}
}

func (e *env) checkinChange() *cobra.Command {
	var x checkinIn
	cmd := &cobra.Command{
		Use: "change CHECKIN", Short: "Change a check-in from its next time on: what you name changes, the rest stays", Args: cobra.ExactArgs(1),
		Long:    "Change a check-in from its next time on: what you name changes, the rest stays. --question and --to stand for all questions and all people besides the team; a question with the same words keeps its figures.",
		Example: "  meantime checkin change chk_… --every \"mon, wed, fri\" --at \"30m after start\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().NFlag() == 0 {
				return errors.New("say what to change; see: meantime checkin change --help")
			}
			c, err := signedIn()
			if err != nil {
				return err
			}
			var now checkinWhole
			if err := c.call(cmd.Context(), "GET", series(args[0]), nil, &now); err != nil {
				return err
			}
			var had rhythm
			if err := json.Unmarshal(now.Rhythm, &had); err != nil {
				return err
			}
			people := []string{}
			for _, p := range now.People {
				people = append(people, p.ID)
			}
			body := map[string]any{"version": now.Version, "name": now.Name, "purpose": now.Purpose, "hidden": now.Hidden, "questions": now.Questions, "rhythm": had, "people": people}
			if now.BlockerWindow != "" {
				body["blocker_window"] = now.BlockerWindow
			}
			if now.Team != nil {
				body["team"] = now.Team.ID
			}
			own, err := e.fromFile(x.file)
			if err != nil {
				return err
			}
			for k, v := range own {
				body[k] = v
			}
			if err := x.into(cmd.Context(), c, body, cmd.Flags().Changed, had, now.Questions); err != nil {
				return err
			}
			if body["team"] == "" {
				delete(body, "team")
			}
			return e.checkinCall(cmd.Context(), c, "PUT", series(args[0]), body)
		},
	}
	x.flags(cmd)
	return cmd
}

func (e *env) checkinTemplates() *cobra.Command {
	var bank bool
	cmd := &cobra.Command{Use: "templates", Short: "Check-ins to begin with, and the team questions of the week", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		if bank {
			all, err := list[string](cmd.Context(), c, "/checkin-bank", url.Values{}, 0)
			if err != nil {
				return err
			}
			return e.show(all, func() {
				for _, q := range all {
					e.say("%s", q)
				}
			})
		}
		all, err := list[raw[checkinTemplate]](cmd.Context(), c, "/checkin-templates", url.Values{}, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			for _, t := range all {
				e.say("%s: %s, %s", t.known.Key, t.known.Name, t.known.RhythmWords)
				for _, q := range t.known.Questions {
					e.say("     %s: %s", q.Kind, q.Text)
				}
			}
		})
	}}
	cmd.Flags().BoolVar(&bank, "bank", false, "the team questions of the week instead")
	return cmd
}
