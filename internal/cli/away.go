package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// absence is an absence in the API's answers.
type absence struct {
	ID      string     `json:"id"`
	From    string     `json:"from"`
	To      string     `json:"to"`
	Reason  string     `json:"reason"`
	StandIn *personRef `json:"stand_in"`
}

// told is one line of a digest.
type told struct {
	Title   string     `json:"title"`
	Excerpt string     `json:"excerpt"`
	Path    string     `json:"path"`
	Due     *time.Time `json:"due"`
}

func (e *env) away() *cobra.Command {
	cmd := &cobra.Command{
		Use: "away [ABSENCE]", Short: "What happened while you were away", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.catchUp(cmd.Context(), args) },
	}
	cmd.AddCommand(e.awayAdd(), e.awayList(), e.awayDue(), e.awayTell())
	return cmd
}

func (e *env) catchUp(ctx context.Context, args []string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	path := "/me/catch-up"
	if len(args) == 1 {
		path += "?absence=" + url.QueryEscape(args[0])
	}
	var out raw[struct {
		Absence                          string `json:"absence"`
		Waiting                          int    `json:"waiting"`
		Matters, Decided, Answered, Rest []told
	}]
	if err := c.call(ctx, "GET", path, nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		k := out.known
		if k.Absence == "" {
			e.say("You have not been away yet.")
			return
		}
		e.section("STILL MATTERS", k.Matters)
		e.section("DECIDED MEANWHILE", k.Decided)
		e.section("ANSWERED BY OTHERS", k.Answered)
		if n := len(k.Rest); n > 0 {
			e.say("And %d more, folded away; see them with --json.", n)
		}
		if len(k.Matters)+len(k.Decided)+len(k.Answered)+len(k.Rest) == 0 {
			e.say("Nothing happened that concerns you.")
		}
	})
}

func (e *env) section(name string, list []told) {
	if len(list) == 0 {
		return
	}
	table := [][]string{{name}}
	for _, l := range list {
		due := ""
		if l.Due != nil {
			due = "due " + e.local(l.Due)
		}
		table = append(table, []string{"  " + l.Title, l.Excerpt, due})
	}
	e.table(table)
}

func (e *env) awayAdd() *cobra.Command {
	var reason, standIn string
	cmd := &cobra.Command{
		Use: "add FROM TO", Short: "Say that you are away", Args: cobra.ExactArgs(2),
		Long:    "Say that you are away: two dates, the last one included, or two instants. Answers with what you owe that is due meanwhile.",
		Example: "  meantime away add 2026-07-01 2026-07-14 --stand-in ben",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			body := map[string]any{"from": args[0], "to": args[1], "reason": reason}
			if standIn != "" {
				who, err := person(cmd.Context(), c, standIn)
				if err != nil {
					return err
				}
				body["stand_in"] = who
			}
			var made raw[absence]
			if err := c.call(cmd.Context(), "POST", "/me/absences", body, &made); err != nil {
				return err
			}
			return e.show(made, func() {
				e.say("You are away from %s to %s (%s).", made.known.From, made.known.To, made.known.ID)
				e.say("What is due meanwhile: meantime away due %s", made.known.ID)
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why; everybody in the workspace may read it")
	cmd.Flags().StringVar(&standIn, "stand-in", "", "who stands in (handle)")
	return cmd
}

// person finds one person by their handle.
func person(ctx context.Context, c *client, handle string) (string, error) {
	to, err := recipients(ctx, c, []string{handle})
	if err != nil {
		return "", err
	}
	if len(to["people"]) == 0 {
		return "", fmt.Errorf("@%s is a team; name one person", strings.TrimPrefix(handle, "@"))
	}
	return to["people"][0], nil
}

func (e *env) awayList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "Your absences", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var page raw[struct {
			Items []absence `json:"items"`
		}]
		if err := c.call(cmd.Context(), "GET", "/me/absences", nil, &page); err != nil {
			return err
		}
		return e.show(page, func() {
			table := [][]string{}
			for _, a := range page.known.Items {
				by := "nobody stands in"
				if a.StandIn != nil {
					by = a.StandIn.Name + " stands in"
				}
				table = append(table, []string{a.ID, a.From, a.To, by, a.Reason})
			}
			e.table(table)
		})
	}}
}

func (e *env) awayDue() *cobra.Command {
	return &cobra.Command{Use: "due ABSENCE", Short: "What you owe that is due while you are away", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var page raw[struct {
			Items []struct {
				Ask  ask        `json:"ask"`
				Due  *time.Time `json:"due"`
				Told bool       `json:"told"`
			} `json:"items"`
		}]
		if err := c.call(cmd.Context(), "GET", "/me/absences/"+url.PathEscape(args[0])+"/asks", nil, &page); err != nil {
			return err
		}
		return e.show(page, func() {
			if len(page.known.Items) == 0 {
				e.say("Nothing is due while you are away.")
				return
			}
			table := [][]string{}
			for _, x := range page.known.Items {
				what := x.Ask.Text
				if what == "" {
					what = x.Ask.ThreadTitle
				}
				did := ""
				if x.Told {
					did = "told"
				}
				table = append(table, []string{x.Ask.ID, what, "due " + e.local(x.Due), did})
			}
			e.table(table)
			e.say("Pass one on: meantime answer ASK --pass HANDLE. Tell whoever asked: meantime away tell ASK %s", args[0])
		})
	}}
}

func (e *env) awayTell() *cobra.Command {
	var note string
	cmd := &cobra.Command{Use: "tell ASK ABSENCE", Short: "Tell whoever asked that you are away when it is due", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var out raw[ask]
		body := map[string]any{"absence": args[1], "note": note}
		if err := c.call(cmd.Context(), "POST", "/asks/"+url.PathEscape(args[0])+"/absence-notice", body, &out); err != nil {
			return err
		}
		return e.show(out, func() { e.say("They are told with their next digest.") })
	}}
	cmd.Flags().StringVar(&note, "note", "", "a word to them")
	return cmd
}

func (e *env) reassign() *cobra.Command {
	return &cobra.Command{Use: "reassign ASK WHO INSTEAD", Short: "Ask somebody else in the place of one who has not answered", Args: cobra.ExactArgs(3), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		from, err := person(cmd.Context(), c, args[1])
		if err != nil {
			return err
		}
		to, err := person(cmd.Context(), c, args[2])
		if err != nil {
			return err
		}
		var out raw[ask]
		if err := c.call(cmd.Context(), "POST", "/asks/"+url.PathEscape(args[0])+"/reassignment", map[string]any{"from": from, "to": to}, &out); err != nil {
			return err
		}
		return e.show(out, func() { e.asked([]ask{out.known}) })
	}}
}
