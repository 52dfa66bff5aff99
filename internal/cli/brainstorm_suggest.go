package cli

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) stormSuggest() *cobra.Command {
	var take []int
	cmd := &cobra.Command{
		Use: "suggest BRAINSTORM", Short: "Groups that ideas might make, worked out on the server; take those you like", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			all, err := list[raw[struct {
				Name  string   `json:"name"`
				Ideas []string `json:"ideas"`
			}]](cmd.Context(), c, storm(args[0])+"/suggestions", url.Values{}, 0)
			if err != nil {
				return err
			}
			b, err := boardNow(cmd.Context(), c, args[0])
			if err != nil {
				return err
			}
			for _, n := range take {
				if n < 1 || n > len(all) {
					return fmt.Errorf("there is no suggestion %d; there are %d", n, len(all))
				}
			}
			for _, n := range take {
				s := all[n-1].known
				if err := c.call(cmd.Context(), "POST", storm(args[0])+"/groups", map[string]any{"name": s.Name, "ideas": s.Ideas}, &b); err != nil {
					return err
				}
			}
			if len(take) > 0 {
				var now raw[boardOf]
				if err := c.call(cmd.Context(), "GET", storm(args[0])+"/board", nil, &now); err != nil {
					return err
				}
				return e.show(now, func() { e.stormBoard(now.known) })
			}
			words := map[string]string{}
			for _, i := range b.Ideas {
				words[i.ID] = strconv.FormatInt(i.N, 10) + " " + strings.Join(strings.Fields(i.Text), " ")
			}
			return e.show(all, func() {
				if len(all) == 0 {
					e.say("No ideas are alike enough to suggest a group.")
				}
				for n, s := range all {
					e.say("%d. %s", n+1, s.known.Name)
					for _, i := range s.known.Ideas {
						e.say("     %s", words[i])
					}
				}
			})
		},
	}
	cmd.Flags().IntSliceVar(&take, "take", nil, "make groups of these suggestions, by their numbers: 1,3")
	return cmd
}
