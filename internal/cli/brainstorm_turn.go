package cli

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/spf13/cobra"
)

func (e *env) stormDone() *cobra.Command {
	var undo bool
	cmd := &cobra.Command{Use: "done BRAINSTORM", Short: "Say that you are done with this phase, or take that back", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if undo {
			return e.act(cmd.Context(), "DELETE", storm(args[0])+"/done", nil, "You are not done with this phase.")
		}
		return e.act(cmd.Context(), "PUT", storm(args[0])+"/done", nil, "You are done with this phase.")
	}}
	cmd.Flags().BoolVar(&undo, "undo", false, "you are not done")
	return cmd
}

func (e *env) stormNext() *cobra.Command {
	var back, sure bool
	cmd := &cobra.Command{Use: "next BRAINSTORM", Short: "Go to the next phase now, or back one", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var b brainstorm
		if err := c.call(cmd.Context(), "GET", storm(args[0]), nil, &b); err != nil {
			return err
		}
		if back && !sure && b.Warnings.Back != "" {
			return fmt.Errorf("%s Add --sure to go back", b.Warnings.Back)
		}
		return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/steps", map[string]any{"from": b.Phase, "back": back, "sure": sure})
	}}
	cmd.Flags().BoolVar(&back, "back", false, "go back to the phase before")
	cmd.Flags().BoolVar(&sure, "sure", false, "you have read what going back means")
	return cmd
}

var voteWord = regexp.MustCompile(`^#?(\d+)(?:=([+-]?\d+)(?:/(\d+))?)?$`)

func (e *env) stormVote() *cobra.Command {
	return &cobra.Command{
		Use: "vote BRAINSTORM [NUMBER=VOTE...]", Short: "Vote by the numbers of the ideas, in place of how you voted before", Args: cobra.MinimumNArgs(1),
		Long: "Vote by the numbers of the ideas, in place of how you voted before. 4=2 gives idea 4 two dots, or two points, or +2; 4 alone is one; 4=5/2 is an impact of 5 and an effort of 2. Without votes, yours are taken back.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			var board boardOf
			if err := c.call(cmd.Context(), "GET", storm(args[0])+"/board", nil, &board); err != nil {
				return err
			}
			byN := map[string]string{}
			for _, i := range board.Ideas {
				if i.Merged == nil {
					byN[strconv.FormatInt(i.N, 10)] = i.ID
				}
			}
			votes := []map[string]any{}
			for _, w := range args[1:] {
				m := voteWord.FindStringSubmatch(w)
				if m == nil {
					return fmt.Errorf("%q is no vote; write the number of an idea and what you give it, such as 4=2", w)
				}
				if byN[m[1]] == "" {
					return fmt.Errorf("there is no idea number %s; see: meantime brainstorm show %s", m[1], args[0])
				}
				v := map[string]any{"idea": byN[m[1]], "value": int64(1)}
				if m[2] != "" {
					v["value"], _ = strconv.ParseInt(m[2], 10, 64)
				}
				if m[3] != "" {
					v["effort"], _ = strconv.ParseInt(m[3], 10, 64)
				}
				votes = append(votes, v)
			}
			return e.act(cmd.Context(), "PUT", storm(args[0])+"/ballot", map[string]any{"votes": votes}, "Your votes are counted at the close. Say that you are done with: meantime brainstorm done "+args[0])
		},
	}
}

func (e *env) stormEnd() *cobra.Command {
	var words string
	var sure bool
	cmd := &cobra.Command{Use: "end BRAINSTORM", Short: "End a brainstorm for good; its thread is concluded with the results", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var b brainstorm
		if err := c.call(cmd.Context(), "GET", storm(args[0]), nil, &b); err != nil {
			return err
		}
		if !sure && b.Warnings.End != "" {
			return fmt.Errorf("%s Add --sure to end it", b.Warnings.End)
		}
		return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/conclusion", map[string]any{"markdown": words, "sure": sure})
	}}
	cmd.Flags().StringVar(&words, "words", "", "what came of it, before the results, in Markdown")
	cmd.Flags().BoolVar(&sure, "sure", false, "you have read what ending means")
	return cmd
}
