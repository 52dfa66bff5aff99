package cli

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) stormMake() *cobra.Command {
	var title, owner, window string
	cmd := &cobra.Command{
		Use: "make BRAINSTORM task|decision|thread IDEA...", Short: "Make a task, a decision or a thread of ideas", Args: cobra.MinimumNArgs(3),
		Example: "  meantime brainstorm make brain_… task 4 --owner mei --window 1d\n  meantime brainstorm make brain_… decision 4 7 --title \"Which of the two?\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if k := args[1]; k != "task" && k != "decision" && k != "thread" {
				return fmt.Errorf("ideas become a task, a decision or a thread, not %q", k)
			}
			b, err := boardNow(cmd.Context(), c, args[0])
			if err != nil {
				return err
			}
			body := map[string]any{"kind": args[1]}
			if body["ideas"], err = b.ideas(args[2:]); err != nil {
				return err
			}
			if owner != "" {
				if body["owner"], err = personOf(cmd.Context(), c, owner); err != nil {
					return err
				}
			}
			for field, v := range map[string]string{"title": title, "window": window} {
				if v != "" {
					body[field] = v
				}
			}
			var out raw[boardOf]
			if err := c.call(cmd.Context(), "POST", storm(args[0])+"/outcomes", body, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.stormOutcomes(out.known) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&title, "title", "", "what it is called; the first idea's words when empty")
	f.StringVar(&owner, "owner", "", "whose task it is, by handle; yours when empty")
	f.StringVar(&window, "window", "", "how much of their own working time a task may take: 1d when empty")
	return cmd
}

// stormOutcomes writes what became of ideas.
func (e *env) stormOutcomes(b boardOf) {
	for _, o := range b.Outcomes {
		owner := ""
		if o.Owner != nil {
			owner = ", " + o.Owner.Name
		}
		if o.DoneAt != nil {
			owner += ", done " + e.local(o.DoneAt)
		}
		e.say("A %s%s: %s   %s %s", o.Kind, owner, o.Title, o.ID, o.Path)
	}
}

func (e *env) stormFinish() *cobra.Command {
	var undo bool
	cmd := &cobra.Command{Use: "finish BRAINSTORM TASK", Short: "Say that a task is done, or take that back", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		path := storm(args[0]) + "/outcomes/" + url.PathEscape(args[1]) + "/done"
		if undo {
			return e.act(cmd.Context(), "DELETE", path, nil, "It is to be done still.")
		}
		return e.act(cmd.Context(), "PUT", path, nil, "It is done.")
	}}
	cmd.Flags().BoolVar(&undo, "undo", false, "it is not done")
	return cmd
}

func (e *env) stormTemplates() *cobra.Command {
	return &cobra.Command{Use: "templates", Short: "What a brainstorm can start from", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		all, err := list[raw[struct {
			Key    string   `json:"key"`
			Name   string   `json:"name"`
			Groups []string `json:"groups"`
			Plan   []struct {
				Phase  string `json:"phase"`
				Window string `json:"window"`
			} `json:"plan"`
			Vote struct {
				Method string `json:"method"`
			} `json:"vote"`
		}]](cmd.Context(), c, "/brainstorm-templates", url.Values{}, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{}
			for _, t := range all {
				var plan []string
				for _, s := range t.known.Plan {
					plan = append(plan, strings.Trim(s.Phase+"="+s.Window, "="))
				}
				rows = append(rows, []string{t.known.Key, t.known.Name, strings.Join(plan, ","), t.known.Vote.Method, strings.Join(t.known.Groups, ", ")})
			}
			e.table(rows)
		})
	}}
}

// voteRule is how ideas are voted, from what was given.
func voteRule(method string, dots, most int) (map[string]any, error) {
	if method == "" {
		if dots > 0 || most > 0 {
			return nil, errors.New("--dots and --most-dots are for --vote dots")
		}
		return nil, nil
	}
	rule := map[string]any{"method": method}
	if dots > 0 {
		rule["dots"] = dots
	}
	if most > 0 {
		rule["most"] = most
	}
	return rule, nil
}
