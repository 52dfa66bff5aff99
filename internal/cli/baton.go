package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

type baton struct {
	ID     string    `json:"id"`
	Title  string    `json:"title"`
	State  string    `json:"state"`
	Late   bool      `json:"late"`
	Holder personRef `json:"holder"`
	Offer  *struct {
		To  personRef  `json:"to"`
		Due *time.Time `json:"due"`
	} `json:"offer"`
	Note struct {
		Stands   string     `json:"stands"`
		NextStep string     `json:"next_step"`
		Traps    string     `json:"traps"`
		By       *time.Time `json:"by"`
		Links    []struct {
			Title string `json:"title"`
			URL   string `json:"url"`
		} `json:"links"`
	} `json:"note"`
	Outcome string `json:"outcome"`
	Legs    []struct {
		From  personRef  `json:"from"`
		To    personRef  `json:"to"`
		State string     `json:"state"`
		Due   *time.Time `json:"due"`
		Note  string     `json:"note"`
	} `json:"legs"`
}

func (e *env) baton() *cobra.Command {
	box := "mine"
	cmd := &cobra.Command{
		Use: "baton [BATON]", Short: "Work handed from person to person: what is with you, or one with its way", Args: cobra.MaximumNArgs(1),
		Example: "  meantime baton\n  meantime baton give --space ops --to @mei --next \"Restart host 7\" \"Move the gateway\"\n  meantime baton take bat_01k…",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return e.batonOf(cmd.Context(), args[0])
			}
			return e.batons(cmd.Context(), box)
		},
	}
	cmd.Flags().StringVar(&box, "box", box, "mine, open (all under way), carried (once yours) or all")
	cmd.AddCommand(e.batonGive(), e.batonHand(), e.batonChange(), e.batonTo(), e.batonChains(), e.batonChain(), e.tonight(),
		&cobra.Command{Use: "take BATON [NOTE]", Short: "Take what is offered to you, perhaps with a word to whoever hands it over", Args: cobra.RangeArgs(1, 2), RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), "POST", "/batons/"+url.PathEscape(args[0])+"/acceptance", map[string]any{"note": strings.Join(args[1:], "")}, "It is with you now.")
		}},
		e.batonDo("decline BATON WHY", "Say why you cannot take it: it goes on to the next, or back", 2, "/decline", "reason", "Declined."),
		e.batonDo("back BATON", "Take back an offer of yours", 1, "/withdrawal", "", "Taken back."),
		e.batonDo("end BATON OUTCOME", "Say what came of the work", 2, "/end", "outcome", "It is done."),
		e.batonDo("undo BATON", "Take back that you ended or declined it, within ten minutes", 1, "/undo", "", "Taken back."),
		&cobra.Command{
			Use: "pass BATON PERSON [NOTE]", Short: "Hand what is offered to you straight on", Args: cobra.RangeArgs(2, 3),
			RunE: func(cmd *cobra.Command, args []string) error {
				to, err := e.personNamed(cmd.Context(), args[1])
				if err != nil {
					return err
				}
				body := map[string]any{"to": to, "note": strings.Join(args[2:], "")}
				return e.act(cmd.Context(), "POST", "/batons/"+url.PathEscape(args[0])+"/pass", body, "Passed on.")
			},
		})
	return cmd
}

// batonDo is a command that does one thing to a baton, perhaps with words.
func (e *env) batonDo(use, short string, n int, path, field, done string) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(n), RunE: func(cmd *cobra.Command, args []string) error {
		var body any
		if field != "" {
			body = map[string]any{field: args[1]}
		}
		return e.act(cmd.Context(), "POST", "/batons/"+url.PathEscape(args[0])+path, body, done)
	}}
}

// whom are the flags that say to whom work goes.
type whom struct{ to, chain, window string }

func (w *whom) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&w.to, "to", "", "a person, by @handle")
	cmd.Flags().StringVar(&w.chain, "chain", "", "a chain by its id: whoever comes next, and the next after them")
	cmd.Flags().StringVar(&w.window, "window", "", "how much of their own working time they have to take it: 4h, 0d, 1d")
}

func (e *env) whomInto(ctx context.Context, w whom, body map[string]any) error {
	for field, value := range map[string]string{"chain": w.chain, "window": w.window} {
		if value != "" {
			body[field] = value
		}
	}
	if w.to == "" {
		return nil
	}
	to, err := e.personNamed(ctx, w.to)
	body["to"] = to
	return err
}

