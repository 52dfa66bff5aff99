package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

// SeedSize is how much is invented for a benchmark; see the flags of bench seed.
type SeedSize struct {
	People, Posts, Asks, Open int
	Seed                      uint64
	End                       time.Time // zero: now
}

func (e *env) bench() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: "Make what benchmarks need"}
	var c Config
	var n SeedSize
	var end string
	seed := &cobra.Command{
		Use: "seed", Short: "Invent a company of a size, the same for the same seed", Args: cobra.NoArgs,
		Long: "Invent a company in a new data folder or an empty PostgreSQL database: people in the zones of the world, spaces of every size, " +
			"threads long and short, and asks in every state, indexed for search and their deliveries planned. " +
			"The same numbers, seed and end give the same rows, but for the owner's password and token.",
		Example: "  meantime bench seed --data data/million --people 10000 --posts 1000000 --asks 1000000",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err := c.load(cmd); err != nil {
				return err
			}
			if end != "" {
				if n.End, err = time.Parse(time.RFC3339, end); err != nil {
					return fmt.Errorf("--end is a moment like 2026-10-05T07:00:00Z, not %q", end)
				}
			}
			if err := logAt(c.LogLevel); err != nil {
				return err
			}
			r, err := e.inside.Seed(cmd.Context(), c, n, e.progress())
			if err != nil {
				return err
			}
			return e.show(r, func() { e.say("%s", r.Text()) })
		},
	}
	c.flags(seed, "data", "database", "log")
	f := seed.Flags()
	f.IntVar(&n.People, "people", 1000, "how many people, from 10 to 1,000,000")
	f.IntVar(&n.Posts, "posts", 10_000, "how many posts, from 1,000 to 10,000,000")
	f.IntVar(&n.Asks, "asks", 1000, "how many asks, up to 10,000,000")
	f.IntVar(&n.Open, "open", 50, "how many of a hundred asks are open still")
	f.Uint64Var(&n.Seed, "seed", 1, "another number invents another company")
	f.StringVar(&end, "end", "", "the moment at which the history ends, like 2026-10-05T07:00:00Z (the present)")
	cmd.AddCommand(seed)
	return cmd
}
