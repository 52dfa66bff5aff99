package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) inbox() *cobra.Command {
	var tab string
	cmd := &cobra.Command{
		Use: "inbox", Short: "What you owe, in your own clock", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.rows(cmd.Context(), tab) },
	}
	cmd.Flags().StringVar(&tab, "tab", "owe", "owe, owed, info or snoozed")
	act := func(use, short, method, path string, body any) *cobra.Command {
		return &cobra.Command{Use: use + " KEY", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if err := c.call(cmd.Context(), method, "/inbox/"+url.PathEscape(args[0])+path, body, nil); err != nil {
				return err
			}
			return e.show(map[string]string{"key": args[0], "did": use}, func() { e.say("Done.") })
		}}
	}
	cmd.AddCommand(
		act("done", "Put an item away", "POST", "/done", map[string]any{}),
		act("undo", "Bring an item back", "DELETE", "/done", nil),
		act("snooze", "Set an item aside until your next start", "POST", "/snooze", map[string]any{"next_start": true}),
		act("wake", "Bring a snoozed item back", "DELETE", "/snooze", nil))
	return cmd
}

func (e *env) owed() *cobra.Command {
	return &cobra.Command{Use: "owed", Short: "What others owe you", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return e.rows(cmd.Context(), "owed")
	}}
}

func (e *env) rows(ctx context.Context, tab string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var page raw[struct {
		Items []row  `json:"items"`
		Line  string `json:"line"`
	}]
	if err := c.call(ctx, "GET", "/inbox?limit=50&tab="+url.QueryEscape(tab), nil, &page); err != nil {
		return err
	}
	return e.show(page, func() {
		if page.known.Line != "" {
			e.say("%s", page.known.Line)
		}
		if len(page.known.Items) == 0 {
			e.say("Nothing here.")
		}
		table, group := [][]string{}, ""
		for _, r := range page.known.Items {
			if r.Group != group {
				group = r.Group
				table = append(table, []string{strings.ToUpper(group)})
			}
			table = append(table, []string{"  " + r.Key, r.Kind, r.Title, r.Who.Name, e.local(r.Due)})
		}
		e.table(table)
	})
}

func (e *env) answer() *cobra.Command {
	var value, note, decline, pass, promise string
	var undo bool
	cmd := &cobra.Command{
		Use: "answer ASK [TEXT]", Short: "Answer, acknowledge, decline or pass on what you were asked", Args: cobra.RangeArgs(1, 2),
		Example: "  meantime answer ask_01k… \"Yes, Thursday\"\n  meantime answer ask_01k… --value yes\n  meantime answer ask_01k… --promise 2026-10-09T15:00:00Z\n  meantime answer ask_01k… --decline \"Not my area\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if len(args) == 2 {
				note = args[1]
			}
			method, path, body := "POST", "/answers", map[string]any{}
			switch {
			case undo:
				method, path, body = "DELETE", "/answers/mine", nil
			case decline != "":
				path, body = "/decline", map[string]any{"reason": decline}
			case promise != "":
				path, body = "/acknowledgement", map[string]any{"promised_at": promise}
			case pass != "":
				to, err := recipients(cmd.Context(), c, []string{pass})
				if err != nil {
					return err
				}
				if len(to["people"]) == 0 {
					return fmt.Errorf("@%s is a team; pass it on to one person", strings.TrimPrefix(pass, "@"))
				}
				path, body = "/passing", map[string]any{"to": to["people"][0], "note": note}
			default:
				if value != "" {
					body["value"] = value
				}
				if note != "" {
					body["note"] = note
				}
			}
			var out raw[ask]
			var in any = body
			if body == nil {
				in = nil
			}
			if err := c.call(cmd.Context(), method, "/asks/"+url.PathEscape(args[0])+path, in, &out); err != nil {
				return err
			}
			return e.show(out, func() {
				e.say("%s: %d of %d answered, %s.", out.known.ThreadTitle, out.known.Answered, out.known.Needed, out.known.State)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&value, "value", "", "yes or no, a choice, done, ok")
	f.StringVar(&decline, "decline", "", "decline, with this reason")
	f.StringVar(&pass, "pass", "", "pass on to this person (handle)")
	f.StringVar(&promise, "promise", "", "acknowledge, and promise an answer by this moment")
	f.BoolVar(&undo, "undo", false, "take your answer back")
	return cmd
}