func (e *env) batonGive() *cobra.Command {
	var w whom
	var space, thread, ask string
	var n noted
	cmd := &cobra.Command{
		Use: "give TITLE", Short: "Make work a baton, and offer it to a person or the next of a chain", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			body := map[string]any{"title": args[0]}
			if err := n.into(e, body, cmd.Flags().Changed); err != nil {
				return err
			}
			if ask != "" {
				body["ask"] = ask
			}
			if thread != "" {
				body["thread"] = thread
			} else if body["space"], err = spaceID(cmd.Context(), c, space); err != nil {
				return err
			}
			if err := e.whomInto(cmd.Context(), w, body); err != nil {
				return err
			}
			return e.batonOut(cmd.Context(), "POST", "/batons", body)
		},
	}
	cmd.Flags().StringVar(&space, "space", "", "where it is; or")
	cmd.Flags().StringVar(&thread, "thread", "", "the thread that it is about, by its id")
	cmd.Flags().StringVar(&ask, "ask", "", "an ask of that thread, owed by you, that goes to whoever takes it; by its id")
	n.flags(cmd)
	w.flags(cmd)
	return cmd
}

func (e *env) batonHand() *cobra.Command {
	var w whom
	var n noted
	cmd := &cobra.Command{
		Use: "hand BATON", Short: "Offer a baton that you have to a person or the next of a chain", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			body := map[string]any{}
			if n.given(cmd) {
				note, _, err := noteNow(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := n.into(e, note, cmd.Flags().Changed); err != nil {
					return err
				}
				body["note"] = note
			}
			if err := e.whomInto(cmd.Context(), w, body); err != nil {
				return err
			}
			return e.batonOut(cmd.Context(), "POST", "/batons/"+url.PathEscape(args[0])+"/handoffs", body)
		},
	}
	n.flags(cmd)
	w.flags(cmd)
	return cmd
}

// personNamed finds the id of a person by their handle.
func (e *env) personNamed(ctx context.Context, who string) (string, error) {
	c, err := signedIn()
	if err != nil {
		return "", err
	}
	found, err := recipients(ctx, c, []string{who})
	if err != nil {
		return "", err
	}
	if len(found["people"]) != 1 {
		return "", fmt.Errorf("%s is no person; work goes to one", who)
	}
	return found["people"][0], nil
}

func (e *env) batons(ctx context.Context, box string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	all, err := list[raw[baton]](ctx, c, "/batons", url.Values{"box": {box}}, 0)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		if len(all) == 0 {
			e.say("Nothing here.")
			return
		}
		rows := [][]string{{"BATON", "TITLE", "WITH", "OFFERED TO", "UNTIL"}}
		for _, b := range all {
			row := []string{b.known.ID, b.known.Title, b.known.Holder.Name, "", ""}
			if o := b.known.Offer; o != nil {
				row[3], row[4] = o.To.Name, e.local(o.Due)
			}
			rows = append(rows, row)
		}
		e.table(rows)
	})
}

func (e *env) batonOf(ctx context.Context, ref string) error {
	return e.batonOut(ctx, "GET", "/batons/"+url.PathEscape(ref), nil)
}

// batonOut asks for a baton, or changes one, and shows it with its way.
func (e *env) batonOut(ctx context.Context, method, path string, body any) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[baton]
	if err := c.call(ctx, method, path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.sayBaton(out.known) })
}

func (e *env) sayBaton(b baton) {
	e.say("%s  %s", b.ID, b.Title)
	switch {
	case b.State == "ended":
		e.say("Done: %s", b.Outcome)
	case b.Offer != nil:
		e.say("With %s, offered to %s until %s.", b.Holder.Name, b.Offer.To.Name, e.local(b.Offer.Due))
	default:
		e.say("With %s.", b.Holder.Name)
	}
	for _, part := range [][2]string{{"Where it stands", b.Note.Stands}, {"Next step", b.Note.NextStep}, {"Traps", b.Note.Traps}} {
		if part[1] != "" {
			e.say("%s: %s", part[0], part[1])
		}
	}
	for _, l := range b.Note.Links {
		e.say("  %s %s", l.Title, l.URL)
	}
	if b.Note.By != nil {
		e.say("Done by %s", e.local(b.Note.By))
	}
	for _, l := range b.Legs {
		e.say("  %s → %s: %s %s", l.From.Name, l.To.Name, l.State, l.Note)
	}
}
