package cli

import (
	"time"

	"github.com/spf13/cobra"
)

func (e *env) decisionOutcome() *cobra.Command {
	var reason, dissent, review string
	var chosen, replaces []string
	cmd := &cobra.Command{Use: "outcome DECISION TEXT", Short: "Write the outcome", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		keys, err := optionKeys(cmd.Context(), c, args[0], chosen)
		if err != nil {
			return err
		}
		in := map[string]any{"markdown": args[1], "reason": reason, "dissent": dissent, "chosen": keys, "supersedes": replaces}
		if err := e.momentInto(in, "review_at", review); err != nil {
			return err
		}
		return e.decisionShow(cmd.Context(), "POST", args[0], "/outcome", in)
	}}
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why")
	f.StringVar(&dissent, "dissent", "", "what spoke against it")
	f.StringVar(&review, "review", "", "when to look at it again: \"2027-04-05 09:00\" on your clock, or 2027-04-05T09:00:00Z")
	f.StringSliceVar(&chosen, "chosen", []string{}, "names, letters or keys of the options chosen")
	f.StringSliceVar(&replaces, "replaces", []string{}, "decisions that it replaces, by id")
	return cmd
}

func (e *env) decisionReview() *cobra.Command {
	var next string
	cmd := &cobra.Command{
		Use: "review DECISION", Short: "Say that you looked at the outcome again and it holds", Args: cobra.ExactArgs(1),
		Long: "Say that you looked at the outcome again and it holds. When it does not, take it back with decision reopen, or replace it with the outcome of a new decision (--replaces).",
		RunE: func(cmd *cobra.Command, args []string) error {
			body := map[string]any{}
			if err := e.momentInto(body, "next", next); err != nil {
				return err
			}
			return e.decisionShow(cmd.Context(), "POST", args[0], "/reviews", body)
		},
	}
	cmd.Flags().StringVar(&next, "next", "", "when to look at it once more: \"2027-10-05 09:00\" on your clock")
	return cmd
}

func (e *env) decisionFeed() *cobra.Command {
	var anew, off bool
	cmd := &cobra.Command{
		Use: "feed", Short: "The address at which a feed reader follows your register", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := apart(cmd, "new", "off"); err != nil {
				return err
			}
			const path = "/me/decision-feed"
			if off {
				return e.act(cmd.Context(), "DELETE", path, nil, "The feed is off; its address opens nothing.")
			}
			c, err := signedIn()
			if err != nil {
				return err
			}
			method := "GET"
			if anew {
				method = "POST"
			}
			var out raw[struct {
				URL    string     `json:"url"`
				MadeAt *time.Time `json:"made_at"`
			}]
			if err := c.call(cmd.Context(), method, path, nil, &out); err != nil {
				return err
			}
			return e.show(out, func() {
				switch {
				case out.known.URL != "":
					e.say("%s\nWhoever has this address can read your register. It is told this once.", out.known.URL)
				case out.known.MadeAt != nil:
					e.say("There is a feed since %s. Its address was told once; make a new one with --new.", e.local(out.known.MadeAt))
				default:
					e.say("There is no feed. Make one with: meantime decision feed --new")
				}
			})
		},
	}
	cmd.Flags().BoolVar(&anew, "new", false, "make the feed, or give it a new address; the one before opens nothing")
	cmd.Flags().BoolVar(&off, "off", false, "switch it off")
	return cmd
}
