package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"example.org/meantime/tally"
	"example.org/meantime/worktime"
)

func (e *env) serve() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "serve", Short: "Run the server", Args: cobra.NoArgs,
		Long: "Run the server. On its first start it prints, once, a link to set up the workspace and its owner.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			return e.inside.Serve(cmd.Context(), c, e.out)
		},
	}
	c.flags(cmd)
	return cmd
}

func (e *env) demo() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "demo", Short: "Run a demo company with a clock that you can move", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			if !cmd.Flags().Changed("data") && c.Data == "data" {
				c.Data = "data/demo"
			}
			c.Demo = true
			return e.inside.Serve(cmd.Context(), c, e.out)
		},
	}
	c.flags(cmd)
	cmd.Flags().BoolVar(&c.Fresh, "fresh", false, "forget the demo's data and begin anew")
	return cmd
}

func (e *env) doctor() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "doctor", Short: "Look whether everything is in order, and say what to do", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			d, err := e.inside.Doctor(cmd.Context(), c)
			if err != nil {
				return err
			}
			err = e.show(d, func() {
				for _, f := range d.Findings {
					e.say("%-8s %s: %s", f.State, f.What, f.Detail)
					if f.Remedy != "" {
						e.say("         → %s", f.Remedy)
					}
				}
			})
			if err == nil && d.Broken() {
				return errSilent
			}
			return err
		},
	}
	c.flags(cmd)
	return cmd
}

func (e *env) openapi() *cobra.Command {
	var events bool
	cmd := &cobra.Command{
		Use: "openapi", Short: "Write the API's description (OpenAPI 3.1)", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			write := e.inside.OpenAPI
			if events {
				write = e.inside.Events
			}
			b, err := write()
			if err == nil {
				_, err = e.out.Write(b)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&events, "events", false, "write the catalogue of event kinds instead")
	return cmd
}

func (e *env) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Say which version this is", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return e.show(map[string]string{"version": e.inside.Version}, func() { e.say("meantime %s", e.inside.Version) })
	}}
}

func (e *env) backup() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "backup FILE", Short: "Write everything into one file, while the server runs", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			if err := e.inside.Backup(cmd.Context(), c, args[0], e.progress()); err != nil {
				return err
			}
			return e.show(map[string]string{"file": args[0]}, func() { e.say("Everything is in %s.", args[0]) })
		},
	}
	c.flags(cmd, "data", "database", "log")
	return cmd
}

func (e *env) restore() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Make a new data folder or database from a backup", Args: cobra.ExactArgs(1),
		Long: "Make a new data folder or an empty PostgreSQL database from a backup, checking every row. It never writes over one that holds something.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			if err := e.inside.Restore(cmd.Context(), c, args[0], e.progress()); err != nil {
				return err
			}
			return e.show(map[string]string{"data": c.Data}, func() { e.say("Restored, every row checked. Start it with: meantime serve --data %s", c.Data) })
		},
	}
	c.flags(cmd, "data", "database", "log")
	return cmd
}

func (e *env) worktime() *cobra.Command {
	cmd := &cobra.Command{Use: "worktime", Short: "Working-time arithmetic"}
	cmd.AddCommand(&cobra.Command{
		Use: "eval", Short: "Read a JSON array of cases, write their results", Args: cobra.NoArgs,
		Example: `  echo '[{"op":"add","t":"2026-03-17T07:00:00Z","d":"4h","schedule":{"zone":"Europe/Berlin","weekly":{"tue":["09:00-17:00"]}}}]' | meantime worktime eval`,
		RunE: func(*cobra.Command, []string) error {
			if err := worktime.Eval(e.in, e.out); err != nil {
				return fmt.Errorf("the cases cannot be read: %w", err)
			}
			return nil
		},
	})
	return cmd
}

func (e *env) tally() *cobra.Command {
	cmd := &cobra.Command{Use: "tally", Short: "Counting of ballots"}
	cmd.AddCommand(&cobra.Command{
		Use: "count", Short: "Read a JSON array of votes, write their results", Args: cobra.NoArgs,
		Example: `  echo '[{"method":"instant_runoff","options":["a","b","c"],"ballots":[{"rank":["a","b"],"weight":3},{"rank":["c",["a","b"]]}],"settings":{"seed":"drawn when the vote opened"}}]' | meantime tally count`,
		RunE: func(*cobra.Command, []string) error {
			if err := tally.Eval(e.in, e.out); err != nil {
				return fmt.Errorf("the votes cannot be read: %w", err)
			}
			return nil
		},
	})
	return cmd
}
