package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// planWords reads phases as they are typed: collect=8h for a share of everybody's hours,
// vote=2026-03-20T17:00:00Z for a fixed end, refine alone for one that ends by hand.
func planWords(list []string) []map[string]string {
	steps := []map[string]string{}
	for _, p := range list {
		phase, end, _ := strings.Cut(p, "=")
		step := map[string]string{"phase": phase}
		switch {
		case strings.Contains(end, "T"):
			step["until"] = end
		case end != "":
			step["window"] = end
		}
		steps = append(steps, step)
	}
	return steps
}

func (e *env) stormChange() *cobra.Command {
	var title, prompt, vote, to string
	var plan []string
	var hide, byHand, preview bool
	cmd := &cobra.Command{
		Use: "change BRAINSTORM", Short: "Change its question, its phases, or how it is voted, as far as that is still fair", Args: cobra.ExactArgs(1),
		Long: "Change a brainstorm that you facilitate. What people have acted upon already stays, and the answer says why: whether ideas stand under names, a number that was promised to be hidden, a rule by which somebody has voted.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			body, set := map[string]any{}, cmd.Flags().Changed
			for name, v := range map[string]any{"title": title, "prompt": prompt, "hide-count": hide, "by-hand": byHand} {
				if set(name) {
					body[strings.ReplaceAll(name, "-", "_")] = v
				}
			}
			if set("vote") {
				body["vote"] = map[string]any{"method": vote}
			}
			if set("plan") {
				body["plan"] = planWords(plan)
			}
			if set("facilitator") {
				who, err := recipients(cmd.Context(), c, []string{to})
				if err != nil {
					return err
				}
				if len(who["people"]) != 1 {
					return fmt.Errorf("name one person to facilitate, such as @mei")
				}
				body["facilitator"] = who["people"][0]
			}
			if len(body) == 0 {
				return fmt.Errorf("say what to change; see: meantime brainstorm change --help")
			}
			if preview {
				for name := range body {
					if name != "plan" && name != "by_hand" {
						delete(body, name)
					}
				}
				return e.stormAhead(c, cmd, storm(args[0])+"/forecast", body)
			}
			return e.stormCall(cmd.Context(), c, "PATCH", storm(args[0]), body)
		},
	}
	f := cmd.Flags()
	f.StringVar(&title, "title", "", "the question")
	f.StringVar(&prompt, "prompt", "", "what people should think about, in Markdown")
	f.StringVar(&to, "facilitator", "", "who facilitates from now on, as @handle")
	f.StringVar(&vote, "vote", "", "likes, dots, points, scale or impact_effort")
	f.StringSliceVar(&plan, "plan", nil, "the present phase and those to come: cluster=4h,vote=2026-03-20T17:00:00Z")
	f.BoolVar(&preview, "preview", false, "only say when each phase would end")
	f.BoolVar(&hide, "hide-count", false, "hide how many ideas there are while they are collected")
	f.BoolVar(&byHand, "by-hand", false, "phases change only when you say so")
	return cmd
}

func (e *env) stormRooms() *cobra.Command {
	var by string
	var through []string
	var gather, undo bool
	cmd := &cobra.Command{
		Use: "rooms BRAINSTORM", Short: "Divide people into rooms, bring the rooms together, or take them away", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			switch {
			case gather:
				return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/gathering", nil)
			case undo:
				return e.stormCall(cmd.Context(), c, "DELETE", storm(args[0])+"/rooms", nil)
			}
			return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/rooms", map[string]any{"by": by, "through": through})
		},
	}
	f := cmd.Flags()
	f.StringVar(&by, "by", "overlap", "overlap: people whose hours lie together; mixture: from as many hours as possible")
	f.StringSliceVar(&through, "through", nil, "what rooms do beside collecting: reveal, cluster, refine")
	f.BoolVar(&gather, "gather", false, "bring the rooms together")
	f.BoolVar(&undo, "undo", false, "take the rooms away, while nobody has written in one")
	cmd.MarkFlagsMutuallyExclusive("gather", "undo")
	return cmd
}
