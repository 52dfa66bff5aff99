package cli

import (
	"context"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) checkin() *cobra.Command {
	cmd := &cobra.Command{
		Use: "checkin", Aliases: []string{"checkins"}, Short: "Check-ins: what is asked of you, and what the others say", Args: cobra.NoArgs,
		Example: "  meantime checkin\n  meantime checkin new launch standup --team crew\n  meantime checkin answer \"1. Shipped it\" \"2. The next one\"\n  meantime checkin answer nothing\n  meantime checkin report chk_01k…",
		RunE:    func(cmd *cobra.Command, _ []string) error { return e.checkinMine(cmd.Context()) },
	}
	one := func(use, short, method, path, done string, body func([]string) any, args cobra.PositionalArgs) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), method, series(args[0])+path, body(args), done)
		}}
	}
	nothing := func([]string) any { return nil }
	cmd.AddCommand(
		e.checkinList(), e.checkinShow(), e.checkinTemplates(), e.checkinNew(), e.checkinChange(),
		e.checkinAnswer(), e.checkinReports(), e.checkinAnswers(), e.checkinBlockers(), e.checkinTrends(),
		&cobra.Command{Use: "report CHECKIN", Short: "What is new to you, with everybody's latest; or a report by its id", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.checkinReport(cmd.Context(), args[0])
		}},
		&cobra.Command{Use: "skip [TURN]", Short: "Let yourself off for today", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.checkinSkip(cmd.Context(), strings.Join(args, ""))
		}},
		&cobra.Command{Use: "settle BLOCKER", Short: "Say that what you waited for is settled", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), "POST", "/checkin-blockers/"+url.PathEscape(args[0])+"/settlement", nil, "Settled.")
		}},
		&cobra.Command{Use: "export CHECKIN", Short: "All answers that you may read, as CSV", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.checkinExport(cmd.Context(), args[0])
		}},
		one("pause CHECKIN [DATE]", "Ask nobody, until a date or until it is resumed", "PUT", "/pause", "Paused.", func(args []string) any {
			return map[string]any{"until": strings.Join(args[1:], "")}
		}, cobra.RangeArgs(1, 2)),
		one("resume CHECKIN", "Ask again", "DELETE", "/pause", "It goes on.", nothing, cobra.ExactArgs(1)),
		one("take CHECKIN", "Have it asked in your name, for instance from somebody who has left", "PUT", "/owner", "From now on it is asked in your name.", nothing, cobra.ExactArgs(1)),
		one("follow CHECKIN", "Get its reports, each in your morning", "PUT", "/follow", "You get its reports.", nothing, cobra.ExactArgs(1)),
		one("unfollow CHECKIN", "Get its reports no more", "DELETE", "/follow", "You get its reports no more.", nothing, cobra.ExactArgs(1)),
		&cobra.Command{Use: "back TURN", Short: "Take back an answer that nobody was told of yet; its words stay as a draft", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), "DELETE", "/checkin-turns/"+url.PathEscape(args[0])+"/answer", nil, "Taken back. Its words are kept as your draft.")
		}},
		&cobra.Command{
			Use: "end CHECKIN [OUTCOME]", Short: "End it for good; what was said stays, and what is waited for stays open", Args: cobra.RangeArgs(1, 2),
			Long: "Ends a check-in for good and concludes its thread with the outcome. What waits for an answer is let go.\nWhat people wait for is between them: it stays open, and whoever was asked still answers, until it is settled.",
			RunE: func(cmd *cobra.Command, args []string) error {
				return e.checkinEnd(cmd.Context(), args[0], strings.Join(args[1:], ""))
			},
		})
	return cmd
}

func (e *env) checkinMine(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	due, err := list[raw[checkinDue]](ctx, c, "/me/checkins", url.Values{}, 0)
	if err != nil {
		return err
	}
	var turns []raw[checkinTurn]
	for _, d := range due {
		var t raw[checkinTurn]
		if err := c.call(ctx, "GET", "/checkin-turns/"+d.known.Turn, nil, &t); err != nil {
			return err
		}
		turns = append(turns, t)
	}
	return e.show(turns, func() {
		if len(turns) == 0 {
			e.say("No check-in asks anything of you now.")
		}
		for _, t := range turns {
			e.turn(t.known)
		}
	})
}

func (e *env) turn(t checkinTurn) {
	e.say("%s, %s, until %s   %s", t.Name, t.Date, e.local(t.DueAt), t.ID)
	for i, q := range t.Questions {
		e.say("  %d. %s%s", i+1, q.Text, q.hint())
	}
	for _, d := range t.Did {
		e.say("     · %s", d.Words)
	}
	for _, b := range t.Waiting {
		e.say("  You wait for: %s   %s", b.words(), b.ID)
	}
	e.say("  meantime checkin answer \"1. …\" \"2. …\", or: nothing, or: meantime checkin skip")
}

// words say what is waited for, and for whom.
func (b checkinBlocker) words() string {
	if b.For == nil {
		return b.Words
	}
	return b.Words + " (" + b.For.Name + ")"
}

// checkinEnd ends a check-in, and says what is still waited for.
func (e *env) checkinEnd(ctx context.Context, x, outcome string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct{}]
	if err := c.call(ctx, "POST", "/checkins/"+url.PathEscape(x)+"/end", map[string]any{"outcome": outcome}, &out); err != nil {
		return err
	}
	waits, err := list[checkinBlocker](ctx, c, "/checkins/"+url.PathEscape(x)+"/blockers", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(out, func() {
		e.say("Ended. What was said stays.")
		if len(waits) > 0 {
			e.say("This is still waited for, and stays open until it is settled:")
		}
		for _, b := range waits {
			e.say("  %s waits for: %s   %s", b.Person.Name, b.words(), b.ID)
		}
	})
}
