package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) decision() *cobra.Command {
	cmd := &cobra.Command{
		Use: "decision", Short: "Decide together: make, vote, read the register",
		Example: "  meantime decision new \"Which logo?\" --space product --kind ranked --option Anchor --option Boat --to @design --fair 16h\n" +
			"  meantime decision vote dec_… \"B > A\"\n  meantime decision outcome dec_… \"The boat it is.\"",
	}
	cmd.AddCommand(e.decisionNew(), e.decisionChange(), e.decisionOpen(), e.decisionList(), e.decisionRead(), e.decisionKinds(),
		e.decisionVote(), e.decisionUnvote(), e.decisionBallots(), e.decisionReceipt(), e.decisionKept(),
		e.decisionPeople(), e.decisionInvite(), e.decisionInviteGuest(), e.decisionUninvite(), e.decisionDecider(),
		e.decisionExtend(), e.decisionObject(), e.decisionUnobject(),
		e.decisionSettle("resolve", "resolved", "Say how an objection was resolved"),
		e.decisionSettle("overrule", "overruled", "Overrule an objection, in writing: the decider alone"),
		e.decisionDo("close DECISION", "End a decision once everybody has had their say or their hours", "POST", "/closing"),
		e.decisionDo("withdraw DECISION REASON", "Call a decision off", "POST", "/withdrawal", "reason"),
		e.decisionOutcome(), e.decisionReview(),
		e.decisionDo("reopen DECISION REASON", "Take the outcome back, to write another", "POST", "/reopening", "reason"),
		e.decisionDo("copy DECISION", "Make a new draft of a decision, to ask it again", "POST", "/copies"),
		e.decisionDiscard(), e.decisionExport(), e.decisionFeed())
	return cmd
}

// decisionDo is a command that does one thing to a decision and shows it; what it takes
// beside the decision stands in the fields.
func (e *env) decisionDo(use, short, method, path string, fields ...string) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(1 + len(fields)), RunE: func(cmd *cobra.Command, args []string) error {
		if len(fields) == 0 {
			return e.decisionShow(cmd.Context(), method, args[0], path, nil)
		}
		body := map[string]any{}
		for i, f := range fields {
			body[f] = args[i+1]
		}
		return e.decisionShow(cmd.Context(), method, args[0], path, body)
	}}
}

func (e *env) decisionVote() *cobra.Command {
	var reason, moved, by, receipt string
	var reasons []string
	cmd := &cobra.Command{
		Use: "vote DECISION LINE", Short: "Vote: an option's name, number or letter; \"B > A\"; \"A 4, B 2\"; consent; \"object: why\"; abstain", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := map[string]any{"line": args[1], "reason": reason}
			c, err := signedIn()
			if err != nil {
				return err
			}
			if moved != "" {
				why := map[string]any{"why": moved}
				if by != "" {
					if why["by"], err = voterOf(cmd.Context(), c, args[0], by); err != nil {
						return err
					}
				}
				in["moved"] = why
			}
			if len(reasons) > 0 {
				if in["reasons"], err = reasonsOf(cmd.Context(), c, args[0], reasons); err != nil {
					return err
				}
			}
			if nameless, err := anonymous(cmd.Context(), c, args[0]); err != nil || nameless {
				if err == nil {
					err = e.voteSealed(cmd.Context(), c, args[0], receipt, in)
				}
				return err
			}
			return e.decisionShow(cmd.Context(), "PUT", args[0], "/ballot", in)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	cmd.Flags().StringVar(&receipt, "receipt", "", "of an anonymous decision: the receipt of your first vote, when it was cast elsewhere")
	cmd.Flags().StringArrayVar(&reasons, "about", nil, "why, about one option: \"Boat=It floats\"; may be given several times")
	cmd.Flags().StringVar(&by, "moved-by", "", "with --moved: whose argument it was, by their handle")
	cmd.Flags().StringVar(&moved, "moved", "", "under sealed reasons, when you change your vote: which argument changed your mind")
	return cmd
}

// reasonsOf reads reasons about single options, such as Boat=It floats.
func reasonsOf(ctx context.Context, c *client, decision string, given []string) (map[string]string, error) {
	out := map[string]string{}
	for _, g := range given {
		option, why, ok := strings.Cut(g, "=")
		if !ok {
			return nil, fmt.Errorf("%q is no reason about an option; write it like \"Boat=It floats\"", g)
		}
		keys, err := optionKeys(ctx, c, decision, []string{strings.TrimSpace(option)})
		if err != nil {
			return nil, err
		}
		out[keys[0]] = strings.TrimSpace(why)
	}
	return out, nil
}
