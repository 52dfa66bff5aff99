package cli

import (
	"context"
	"net/url"
	"time"

	"github.com/spf13/cobra"
)

func (e *env) tonight() *cobra.Command {
	var tell, quiet bool
	cmd := &cobra.Command{
		Use: "tonight", Short: "What of your work somebody in a waking zone could move while you are off", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := apart(cmd, "tell", "quiet"); err != nil {
				return err
			}
			if tell || quiet {
				done := map[bool]string{true: "You are told in the last hour of each of your days.", false: "You are told no more; see it here when you like."}[tell]
				return e.act(cmd.Context(), "PUT", "/me/evening", map[string]any{"wanted": tell}, done)
			}
			return e.sayTonight(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&tell, "tell", false, "from now on be told so in the last hour of your days")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "be told no more")
	return cmd
}

func (e *env) sayTonight(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct {
		Until *time.Time `json:"until"`
		Items []struct {
			ID    string `json:"id"`
			Title string `json:"title"`
			To    []struct {
				Person personRef  `json:"person"`
				Reach  *time.Time `json:"reach"`
			} `json:"to"`
		} `json:"items"`
	}]
	if err := c.call(ctx, "GET", "/me/evening", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		if len(out.known.Items) == 0 {
			e.say("Nothing of yours could move on while you are off. Your day ends %s.", e.local(out.known.Until))
			return
		}
		rows := [][]string{{"WHAT", "TITLE", "WHO", "SEES IT"}}
		for _, x := range out.known.Items {
			rows = append(rows, []string{x.ID, x.Title, x.To[0].Person.Name, e.local(x.To[0].Reach)})
		}
		e.table(rows)
	})
}

// wake is when somebody could move work.
type wake struct {
	Person personRef  `json:"person"`
	Reach  *time.Time `json:"reach"`
	Due    *time.Time `json:"due"`
	Ready  *time.Time `json:"ready"`
	Chain  *struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"chain"`
}

func (e *env) batonTo() *cobra.Command {
	var window, person string
	cmd := &cobra.Command{Use: "to SPACE", Short: "To whom you could hand work of a space now, and when it would reach them", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		space, err := spaceID(cmd.Context(), c, args[0])
		if err != nil {
			return err
		}
		query := url.Values{}
		if person != "" {
			who, err := personOf(cmd.Context(), c, person)
			if err != nil {
				return err
			}
			query.Set("person", who)
		}
		if window != "" {
			query.Set("window", window)
		}
		all, err := list[raw[wake]](cmd.Context(), c, "/spaces/"+space+"/baton-ways", query, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{{"WHO", "SEES IT", "TAKES IT BY", "COULD HAVE MOVED IT BY", ""}}
			for _, w := range all {
				chain := ""
				if w.known.Chain != nil {
					chain = "next in " + w.known.Chain.Name + "   " + w.known.Chain.ID
				}
				rows = append(rows, []string{"@" + w.known.Person.Handle + " " + w.known.Person.Name, e.local(w.known.Reach), e.local(w.known.Due), e.local(w.known.Ready), chain})
			}
			e.table(rows)
		})
	}}
	cmd.Flags().StringVar(&person, "person", "", "one person alone, by handle")
	cmd.Flags().StringVar(&window, "window", "", "how much of their own working time they have to take it: 4h")
	return cmd
}
