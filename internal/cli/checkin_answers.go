package cli

import (
	"net/url"

	"github.com/spf13/cobra"
)

func (e *env) checkinAnswers() *cobra.Command {
	var who string
	var most int
	cmd := &cobra.Command{Use: "answers CHECKIN", Short: "The published answers, newest first", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		query := url.Values{}
		if who != "" {
			p, err := personOf(cmd.Context(), c, who)
			if err != nil {
				return err
			}
			query.Set("person", p)
		}
		all, err := list[raw[struct {
			checkinEntry
			Person personRef `json:"person"`
		}]](cmd.Context(), c, series(args[0])+"/answers", query, most)
		if err != nil {
			return err
		}
		if most > 0 {
			all = all[:min(most, len(all))]
		}
		return e.show(all, func() {
			if len(all) == 0 {
				e.say("No answers are open to you.")
			}
			for _, x := range all {
				e.entry(x.known.Person, x.known.checkinEntry)
			}
		})
	}}
	cmd.Flags().StringVar(&who, "person", "", "of one person, by handle")
	cmd.Flags().IntVar(&most, "most", 50, "how many; 0 for all")
	return cmd
}

func (e *env) checkinBlockers() *cobra.Command {
	return &cobra.Command{Use: "blockers CHECKIN", Short: "What people wait for, the longest first", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		all, err := list[raw[checkinBlocker]](cmd.Context(), c, series(args[0])+"/blockers", url.Values{}, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			if len(all) == 0 {
				e.say("Nobody waits for anything.")
			}
			for _, b := range all {
				e.say("%s waits for: %s   %s", b.known.Person.Name, b.known.words(), b.known.ID)
			}
		})
	}}
}
