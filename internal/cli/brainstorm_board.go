package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// boardNow reads a brainstorm's board.
func boardNow(ctx context.Context, c *client, x string) (b boardOf, err error) {
	return b, c.call(ctx, "GET", storm(x)+"/board", nil, &b)
}

// boardFor is boardNow for whoever is signed in.
func boardFor(ctx context.Context, x string) (c *client, b boardOf, err error) {
	if c, err = signedIn(); err == nil {
		b, err = boardNow(ctx, c, x)
	}
	return c, b, err
}

// idea finds an idea by its number, or by its id.
func (b boardOf) idea(given string) (string, error) {
	bare := strings.TrimPrefix(given, "#")
	for _, i := range b.Ideas {
		if i.ID == given || (i.N > 0 && strconv.FormatInt(i.N, 10) == bare) {
			return i.ID, nil
		}
	}
	return "", fmt.Errorf("there is no idea %s on the board; see: meantime brainstorm show", given)
}

func (b boardOf) ideas(given []string) ([]string, error) {
	out := []string{}
	for _, g := range given {
		i, err := b.idea(g)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// group finds a group by its name, or by its id.
func (b boardOf) group(given string) (string, error) {
	var names []string
	for _, g := range b.Groups {
		if g.ID == given || strings.EqualFold(g.Name, given) {
			return g.ID, nil
		}
		names = append(names, "“"+g.Name+"”")
	}
	if len(names) == 0 {
		return "", fmt.Errorf("there is no group %q, and no other; make one with: meantime brainstorm group", given)
	}
	return "", fmt.Errorf("there is no group %q; there are %s", given, strings.Join(names, ", "))
}

// arrange is a command that changes the board and shows it. do gives the request by what
// is on the board now.
func (e *env) arrange(use, short string, args cobra.PositionalArgs, do func(b boardOf, args []string) (method, path string, body any, err error)) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(cmd *cobra.Command, args []string) error {
		c, b, err := boardFor(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		method, path, body, err := do(b, args)
		if err != nil {
			return err
		}
		return e.boardAfter(cmd.Context(), c, args[0], method, path, body)
	}}
}

// boardAfter changes the board and shows all of it.
func (e *env) boardAfter(ctx context.Context, c *client, x, method, path string, body any) error {
	if err := c.call(ctx, method, storm(x)+path, body, nil); err != nil {
		return err
	}
	var b raw[boardOf]
	if err := c.call(ctx, "GET", storm(x)+"/board", nil, &b); err != nil {
		return err
	}
	return e.show(b, func() { e.stormBoard(b.known) })
}

func (e *env) stormGroup() *cobra.Command {
	return &cobra.Command{
		Use: "group BRAINSTORM NAME [IDEA...]", Short: "Put ideas into a group; it is made when there is none of that name", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, b, err := boardFor(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			ideas, err := b.ideas(args[2:])
			if err != nil {
				return err
			}
			g, missing := b.group(args[1])
			if missing != nil {
				return e.boardAfter(cmd.Context(), c, args[0], "POST", "/groups", map[string]any{"name": args[1], "ideas": ideas})
			}
			if len(ideas) == 0 {
				return fmt.Errorf("there is a group %q already; name the ideas that go into it by their numbers", args[1])
			}
			last := len(ideas) - 1
			for _, i := range ideas[:last] {
				if err := c.call(cmd.Context(), "PUT", storm(args[0])+"/ideas/"+i+"/place", map[string]any{"group": g}, nil); err != nil {
					return err
				}
			}
			return e.boardAfter(cmd.Context(), c, args[0], "PUT", "/ideas/"+ideas[last]+"/place", map[string]any{"group": g})
		},
	}
}

func (e *env) stormRename() *cobra.Command {
	var before string
	cmd := e.arrange("rename BRAINSTORM GROUP [NAME]", "Give a group another name, or another place", cobra.RangeArgs(2, 3),
		func(b boardOf, args []string) (string, string, any, error) {
			g, err := b.group(args[1])
			if err != nil {
				return "", "", nil, err
			}
			body := map[string]any{}
			if len(args) == 3 {
				body["name"] = args[2]
			}
			if before == "last" {
				body["before"] = ""
			} else if before != "" {
				if body["before"], err = b.group(before); err != nil {
					return "", "", nil, err
				}
			}
			if len(body) == 0 {
				return "", "", nil, errors.New("say what it is called now, or with --before where it goes")
			}
			return "PATCH", "/groups/" + g, body, nil
		})
	cmd.Flags().StringVar(&before, "before", "", "the group that it comes before; last: after all")
	return cmd
}

func (e *env) stormDissolve() *cobra.Command {
	return &cobra.Command{Use: "dissolve BRAINSTORM GROUP", Short: "Take a group away; its ideas stay", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		_, b, err := boardFor(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		g, err := b.group(args[1])
		if err != nil {
			return err
		}
		undo := "meantime brainstorm regroup " + args[0] + " " + g
		for _, i := range b.Ideas {
			if i.Group != nil && *i.Group == g {
				undo += " " + strconv.FormatInt(i.N, 10)
			}
		}
		return e.act(cmd.Context(), "DELETE", storm(args[0])+"/groups/"+g, nil, "The group is gone, and its ideas stay. To bring it back: "+undo)
	}}
}

func (e *env) stormRegroup() *cobra.Command {
	return e.arrange("regroup BRAINSTORM GROUP [IDEA...]", "Bring a group back that was taken away, with its ideas", cobra.MinimumNArgs(2),
		func(b boardOf, args []string) (string, string, any, error) {
			ideas, err := b.ideas(args[2:])
			return "PUT", "/groups/" + url.PathEscape(args[1]) + "/restoration", map[string]any{"ideas": ideas}, err
		})
}

func (e *env) stormMove() *cobra.Command {
	var group, before string
	cmd := e.arrange("move BRAINSTORM IDEA", "Move an idea into a group, out of all groups, or before another idea", cobra.ExactArgs(2),
		func(b boardOf, args []string) (_, _ string, _ any, err error) {
			body, i := map[string]any{}, ""
			if i, err = b.idea(args[1]); err != nil {
				return "", "", nil, err
			}
			if group != "" {
				if body["group"], err = b.group(group); err != nil {
					return "", "", nil, err
				}
			}
			if before != "" {
				if body["before"], err = b.idea(before); err != nil {
					return "", "", nil, err
				}
			}
			return "PUT", "/ideas/" + i + "/place", body, nil
		})
	cmd.Flags().StringVar(&group, "group", "", "the group by its name; none when missing")
	cmd.Flags().StringVar(&before, "before", "", "the number of the idea that it comes before; after all when missing")
	return cmd
}

func (e *env) stormMerge() *cobra.Command {
	return e.arrange("merge BRAINSTORM IDEA INTO", "Merge an idea into another; both texts stay", cobra.ExactArgs(3),
		func(b boardOf, args []string) (string, string, any, error) {
			two, err := b.ideas(args[1:])
			if err != nil {
				return "", "", nil, err
			}
			return "PUT", "/ideas/" + two[0] + "/merge", map[string]any{"into": two[1]}, nil
		})
}

func (e *env) stormSplit() *cobra.Command {
	return e.arrange("split BRAINSTORM IDEA", "Take a merged idea apart again", cobra.ExactArgs(2),
		func(b boardOf, args []string) (string, string, any, error) {
			i, err := b.idea(args[1])
			return "DELETE", "/ideas/" + i + "/merge", nil, err
		})
}
