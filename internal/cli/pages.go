package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

type urgentPage struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Asker  personRef  `json:"asker"`
	Reason string     `json:"reason"`
	State  string     `json:"state"`
	Over   bool       `json:"over"`
	At     *time.Time `json:"created_at"`
	Until  *time.Time `json:"until"`
}

func (e *env) page() *cobra.Command {
	cmd := &cobra.Command{
		Use: "page [SPACE]", Short: "Urgent pages that reached you; with a space, its log", Args: cobra.MaximumNArgs(1),
		Example: "  meantime page\n  meantime page ack page_01k…\n  meantime page resolve page_01k… \"Restarted it\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return e.pageLog(cmd.Context(), args[0])
			}
			return e.pagesMine(cmd.Context())
		},
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "ack PAGE", Short: "Say that you see to it: nobody else is paged", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return e.act(cmd.Context(), "POST", "/pages/"+url.PathEscape(args[0])+"/acknowledgement", nil, "Acknowledged. Nobody else is paged.")
			},
		},
		&cobra.Command{
			Use: "resolve PAGE [NOTE]", Short: "Say that it is dealt with", Args: cobra.RangeArgs(1, 2),
			RunE: func(cmd *cobra.Command, args []string) error {
				return e.act(cmd.Context(), "POST", "/pages/"+url.PathEscape(args[0])+"/resolution", map[string]any{"note": strings.Join(args[1:], "")}, "Resolved.")
			},
		},
		&cobra.Command{
			Use: "judge PAGE yes|no [NOTE]", Short: "Say whether it was right to page you", Args: cobra.RangeArgs(2, 3),
			RunE: func(cmd *cobra.Command, args []string) error {
				if args[1] != "yes" && args[1] != "no" {
					return fmt.Errorf("say yes or no, not %q", args[1])
				}
				body := map[string]any{"rightly": args[1] == "yes", "note": strings.Join(args[2:], "")}
				return e.act(cmd.Context(), "POST", "/pages/"+url.PathEscape(args[0])+"/verdict", body, "Thank you. It helps to keep urgent rare.")
			},
		},
		&cobra.Command{
			Use: "path SPACE [FILE]", Short: "How a space is paged; with JSON, as the API takes it, it is changed (- for standard input)", Args: cobra.RangeArgs(1, 2),
			RunE: func(cmd *cobra.Command, args []string) error { return e.pagePath(cmd.Context(), args) },
		})
	return cmd
}

func (e *env) pagesMine(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct {
		Open    []urgentPage `json:"open"`
		ToJudge []urgentPage `json:"to_judge"`
	}]
	if err := c.call(ctx, "GET", "/me/pages", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		if len(out.known.Open) == 0 {
			e.say("Nothing urgent waits for you.")
		}
		e.pageTable(out.known.Open)
		for _, p := range out.known.ToJudge {
			e.say("Was it right to page you for %q? meantime page judge %s yes|no", p.Title, p.ID)
		}
	})
}

func (e *env) pageTable(list []urgentPage) {
	rows := [][]string{}
	for _, p := range list {
		state := p.State
		if p.Over {
			state += ", over the budget"
		}
		rows = append(rows, []string{p.ID, e.local(p.At), p.Asker.Name, p.Title, state, p.Reason})
	}
	e.table(rows)
}

func (e *env) pageLog(ctx context.Context, handle string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	space, err := spaceID(ctx, c, handle)
	if err != nil {
		return err
	}
	all, err := list[raw[urgentPage]](ctx, c, "/spaces/"+space+"/pages", url.Values{}, 100)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		if len(all) == 0 {
			e.say("Nothing urgent yet.")
		}
		known := []urgentPage{}
		for _, p := range all {
			known = append(known, p.known)
		}
		e.pageTable(known)
	})
}

func (e *env) pagePath(ctx context.Context, args []string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	space, err := spaceID(ctx, c, args[0])
	if err != nil {
		return err
	}
	if len(args) == 2 {
		body, err := e.jsonFrom(args[1])
		if err != nil {
			return err
		}
		return e.act(ctx, "PUT", "/spaces/"+space+"/urgent", body, "The path stands.")
	}
	var out raw[struct {
		Steps []struct {
			Name    string `json:"name"`
			Minutes int    `json:"minutes"`
		} `json:"steps"`
		Budget  int   `json:"budget"`
		Used    int   `json:"used"`
		Version int64 `json:"version"`
	}]
	if err := c.call(ctx, "GET", "/spaces/"+space+"/urgent", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		for i, s := range out.known.Steps {
			e.say("%d. %s, %d min to acknowledge", i+1, s.Name, s.Minutes)
		}
		e.say("%d of %d urgent pages used this month (version %d).", out.known.Used, out.known.Budget, out.known.Version)
	})
}

// foretellPage says whom an urgent ask would page.
func (e *env) foretellPage(p *forecastPage) {
	if p == nil {
		return
	}
	e.say("\nThis pages, until somebody acknowledges:")
	rows := [][]string{}
	for i, s := range p.Steps {
		for _, c := range s.People {
			said := c.Local + " there"
			switch {
			case c.Woken:
				said += ", would be woken"
			case !c.Reached:
				said += ": " + c.Why
			}
			rows = append(rows, []string{fmt.Sprintf("  %d. %s", i, s.Name), c.Person.Name, said})
		}
	}
	e.table(rows)
	e.say("%d of %d urgent pages are used this month.", p.Used, p.Budget)
	if p.Over {
		e.say("! This one needs --second-reason.")
	}
}

type forecastPage struct {
	Used   int  `json:"used"`
	Budget int  `json:"budget"`
	Over   bool `json:"over"`
	Steps  []struct {
		Name   string `json:"name"`
		People []struct {
			Person  personRef `json:"person"`
			Reached bool      `json:"reached"`
			Woken   bool      `json:"woken"`
			Local   string    `json:"local"`
			Why     string    `json:"why"`
		} `json:"people"`
	} `json:"steps"`
}

func readFile(name string) ([]byte, error) {
	if name == "-" {
		return nil, nil
	}
	return os.ReadFile(filepath.Clean(name))
}

func decoded(b []byte, file string) (v any, err error) {
	if err := json.Unmarshal(b, &v); err != nil {
		return nil, fmt.Errorf("%s is not JSON: %w", file, err)
	}
	return v, nil
}
