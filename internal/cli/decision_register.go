package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/spf13/cobra"
)

// register is what is looked for in the register.
type register struct {
	space, kind, state, words, decider, from, to string
	mine, review                                 bool
}

func (r *register) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.space, "space", "", "handle of a space")
	f.StringVar(&r.kind, "kind", "", "of one kind (see: meantime decision kinds)")
	f.StringVar(&r.state, "state", "", "draft, scheduled, open, closed, decided, withdrawn or superseded")
	f.StringVar(&r.words, "search", "", "words that it holds")
	f.StringVar(&r.decider, "decider", "", "handle of who decides")
	f.StringVar(&r.from, "from", "", "made on this day or later: 2026-10-01")
	f.StringVar(&r.to, "until", "", "made on this day or earlier: 2026-12-31")
	f.BoolVar(&r.mine, "mine", false, "in which your vote is expected")
	f.BoolVar(&r.review, "review", false, "to be looked at again by now")
}

func (r register) query(ctx context.Context, c *client) (url.Values, error) {
	query, err := url.Values{}, error(nil)
	space, decider := "", ""
	if r.space != "" {
		if space, err = spaceID(ctx, c, r.space); err != nil {
			return nil, err
		}
	}
	if r.decider != "" {
		if decider, err = personOf(ctx, c, r.decider); err != nil {
			return nil, err
		}
	}
	for key, v := range map[string]string{"space": space, "decider": decider, "kind": r.kind, "state": r.state, "q": r.words, "from": r.from, "to": r.to} {
		if v != "" {
			query.Set(key, v)
		}
	}
	for key, is := range map[string]bool{"mine": r.mine, "review_due": r.review} {
		if is {
			query.Set(key, "true")
		}
	}
	return query, nil
}

func (e *env) decisionList() *cobra.Command {
	var r register
	cmd := &cobra.Command{Use: "list", Short: "The register, newest first", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		query, err := r.query(cmd.Context(), c)
		if err != nil {
			return err
		}
		all, err := list[raw[decided]](cmd.Context(), c, "/decisions", query, 50)
		if err != nil {
			return err
		}
		return e.show(all, func() {
			rows := [][]string{}
			for _, d := range all {
				when := e.local(d.known.EndsAt)
				if d.known.State == "scheduled" {
					when = "opens " + e.local(d.known.OpensAt)
				}
				rows = append(rows, []string{d.known.ID, d.known.State, d.known.Title, fmt.Sprintf("%d of %d", d.known.Voted, d.known.Entitled), when})
			}
			e.table(rows)
		})
	}}
	r.flags(cmd)
	return cmd
}

func (e *env) decisionRead() *cobra.Command {
	var markdown bool
	cmd := &cobra.Command{Use: "show DECISION", Short: "Read a decision", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if markdown {
			return e.decisionFile(cmd.Context(), args, "markdown", url.Values{})
		}
		return e.decisionShow(cmd.Context(), "GET", args[0], "", nil)
	}}
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as a page of Markdown, to be put elsewhere")
	return cmd
}

// decisionFile writes the register, or one decision, as a file on standard output.
func (e *env) decisionFile(ctx context.Context, args []string, format string, query url.Values) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	path := "/decisions/"
	if len(args) == 1 {
		path += url.PathEscape(args[0]) + "/"
	}
	query.Set("format", format)
	var file []byte
	if err := c.call(ctx, "GET", path+"export?"+query.Encode(), nil, &file); err != nil {
		return err
	}
	_, err = e.out.Write(file)
	return err
}

func (e *env) decisionExport() *cobra.Command {
	var format string
	var r register
	cmd := &cobra.Command{Use: "export [DECISION]", Short: "The register, or a decision with its ballots, as CSV or JSON on standard output", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if e.json {
			format = "json"
		}
		if len(args) == 0 && format == "markdown" {
			return errors.New("the register is written as csv or json; name a decision to have it as markdown")
		}
		query := url.Values{}
		if len(args) == 0 {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if query, err = r.query(cmd.Context(), c); err != nil {
				return err
			}
		}
		return e.decisionFile(cmd.Context(), args, format, query)
	}}
	r.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "csv", "csv or json; of one decision also markdown")
	return cmd
}
