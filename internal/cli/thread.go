package cli

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) thread() *cobra.Command {
	cmd := &cobra.Command{Use: "thread", Short: "List, read, answer in and conclude threads"}
	var filter string
	lister := &cobra.Command{Use: "list", Short: "Threads, those with news first", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		threads, err := list[raw[thread]](cmd.Context(), c, "/threads", url.Values{"filter": {filter}}, 30)
		if err != nil {
			return err
		}
		return e.show(threads, func() {
			rows := [][]string{}
			for _, t := range threads {
				rows = append(rows, []string{t.known.ID, t.known.Space.Name, t.known.Title, t.known.State, strconv.Itoa(t.known.Unread) + " new"})
			}
			e.table(rows)
		})
	}}
	lister.Flags().StringVar(&filter, "filter", "all", "all, following, saved or unread")
	cmd.AddCommand(lister, e.original(),
		&cobra.Command{Use: "show THREAD", Short: "Read a thread", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error { return e.read(cmd.Context(), args[0]) }},
		&cobra.Command{Use: "reply THREAD TEXT", Short: "Write into a thread", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
			return e.write(cmd.Context(), args[0], "/posts", map[string]any{"markdown": args[1]}, "Posted.")
		}},
		&cobra.Command{Use: "conclude THREAD TEXT", Short: "Close a thread with its conclusion", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
			return e.write(cmd.Context(), args[0], "/conclusion", map[string]any{"markdown": args[1]}, "Concluded.")
		}},
		&cobra.Command{Use: "reopen THREAD REASON", Short: "Open a concluded thread again", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
			return e.write(cmd.Context(), args[0], "/reopening", map[string]any{"reason": args[1]}, "Open again.")
		}})
	return cmd
}

func (e *env) write(ctx context.Context, thread, path string, body map[string]any, done string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct{}]
	if err := c.call(ctx, "POST", "/threads/"+url.PathEscape(thread)+path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.say("%s", done) })
}

func (e *env) read(ctx context.Context, id string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var t raw[thread]
	if err := c.call(ctx, "GET", "/threads/"+url.PathEscape(id), nil, &t); err != nil {
		return err
	}
	posts, err := list[raw[entry]](ctx, c, "/threads/"+url.PathEscape(id)+"/posts", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(map[string]any{"thread": t, "posts": posts}, func() {
		e.say("%s · %s · %s", t.known.Title, t.known.Space.Name, t.known.State)
		if t.known.Conclude != nil {
			e.say("Conclusion: %s", t.known.Conclude.Markdown)
		}
		for _, p := range posts {
			at := p.known.At
			e.say("\n%s, %s\n%s", p.known.Author.Name, e.local(&at), p.known.Markdown)
			for _, a := range p.known.Asks {
				e.say("  [%s %s: %d of %d answered, %s]", a.Kind, a.ID, a.Answered, a.Needed, a.State)
				e.answers(a.Owed)
			}
		}
	})
}

func (e *env) answers(list []owed) {
	for _, o := range list {
		if o.Answer == nil {
			continue
		}
		said := o.Answer.Note
		if o.Answer.Value != nil {
			said = strings.TrimSpace(*o.Answer.Value + "  " + said)
		}
		e.say("    %s: %s", o.Person.Name, said)
	}
}

func (e *env) people() *cobra.Command {
	return &cobra.Command{Use: "people [WORD]", Short: "Who works when, and when they can be reached", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		q := url.Values{}
		if len(args) == 1 {
			q.Set("q", args[0])
		}
		people, err := list[raw[personCard]](cmd.Context(), c, "/people", q, 0)
		if err != nil {
			return err
		}
		return e.show(people, func() {
			rows := [][]string{{"HANDLE", "NAME", "THEIR TIME", "REACHABLE (YOURS)"}}
			for _, p := range people {
				when := e.local(p.known.Reach.Routine)
				if p.known.Absence != nil {
					when += " (away)"
				}
				rows = append(rows, []string{"@" + p.known.Handle, p.known.Name, p.known.LocalTime + " " + p.known.Zone, when})
			}
			e.table(rows)
		})
	}}
}

func (e *env) search() *cobra.Command {
	best := false
	cmd := &cobra.Command{Use: "search WORDS", Short: "Find threads, posts and people", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		type hit struct {
			Kind  string `json:"kind"`
			Title string `json:"title"`
			Path  string `json:"path"`
		}
		asked := url.Values{"q": {args[0]}}
		if best {
			asked.Set("order", "relevance")
		}
		hits, err := list[raw[hit]](cmd.Context(), c, "/search", asked, 20)
		if err != nil {
			return err
		}
		return e.show(hits, func() {
			if len(hits) == 0 {
				e.say("Nothing found.")
			}
			rows := [][]string{}
			for _, h := range hits {
				rows = append(rows, []string{h.known.Kind, h.known.Title, h.known.Path})
			}
			e.table(rows)
		})
	}}
	cmd.Flags().BoolVar(&best, "best", false, "what says most of the words first, instead of the newest")
	return cmd
}

func (e *env) clock() *cobra.Command {
	return &cobra.Command{
		Use: "clock [+1h]", Short: "See a demo's time, or move it forward", Args: cobra.MaximumNArgs(1),
		Example: "  meantime clock\n  meantime clock +1h\n  meantime clock +3d",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			type times struct {
				Now       string `json:"now"`
				Delivered int    `json:"delivered"`
			}
			var out raw[times]
			if len(args) == 0 {
				if err := c.call(cmd.Context(), "GET", "/clock", nil, &out); err != nil {
					return err
				}
				return e.show(out, func() { e.say("It is %s.", out.known.Now) })
			}
			by := args[0]
			if by != "" && by[0] == '+' {
				by = by[1:]
			}
			if err := c.call(cmd.Context(), "POST", "/clock/advance", map[string]string{"by": by}, &out); err != nil {
				return err
			}
			return e.show(out, func() {
				e.say("It is %s; %d deliveries reached people on the way.", out.known.Now, out.known.Delivered)
			})
		},
	}
}
