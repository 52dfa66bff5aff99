package cli

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// chain is people and teams around the clock, whoever comes next in front.
type chain struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Space struct {
		Name string `json:"name"`
	} `json:"space"`
	Window  string `json:"window"`
	Version int64  `json:"version"`
	Steps   []struct {
		Person *personRef `json:"person"`
		Team   *struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"team"`
	} `json:"steps"`
	Members []struct {
		Person personRef  `json:"person"`
		Works  bool       `json:"works"`
		Reach  *time.Time `json:"reach"`
		Has    int        `json:"has"`
		Hours  []struct {
			From time.Time `json:"from"`
			To   time.Time `json:"to"`
		} `json:"hours"`
	} `json:"members"`
}

func chainPath(x string) string { return "/chains/" + url.PathEscape(x) }

// chainCall does something to a chain and shows it.
func (e *env) chainCall(ctx context.Context, c *client, method, path string, body any) error {
	var out raw[chain]
	if err := c.call(ctx, method, path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		x := out.known
		e.say("%s, %s to take what is offered   %s", x.Name, x.Window, x.ID)
		rows := [][]string{}
		for _, m := range x.Members {
			var hours []string
			for _, h := range m.Hours {
				hours = append(hours, e.local(&h.From)+"–"+h.To.In(e.zone()).Format("15:04"))
			}
			now := "reached " + e.local(m.Reach)
			if m.Works {
				now = "works now"
			}
			rows = append(rows, []string{"  @" + m.Person.Handle + " " + m.Person.Name, now, strings.Join(hours, ", ")})
		}
		e.table(rows)
	})
}

func (e *env) batonChains() *cobra.Command {
	return &cobra.Command{Use: "chains [SPACE]", Short: "The chains of the spaces that you may read", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		query := url.Values{}
		if len(args) == 1 {
			space, err := spaceID(cmd.Context(), c, args[0])
			if err != nil {
				return err
			}
			query.Set("space", space)
		}
		all, err := list[raw[chain]](cmd.Context(), c, "/chains", query, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{{"CHAIN", "NAME", "SPACE", "NEXT"}}
			for _, x := range all {
				next := ""
				if len(x.known.Members) > 0 {
					next = x.known.Members[0].Person.Name
				}
				rows = append(rows, []string{x.known.ID, x.known.Name, x.known.Space.Name, next})
			}
			e.table(rows)
		})
	}}
}

// stepsOf makes the steps of a chain from handles, in the order given.
func stepsOf(ctx context.Context, c *client, handles []string) ([]map[string]string, error) {
	out := []map[string]string{}
	for _, h := range handles {
		to, err := recipients(ctx, c, []string{h})
		if err != nil {
			return nil, err
		}
		for _, p := range to["people"] {
			out = append(out, map[string]string{"person": p})
		}
		for _, t := range to["teams"] {
			out = append(out, map[string]string{"team": t})
		}
	}
	return out, nil
}

func (e *env) batonChain() *cobra.Command {
	cmd := &cobra.Command{
		Use: "chain CHAIN", Short: "A chain on the clock: its people, whoever comes next in front", Args: cobra.ExactArgs(1),
		Example: "  meantime baton chain new ops \"Around the sun\" ana kofi mei --window 4h",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			return e.chainCall(cmd.Context(), c, "GET", chainPath(args[0]), nil)
		},
	}
	cmd.AddCommand(e.chainNew(), e.chainChange(), e.chainRemove())
	return cmd
}

func (e *env) chainNew() *cobra.Command {
	var window string
	cmd := &cobra.Command{Use: "new SPACE NAME HANDLE...", Short: "Make a chain of people and teams; the clock decides who is next", Args: cobra.MinimumNArgs(3), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		space, err := spaceID(cmd.Context(), c, args[0])
		if err != nil {
			return err
		}
		body := map[string]any{"name": args[1]}
		if body["steps"], err = stepsOf(cmd.Context(), c, args[2:]); err != nil {
			return err
		}
		if window != "" {
			body["window"] = window
		}
		return e.chainCall(cmd.Context(), c, "POST", "/spaces/"+space+"/chains", body)
	}}
	cmd.Flags().StringVar(&window, "window", "", "how much of their own working time each has to take what is offered: 4h when empty")
	return cmd
}

func (e *env) chainChange() *cobra.Command {
	var name, window string
	cmd := &cobra.Command{Use: "change CHAIN [HANDLE...]", Short: "Write a chain anew: its people and teams when they are named, its name, its window", Args: cobra.MinimumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var now chain
		if err := c.call(cmd.Context(), "GET", chainPath(args[0]), nil, &now); err != nil {
			return err
		}
		body := map[string]any{"version": now.Version, "name": now.Name, "window": now.Window}
		for field, v := range map[string]string{"name": name, "window": window} {
			if v != "" {
				body[field] = v
			}
		}
		steps, err := stepsOf(cmd.Context(), c, args[1:])
		if err != nil {
			return err
		}
		if len(args) == 1 {
			for _, s := range now.Steps {
				switch {
				case s.Person != nil:
					steps = append(steps, map[string]string{"person": s.Person.ID})
				case s.Team != nil:
					steps = append(steps, map[string]string{"team": s.Team.ID})
				}
			}
		}
		body["steps"] = steps
		return e.chainCall(cmd.Context(), c, "PUT", chainPath(args[0]), body)
	}}
	cmd.Flags().StringVar(&name, "name", "", "what it is called")
	cmd.Flags().StringVar(&window, "window", "", "how much of their own working time each has to take what is offered")
	return cmd
}

func (e *env) chainRemove() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{Use: "remove CHAIN", Short: "Take a chain away; what is on its way stays with whoever has it", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if err := sureOf(sure, "A chain that is taken away does not come back."); err != nil {
			return err
		}
		return e.act(cmd.Context(), "DELETE", chainPath(args[0]), nil, "It is gone.")
	}}
	cmd.Flags().BoolVar(&sure, "sure", false, "you mean it")
	return cmd
}
