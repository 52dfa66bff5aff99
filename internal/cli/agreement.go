package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// agreed is a working agreement in the API's answers.
type agreed struct {
	Team struct {
		Name string `json:"name"`
	} `json:"team"`
	Version int64  `json:"version"`
	Prose   string `json:"prose"`
	Reason  string `json:"reason"`
	Fields  struct {
		Windows map[string]string `json:"windows"`
		Checks  []string          `json:"checks"`
		Quiet   *struct {
			Earliest string `json:"earliest"`
			Latest   string `json:"latest"`
		} `json:"quiet"`
		Urgent struct {
			Who      string `json:"who"`
			PerMonth int    `json:"per_month"`
			Rule     string `json:"rule"`
		} `json:"urgent"`
		MeetingFree map[string][]string `json:"meeting_free"`
	} `json:"fields"`
}

func (e *env) agreement() *cobra.Command {
	cmd := &cobra.Command{
		Use: "agreement TEAM", Short: "What a team agreed on about working together", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, path, err := agreementOf(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var out raw[agreed]
			if err := c.call(cmd.Context(), "GET", path, nil, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.agreedOn(out.known) })
		},
	}
	cmd.AddCommand(e.agreementSet(), e.agreementHistory(), e.agreementRestore())
	return cmd
}

// agreementOf finds the path of a team's agreement by the team's handle.
func agreementOf(ctx context.Context, handle string) (*client, string, error) {
	c, err := signedIn()
	if err != nil {
		return nil, "", err
	}
	to, err := recipients(ctx, c, []string{handle})
	if err != nil {
		return nil, "", err
	}
	if len(to["teams"]) == 0 {
		return nil, "", fmt.Errorf("@%s is a person; name a team", strings.TrimPrefix(handle, "@"))
	}
	return c, "/teams/" + url.PathEscape(to["teams"][0]) + "/agreement", nil
}

func (e *env) agreedOn(a agreed) {
	if a.Version == 0 {
		e.say("%s has agreed on nothing yet.", a.Team.Name)
		return
	}
	e.say("%s, version %d: %s", a.Team.Name, a.Version, a.Reason)
	table := [][]string{}
	for _, kind := range sorted(a.Fields.Windows) {
		table = append(table, []string{"window", kind, a.Fields.Windows[kind]})
	}
	if len(a.Fields.Checks) > 0 {
		table = append(table, []string{"check times", strings.Join(a.Fields.Checks, ", ")})
	}
	if q := a.Fields.Quiet; q != nil {
		table = append(table, []string{"hours", "between " + q.Earliest + " and " + q.Latest})
	}
	for _, day := range sorted(a.Fields.MeetingFree) {
		table = append(table, []string{"no meetings", day, strings.Join(a.Fields.MeetingFree[day], ", ")})
	}
	table = append(table, []string{"urgent", "by " + a.Fields.Urgent.Who})
	if n := a.Fields.Urgent.PerMonth; n > 0 {
		table = append(table, []string{"", fmt.Sprintf("at most %d a month", n)})
	}
	if a.Fields.Urgent.Rule != "" {
		table = append(table, []string{"", a.Fields.Urgent.Rule})
	}
	e.table(table)
	for _, line := range strings.Split(a.Prose, "\n") {
		e.say("%s", line)
	}
}

func sorted[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (e *env) agreementSet() *cobra.Command {
	var file, reason string
	cmd := &cobra.Command{
		Use: "set TEAM", Short: "Change what a team agreed on", Args: cobra.ExactArgs(1),
		Long: "Change what a team agreed on. The file is what `meantime agreement TEAM --json` writes, with its fields and prose as they are to be.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, path, err := agreementOf(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			b, err := os.ReadFile(filepath.Clean(file))
			if err != nil {
				return fmt.Errorf("the agreement is read from --file: %w", err)
			}
			var want struct {
				Version int64           `json:"version"`
				Fields  json.RawMessage `json:"fields"`
				Prose   string          `json:"prose"`
			}
			if err := json.Unmarshal(b, &want); err != nil || want.Fields == nil {
				return fmt.Errorf("%s is not what `meantime agreement %s --json` writes", file, args[0])
			}
			var out raw[agreed]
			body := map[string]any{"version": want.Version, "fields": want.Fields, "prose": want.Prose, "reason": reason}
			if err := c.call(cmd.Context(), "PUT", path, body, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.agreedOn(out.known) })
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "the agreement as JSON")
	cmd.Flags().StringVar(&reason, "reason", "", "why it changes; the team reads it")
	return cmd
}

func (e *env) agreementHistory() *cobra.Command {
	return &cobra.Command{Use: "history TEAM", Short: "How an agreement changed", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, path, err := agreementOf(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		var page raw[struct {
			Items []struct {
				Version int64     `json:"version"`
				Reason  string    `json:"reason"`
				Author  personRef `json:"author"`
				Changes []struct {
					Field string `json:"field"`
					Was   string `json:"was"`
					Is    string `json:"is"`
				} `json:"changes"`
			} `json:"items"`
		}]
		if err := c.call(cmd.Context(), "GET", path+"/versions?limit=100", nil, &page); err != nil {
			return err
		}
		return e.show(page, func() {
			for _, v := range page.known.Items {
				e.say("%d  %s: %s", v.Version, v.Author.Name, v.Reason)
				for _, x := range v.Changes {
					e.say("     %s: %q → %q", x.Field, x.Was, x.Is)
				}
			}
		})
	}}
}

func (e *env) agreementRestore() *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: "restore TEAM VERSION", Short: "Bring an earlier agreement back", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, path, err := agreementOf(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		var now agreed
		if err := c.call(cmd.Context(), "GET", path, nil, &now); err != nil {
			return err
		}
		var out raw[agreed]
		body := map[string]any{"from": now.Version, "reason": reason}
		if err := c.call(cmd.Context(), "POST", path+"/versions/"+url.PathEscape(args[1])+"/restoration", body, &out); err != nil {
			return err
		}
		return e.show(out, func() { e.agreedOn(out.known) })
	}}
	cmd.Flags().StringVar(&reason, "reason", "", "why it comes back; the team reads it")
	return cmd
}
