package cli

import (
	"context"
	"net/url"
	"time"

	"github.com/spf13/cobra"
)

type device struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	ReachedAt *time.Time `json:"reached_at"`
	Problem   string     `json:"problem"`
}

// devices are one's own, that are told of digests. A browser adds itself.
func (e *env) devices() *cobra.Command {
	cmd := &cobra.Command{
		Use: "devices", Short: "Your devices that are told of digests; a browser adds itself, in Settings", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.listDevices(cmd.Context()) },
	}
	rename := &cobra.Command{Use: "rename DEVICE NAME", Short: "Call a device something else", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		return e.act(cmd.Context(), "PATCH", "/me/devices/"+url.PathEscape(args[0]), map[string]string{"name": args[1]}, "Renamed.")
	}}
	cmd.AddCommand(rename,
		&cobra.Command{Use: "remove DEVICE", Short: "Tell a device no more", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), "DELETE", "/me/devices/"+url.PathEscape(args[0]), nil, "It is told no more.")
		}},
		&cobra.Command{Use: "test DEVICE", Short: "Send a note to a device at once", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), "POST", "/me/devices/"+url.PathEscape(args[0])+"/tests", nil, "It is on its way.")
		}})
	return cmd
}

func (e *env) listDevices(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	all, err := list[raw[device]](ctx, c, "/me/devices", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		if len(all) == 0 {
			e.say("No device of yours is told of digests.")
			return
		}
		rows := [][]string{}
		for _, d := range all {
			state := "not reached yet"
			if d.known.ReachedAt != nil {
				state = "reached " + e.local(d.known.ReachedAt)
			}
			if d.known.Problem != "" {
				state = d.known.Problem
			}
			rows = append(rows, []string{d.known.ID, d.known.Name, state})
		}
		e.table(rows)
	})
}
