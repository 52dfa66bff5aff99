package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) boundaries() *cobra.Command {
	var shut, open bool
	cmd := &cobra.Command{
		Use: "boundaries", Short: "How much you work outside your hours; you alone are told", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if shut && open {
				return errors.New("say --close or --open, not both")
			}
			method, body := "GET", any(nil)
			if shut || open {
				method, body = "PUT", map[string]any{"closes": shut}
			}
			var out raw[struct {
				Closes  bool `json:"closes"`
				Acts    int  `json:"acts"`
				Outside int  `json:"outside"`
				Often   bool `json:"often"`
				Days    []struct {
					Date string `json:"date"`
					Acts int    `json:"acts"`
				} `json:"days"`
				Met     int `json:"met"`
				Clashes []struct {
					Name  string     `json:"name"`
					Past  []struct{} `json:"past"`
					Ahead []struct{} `json:"ahead"`
				} `json:"clashes"`
			}]
			if err := c.call(cmd.Context(), method, "/me/boundaries", body, &out); err != nil {
				return err
			}
			return e.show(out, func() {
				k := out.known
				e.say("In the last fourteen days %d of %d things you did were outside your hours, on %d days.", k.Outside, k.Acts, len(k.Days))
				for _, d := range k.Days {
					e.say("  %s  %d", d.Date, d.Acts)
				}
				if k.Often {
					e.say("That is often. Nothing you send at night rings before morning.")
				}
				for _, c := range k.Clashes {
					e.say("%d of your %d meetings lay in time that %s keeps free of meetings; %d more are to come.", len(c.Past), k.Met, c.Name, len(c.Ahead))
				}
				if k.Closes {
					e.say("The pages close to you outside your hours.")
				}
			})
		},
	}
	cmd.Flags().BoolVar(&shut, "close", false, "close the pages to me outside my hours")
	cmd.Flags().BoolVar(&open, "open", false, "leave them open")
	return cmd
}

type suggestion struct {
	Weekday string `json:"weekday"`
	From    string `json:"from"`
	To      string `json:"to"`
	Why     string `json:"why"`
}

func (e *env) focus() *cobra.Command {
	var keep int
	cmd := &cobra.Command{
		Use: "focus", Short: "Hours you could keep free from interruption", Args: cobra.NoArgs,
		Long: "Hours in which you seldom write, from what you did in the last eight weeks. It is computed when you ask, for you alone.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			var page raw[struct {
				Items []suggestion `json:"items"`
			}]
			if err := c.call(cmd.Context(), "GET", "/me/focus-suggestions", nil, &page); err != nil {
				return err
			}
			if keep > 0 {
				if keep > len(page.known.Items) {
					return fmt.Errorf("there are %d suggestions; see: meantime focus", len(page.known.Items))
				}
				return e.keepFree(cmd, c, page.known.Items[keep-1])
			}
			return e.show(page, func() {
				if len(page.known.Items) == 0 {
					e.say("Nothing stands out yet.")
				}
				for i, s := range page.known.Items {
					e.say("%d  %s %s–%s  %s", i+1, s.Weekday, s.From, s.To, s.Why)
				}
			})
		},
	}
	cmd.Flags().IntVar(&keep, "keep", 0, "keep the hours of this suggestion free, every week")
	return cmd
}

// keepFree adds a focus block to one's own hours, and leaves the rest as it is.
func (e *env) keepFree(cmd *cobra.Command, c *client, s suggestion) error {
	var mine struct {
		Spec    map[string]json.RawMessage `json:"spec"`
		Version int64                      `json:"version"`
	}
	if err := c.call(cmd.Context(), "GET", "/me/schedule", nil, &mine); err != nil {
		return err
	}
	focus := map[string][]string{}
	if had, ok := mine.Spec["focus"]; ok {
		if err := json.Unmarshal(had, &focus); err != nil {
			return err
		}
	}
	if block := s.From + "-" + s.To; !slices.Contains(focus[s.Weekday], block) {
		focus[s.Weekday] = append(focus[s.Weekday], block)
	}
	b, err := json.Marshal(focus)
	if err != nil {
		return err
	}
	mine.Spec["focus"] = b
	var out raw[struct{}]
	if err := c.call(cmd.Context(), "PUT", "/me/schedule", map[string]any{"spec": mine.Spec, "version": mine.Version}, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		e.say("%s %s–%s is kept free, every week.", strings.ToUpper(s.Weekday[:1])+s.Weekday[1:], s.From, s.To)
	})
}
