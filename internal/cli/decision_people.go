package cli

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func (e *env) decisionInvite() *cobra.Command {
	return &cobra.Command{Use: "invite DECISION HANDLE...", Short: "Entitle more people; the end waits for their share of hours", Args: cobra.MinimumNArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		to, err := recipients(cmd.Context(), c, args[1:])
		if err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "POST", args[0], "/voters", map[string]any{"people": to["people"], "teams": to["teams"]})
	}}
}

// voter is somebody who is entitled.
type voter struct {
	Person   personRef  `json:"person"`
	Voted    bool       `json:"voted"`
	Declined bool       `json:"declined"`
	Guest    bool       `json:"guest"`
	ShareAt  *time.Time `json:"share_at"`
}

func (e *env) decisionPeople() *cobra.Command {
	return &cobra.Command{Use: "people DECISION", Short: "Who is entitled, who has had their say, and by when each has had their hours", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		all, err := list[raw[voter]](cmd.Context(), c, decisionKey(args[0])+"/voters", url.Values{}, 0)
		if err != nil {
			return err
		}
		coming, err := awaitedOf(cmd.Context(), c, args[0])
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{{"WHO", "", "THEIR SHARE BY"}}
			for _, v := range all {
				said := "not yet"
				switch {
				case v.known.Voted:
					said = "had their say"
				case v.known.Declined:
					said = "will not vote"
				}
				if v.known.Guest {
					said += ", guest"
				}
				rows = append(rows, []string{"@" + v.known.Person.Handle + " " + v.known.Person.Name, said, e.local(v.known.ShareAt)})
			}
			for _, w := range coming {
				said := "invited from outside, not here yet"
				if w.known.Returned != "" {
					said = "invited from outside; the mail did not arrive: " + w.known.Returned
				}
				rows = append(rows, []string{strings.TrimSpace(w.known.Email + " " + w.known.Name), said, "link until " + e.local(&w.known.ExpiresAt)})
			}
			e.table(rows)
		})
	}}
}

// voterOf finds who is entitled by their handle. Guests are found here and nowhere else.
func voterOf(ctx context.Context, c *client, decision, handle string) (string, error) {
	all, err := list[voter](ctx, c, decisionKey(decision)+"/voters", url.Values{}, 0)
	if err != nil {
		return "", err
	}
	for _, v := range all {
		if strings.EqualFold(v.Person.Handle, strings.TrimPrefix(handle, "@")) {
			return v.Person.ID, nil
		}
	}
	return personOf(ctx, c, handle)
}

func (e *env) decisionUninvite() *cobra.Command {
	return &cobra.Command{Use: "uninvite DECISION PERSON|EMAIL", Short: "Entitle somebody no more who has not had their say, or take the invitation of an address back", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		if isAddress(args[1]) {
			return e.uninviteGuest(cmd.Context(), c, args[0], args[1])
		}
		who, err := voterOf(cmd.Context(), c, args[0], args[1])
		if err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "DELETE", args[0], "/voters/"+who, nil)
	}}
}

func (e *env) decisionDecider() *cobra.Command {
	return &cobra.Command{Use: "decider DECISION PERSON", Short: "Name another decider", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		who, err := personOf(cmd.Context(), c, args[1])
		if err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "PUT", args[0], "/decider", map[string]any{"decider": who})
	}}
}

func (e *env) decisionExtend() *cobra.Command {
	var fair time.Duration
	var end string
	cmd := &cobra.Command{
		Use: "extend DECISION", Short: "Give more time: of everybody's own hours, or until a moment", Args: cobra.ExactArgs(1),
		Example: "  meantime decision extend dec_… --fair 8h\n  meantime decision extend dec_… --end \"2026-12-01 16:00\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(anyOf(cmd, "how much time to give", "fair", "end"), apart(cmd, "fair", "end")); err != nil {
				return err
			}
			body := map[string]any{}
			if cmd.Flags().Changed("fair") {
				body["fair"] = int64(fair / time.Minute)
			}
			if err := e.momentInto(body, "end", end); err != nil {
				return err
			}
			return e.decisionShow(cmd.Context(), "POST", args[0], "/extension", body)
		},
	}
	cmd.Flags().DurationVar(&fair, "fair", 0, "so much of everybody's own working time from now on, such as 8h")
	cmd.Flags().StringVar(&end, "end", "", "or until then: \"2026-12-01 16:00\" on your clock, or 2026-12-01T16:00:00Z")
	return cmd
}

func (e *env) decisionObject() *cobra.Command {
	return &cobra.Command{
		Use: "object DECISION TEXT", Short: "Object, or object after the close as somebody who was absent: the decision goes on", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, d, err := decisionFor(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if d.State == "open" && d.Kind == "consent" {
				return e.decisionShow(cmd.Context(), "PUT", args[0], "/ballot", map[string]any{"choice": "object", "reason": args[1]})
			}
			return e.decisionShow(cmd.Context(), "POST", args[0], "/objections", map[string]any{"words": args[1]})
		},
	}
}

// objector finds who objected by their handle.
func objector(ctx context.Context, c *client, decision, handle string) (string, error) {
	var d decidedWhole
	if err := c.call(ctx, "GET", decisionKey(decision), nil, &d); err != nil {
		return "", err
	}
	i := slices.IndexFunc(d.Objections, func(o objection) bool {
		return strings.EqualFold(o.Person.Handle, strings.TrimPrefix(handle, "@"))
	})
	if i < 0 {
		return "", errors.New("@" + strings.TrimPrefix(handle, "@") + " does not object here, as far as it is open to you; see: meantime decision show " + decision)
	}
	return d.Objections[i].Person.ID, nil
}

func (e *env) decisionSettle(verb, state, short string) *cobra.Command {
	return &cobra.Command{Use: verb + " DECISION PERSON TEXT", Short: short, Args: cobra.ExactArgs(3), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		who, err := objector(cmd.Context(), c, args[0], args[1])
		if err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "PUT", args[0], "/objections/"+who, map[string]any{"state": state, "words": args[2]})
	}}
}

func (e *env) decisionUnobject() *cobra.Command {
	return &cobra.Command{Use: "unobject DECISION [TEXT]", Short: "Take your objection back, perhaps saying why", Args: cobra.RangeArgs(1, 2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		who, err := me(cmd.Context(), c)
		if err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "PUT", args[0], "/objections/"+who, map[string]any{"state": "withdrawn", "words": strings.Join(args[1:], "")})
	}}
}
