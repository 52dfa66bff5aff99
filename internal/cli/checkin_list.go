package cli

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"
)

func (e *env) checkinList() *cobra.Command {
	var ended bool
	cmd := &cobra.Command{Use: "list [SPACE]", Short: "The check-ins that you may read", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		q := url.Values{"ended": {strconv.FormatBool(ended)}}
		if len(args) == 1 {
			space, err := spaceID(cmd.Context(), c, args[0])
			if err != nil {
				return err
			}
			q.Set("space", space)
		}
		all, err := list[raw[checkin]](cmd.Context(), c, "/checkins", q, 0)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{{"CHECK-IN", "NAME", "SPACE", "ASKED", "WHEN", "YOU, NEXT"}}
			for _, x := range all {
				next := e.local(x.known.My.NextAt)
				if x.known.My.Turn != "" {
					next = "now"
				}
				if x.known.State != "active" {
					next = x.known.State
				}
				rows = append(rows, []string{x.known.ID, x.known.Name, x.known.Space.Name, strconv.Itoa(x.known.Asked), x.known.Words, next})
			}
			e.table(rows)
		})
	}}
	cmd.Flags().BoolVar(&ended, "ended", false, "those that have ended")
	return cmd
}
