package cli

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

type shift struct {
	Person personRef  `json:"person"`
	From   *time.Time `json:"from"`
	To     *time.Time `json:"to"`
}

type onDuty struct {
	Team struct {
		Name   string `json:"name"`
		Handle string `json:"handle"`
	} `json:"team"`
	Now  *shift `json:"now"`
	Next *shift `json:"next"`
}

type rota struct {
	onDuty
	Shifts  []shift     `json:"shifts"`
	Missing []shift     `json:"missing"`
	Silent  []personRef `json:"silent"`
}

func (e *env) duty() *cobra.Command {
	cmd := &cobra.Command{
		Use: "duty [TEAM]", Short: "Who is on duty now and next; with a team, its shifts and gaps", Args: cobra.MaximumNArgs(1),
		Example: "  meantime duty\n  meantime duty ops\n  meantime duty set ops rota.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return e.dutyOf(cmd.Context(), args[0])
			}
			return e.dutyNow(cmd.Context())
		},
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "set TEAM FILE", Short: "Make or change a team's rota from JSON, as the API takes it (- for standard input)", Args: cobra.ExactArgs(2),
			RunE: func(cmd *cobra.Command, args []string) error { return e.dutySet(cmd.Context(), args[0], args[1]) },
		},
		&cobra.Command{
			Use: "hand HANDOVER GOING-ON [WATCH]", Short: "Write the handover note that you were asked for", Args: cobra.RangeArgs(2, 3),
			RunE: func(cmd *cobra.Command, args []string) error { return e.dutyHand(cmd.Context(), args) },
		},
		&cobra.Command{
			Use: "mine", Short: "What duty asks of you: notes, swaps, where you are on duty", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return e.dutyMine(cmd.Context()) },
		},
		e.swap("accept", "Take the duty that somebody offered you", "/acceptance", "It is yours now."),
		e.swap("decline", "Decline a swap", "/decline", "Declined."),
		e.swap("withdraw", "Take back a swap that you offered", "/withdrawal", "Taken back."))
	return cmd
}

func (e *env) swap(use, short, path, done string) *cobra.Command {
	return &cobra.Command{Use: use + " SWAP", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return e.act(cmd.Context(), "POST", "/duty/swaps/"+url.PathEscape(args[0])+path, nil, done)
	}}
}

// act does one thing and says that it is done.
func (e *env) act(ctx context.Context, method, path string, body any, done string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct{}]
	if err := c.call(ctx, method, path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.say("%s", done) })
}

func (e *env) dutyNow(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	all, err := list[raw[onDuty]](ctx, c, "/duty", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		if len(all) == 0 {
			e.say("No team has a duty rota yet.")
			return
		}
		rows := [][]string{{"TEAM", "ON DUTY", "UNTIL", "THEN"}}
		for _, d := range all {
			row := []string{"@duty-" + d.known.Team.Handle, "nobody", "", ""}
			if n := d.known.Now; n != nil {
				row[1], row[2] = n.Person.Name, e.local(n.To)
			}
			if n := d.known.Next; n != nil {
				row[3] = n.Person.Name + " from " + e.local(n.From)
			}
			rows = append(rows, row)
		}
		e.table(rows)
	})
}

func (e *env) dutyOf(ctx context.Context, handle string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	team, err := teamID(ctx, c, handle)
	if err != nil {
		return err
	}
	var out raw[rota]
	if err := c.call(ctx, "GET", "/teams/"+team+"/duty", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		rows := [][]string{{"FROM", "TO", "ON DUTY"}}
		gaps := out.known.Missing
		for _, s := range out.known.Shifts {
			for len(gaps) > 0 && gaps[0].From.Before(*s.From) {
				rows = append(rows, []string{e.local(gaps[0].From), e.local(gaps[0].To), "nobody"})
				gaps = gaps[1:]
			}
			rows = append(rows, []string{e.local(s.From), e.local(s.To), s.Person.Name})
		}
		for _, g := range gaps {
			rows = append(rows, []string{e.local(g.From), e.local(g.To), "nobody"})
		}
		e.table(rows)
		for _, p := range out.known.Silent {
			e.say("! %s is on duty outside their hours and has not agreed to be paged then.", p.Name)
		}
	})
}

func (e *env) dutySet(ctx context.Context, handle, file string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	team, err := teamID(ctx, c, handle)
	if err != nil {
		return err
	}
	body, err := e.jsonFrom(file)
	if err != nil {
		return err
	}
	return e.act(ctx, "PUT", "/teams/"+team+"/duty", body, "The rota stands.")
}

func (e *env) dutyHand(ctx context.Context, args []string) error {
	body := map[string]any{"going_on": args[1]}
	if len(args) == 3 {
		body["watch"] = args[2]
	}
	return e.act(ctx, "PUT", "/duty/handovers/"+url.PathEscape(args[0]), body, "Handed over.")
}

func (e *env) dutyMine(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	type handover struct {
		ID      string     `json:"id"`
		At      *time.Time `json:"at"`
		From    personRef  `json:"from"`
		To      personRef  `json:"to"`
		GoingOn string     `json:"going_on"`
		Watch   string     `json:"watch"`
	}
	var out raw[struct {
		On       []onDuty   `json:"on"`
		Owed     []handover `json:"owed"`
		Received []handover `json:"received"`
		Swaps    []struct {
			ID    string     `json:"id"`
			Asker personRef  `json:"asker"`
			From  *time.Time `json:"from"`
			To    *time.Time `json:"to"`
		} `json:"swaps"`
	}]
	if err := c.call(ctx, "GET", "/me/duty", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		for _, d := range out.known.On {
			e.say("You are on duty for %s until %s.", d.Team.Name, e.local(d.Now.To))
		}
		for _, h := range out.known.Received {
			e.say("%s: %s %s", h.From.Name, h.GoingOn, h.Watch)
		}
		for _, h := range out.known.Owed {
			e.say("A handover note to %s is asked of you, by %s: meantime duty hand %s \"…\"", h.To.Name, e.local(h.At), h.ID)
		}
		for _, s := range out.known.Swaps {
			e.say("%s asks you to take %s to %s: meantime duty accept %s", s.Asker.Name, e.local(s.From), e.local(s.To), s.ID)
		}
		if len(out.known.On)+len(out.known.Owed)+len(out.known.Swaps) == 0 {
			e.say("Duty asks nothing of you now.")
		}
	})
}

func teamID(ctx context.Context, c *client, handle string) (string, error) {
	to, err := recipients(ctx, c, []string{handle})
	if err != nil {
		return "", err
	}
	if teams := to["teams"]; len(teams) == 1 {
		return teams[0], nil
	}
	return "", fmt.Errorf("@%s is no team", strings.TrimPrefix(handle, "@"))
}

// jsonFrom reads JSON from a file, or from standard input for -.
func (e *env) jsonFrom(file string) (any, error) {
	b, err := readFile(file)
	if file == "-" {
		b, err = io.ReadAll(e.in)
	}
	if err != nil {
		return nil, err
	}
	return decoded(b, file)
}
