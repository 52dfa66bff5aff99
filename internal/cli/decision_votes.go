package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// marks is a ballot as it was filled in.
type marks struct {
	Abstain  bool              `json:"abstain"`
	Choice   string            `json:"choice"`
	Approved []string          `json:"approved"`
	Ranking  [][]string        `json:"ranking"`
	Scores   map[string]int64  `json:"scores"`
	Reason   string            `json:"reason"`
	Reasons  map[string]string `json:"reasons"`
}

// ballot says a ballot in a line, the options by their names.
func (e *env) ballot(m marks, d decidedWhole) string {
	switch {
	case m.Abstain:
		return "abstains"
	case m.Choice != "":
		return strings.Join(e.names(d, []string{m.Choice}), "")
	case len(m.Approved) > 0:
		return strings.Join(e.names(d, m.Approved), ", ")
	case len(m.Ranking) > 0:
		var order []string
		for _, equal := range m.Ranking {
			order = append(order, strings.Join(e.names(d, equal), " = "))
		}
		return strings.Join(order, " > ")
	}
	keys := slices.SortedFunc(maps.Keys(m.Scores), func(a, b string) int { return cmp.Or(cmp.Compare(m.Scores[b], m.Scores[a]), cmp.Compare(a, b)) })
	var out []string
	for _, k := range keys {
		given := strconv.FormatInt(m.Scores[k], 10)
		if d.Kind == "time" {
			given = map[int64]string{0: "no", 1: "if need be", 2: "yes"}[m.Scores[k]]
		}
		out = append(out, e.names(d, []string{k})[0]+" "+given)
	}
	return strings.Join(out, ", ")
}

// sayMarks writes a ballot with its reasons.
func (e *env) sayMarks(who string, m marks, d decidedWhole) {
	e.say("%s%s", who, e.ballot(m, d))
	if m.Reason != "" {
		e.say("    %s", m.Reason)
	}
	for _, k := range slices.Sorted(maps.Keys(m.Reasons)) {
		e.say("    %s: %s", e.names(d, []string{k})[0], m.Reasons[k])
	}
}

func (e *env) decisionBallots() *cobra.Command {
	return &cobra.Command{
		Use: "ballots DECISION", Short: "What others said, as far as it is open to you", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, d, err := decisionFor(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			path := "/ballots"
			if d.Rules.Anonymous {
				path = "/opened-ballots"
			}
			all, err := list[raw[struct {
				Person    personRef `json:"person"`
				Marks     marks     `json:"marks"`
				MovedWhy  string    `json:"moved_why"`
				ChangedAt time.Time `json:"changed_at"`
			}]](cmd.Context(), c, decisionKey(args[0])+path, url.Values{}, 0)
			if err != nil {
				return err
			}
			return e.show(all, func() {
				if len(all) == 0 {
					e.say("No ballots are open to you.")
				}
				for _, b := range all {
					who := ""
					if b.known.Person.Name != "" {
						who = b.known.Person.Name + ": "
					}
					e.sayMarks(who, b.known.Marks, d)
					if b.known.MovedWhy != "" {
						e.say("    Changed it: %s", b.known.MovedWhy)
					}
				}
			})
		},
	}
}

func (e *env) decisionUnvote() *cobra.Command {
	return e.decisionDo("unvote DECISION", "Take your vote back while the decision is open", "DELETE", "/ballot")
}

func (e *env) decisionKept() *cobra.Command {
	return &cobra.Command{
		Use: "kept DECISION", Short: "What is kept of a vote in a decision", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			var out raw[struct {
				Kept    []string `json:"kept"`
				Receipt string   `json:"receipt"`
			}]
			if err := c.call(cmd.Context(), "GET", decisionKey(args[0])+"/secrecy", nil, &out); err != nil {
				return err
			}
			return e.show(out, func() {
				for _, k := range append(out.known.Kept, out.known.Receipt) {
					if k != "" {
						e.say("%s", k)
					}
				}
			})
		},
	}
}

func (e *env) decisionKinds() *cobra.Command {
	var long bool
	cmd := &cobra.Command{
		Use: "kinds", Short: "The kinds of decision, how each is counted and how ties are broken", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			all, err := list[raw[struct {
				Kind    string `json:"kind"`
				Says    string `json:"says"`
				Methods []struct {
					Key, Name, Ballot, Sentence, Ties string
				} `json:"methods"`
			}]](cmd.Context(), c, "/decisions/kinds", url.Values{}, 0)
			if err != nil {
				return err
			}
			return e.show(all, func() {
				for _, k := range all {
					e.say("%s: %s", k.known.Kind, k.known.Says)
					for _, m := range k.known.Methods {
						if long {
							e.say("  %s (%s): %s %s", m.Name, m.Key, m.Sentence, m.Ties)
						}
					}
				}
			})
		},
	}
	cmd.Flags().BoolVar(&long, "long", false, "with the ways of counting and their tie rules")
	return cmd
}

// optionKeys finds options by key, by letter or by name.
func optionKeys(ctx context.Context, c *client, decision string, given []string) ([]string, error) {
	if len(given) == 0 {
		return []string{}, nil
	}
	var d decidedWhole
	if err := c.call(ctx, "GET", decisionKey(decision), nil, &d); err != nil {
		return nil, err
	}
	out := []string{}
next:
	for _, g := range given {
		for i, o := range d.Options {
			letter := i < 26 && strings.EqualFold(g, string(rune('A'+i)))
			if g == o.Key || letter || strings.EqualFold(g, o.Name) {
				out = append(out, o.Key)
				continue next
			}
		}
		return nil, fmt.Errorf("there is no option %q; see: meantime decision show %s", g, decision)
	}
	return out, nil
}
