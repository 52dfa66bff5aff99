package cli

import (
	"bufio"
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

type subscription struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"`
	Name        string     `json:"name"`
	Host        string     `json:"host"`
	Focus       bool       `json:"counts_as_focus"`
	Events      int        `json:"events"`
	Problem     string     `json:"problem"`
	RefreshedAt *time.Time `json:"refreshed_at"`
}

type feed struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"`
	Team     string     `json:"team"`
	ReadAt   *time.Time `json:"read_at"`
	URL      string     `json:"url"`
	Username string     `json:"username"`
	Password string     `json:"password"`
}

// calendars are the calendars that one reads in.
func (e *env) calendars() *cobra.Command {
	cmd := &cobra.Command{Use: "calendars", Short: "The calendars you read in from elsewhere"}
	one := func(use, short string, do func(ctx context.Context, c *client, id string) error) *cobra.Command {
		return &cobra.Command{Use: use + " CALENDAR", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			return do(cmd.Context(), c, url.PathEscape(args[0]))
		}}
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "List them, with what went wrong", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
			return e.listCalendars(cmd.Context())
		}},
		e.addCalendar(),
		one("remove", "Read one in no more, and forget what was in it", func(ctx context.Context, c *client, id string) error {
			if err := c.call(ctx, "DELETE", "/me/subscriptions/"+id, nil, nil); err != nil {
				return err
			}
			return e.show(map[string]string{"removed": id}, func() { e.say("Removed.") })
		}),
		one("refresh", "Read one again now", func(ctx context.Context, c *client, id string) error {
			var s raw[subscription]
			if err := c.call(ctx, "POST", "/me/subscriptions/"+id+"/refreshes", map[string]any{}, &s); err != nil {
				return err
			}
			return e.show(s, func() { e.say("%s", e.stateOf(s.known)) })
		}))
	return cmd
}

func (e *env) listCalendars(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	all, err := list[raw[subscription]](ctx, c, "/me/subscriptions", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		rows := [][]string{}
		for _, s := range all {
			focus := ""
			if s.known.Focus {
				focus = "focus"
			}
			rows = append(rows, []string{s.known.ID, s.known.Name, s.known.Host, s.known.Kind, focus, e.stateOf(s.known)})
		}
		e.table(rows)
	})
}

func (e *env) stateOf(s subscription) string {
	if s.Problem != "" {
		return "Not read: " + s.Problem
	}
	return strconv.Itoa(s.Events) + " events, read " + e.local(s.RefreshedAt)
}

func (e *env) addCalendar() *cobra.Command {
	var name, user string
	var dav, meetings, focus, stdin bool
	cmd := &cobra.Command{Use: "add URL", Short: "Read in an iCalendar address, or a CalDAV collection", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		body := map[string]any{"url": args[0], "name": name, "kind": "busy", "source": "ics", "username": user, "counts_as_focus": focus}
		if dav {
			body["source"] = "caldav"
		}
		if meetings {
			body["kind"] = "meetings"
		}
		if user != "" {
			if body["password"], err = e.password(bufio.NewReader(e.in), stdin); err != nil {
				return err
			}
		}
		var s raw[subscription]
		if err := c.call(cmd.Context(), "POST", "/me/subscriptions", body, &s); err != nil {
			return err
		}
		return e.show(s, func() { e.say("%s (%s): %s", s.known.Name, s.known.ID, e.stateOf(s.known)) })
	}}
	f := cmd.Flags()
	f.StringVar(&name, "name", "", "what to call it")
	f.BoolVar(&dav, "caldav", false, "the address is a CalDAV collection")
	f.StringVar(&user, "user", "", "whom to sign in as there; the app password is asked for")
	f.BoolVar(&stdin, "password-stdin", false, "read the app password from standard input")
	f.BoolVar(&meetings, "meetings", false, "keep titles, for yourself alone")
	f.BoolVar(&focus, "focus", false, "hold back what would interrupt while it says busy")
	return cmd
}

// feed is one's own feeds.
func (e *env) feed() *cobra.Command {
	cmd := &cobra.Command{Use: "feed", Short: "Your calendar for other programs"}
	cmd.AddCommand(
		&cobra.Command{Use: "show", Short: "List your feeds; their secrets were shown when they were made", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
			return e.listFeeds(cmd.Context())
		}},
		e.rotateFeed(),
		&cobra.Command{Use: "off FEED", Short: "Switch a feed off", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			if err := c.call(cmd.Context(), "DELETE", "/me/feeds/"+url.PathEscape(args[0]), nil, nil); err != nil {
				return err
			}
			return e.show(map[string]string{"off": args[0]}, func() { e.say("It is off.") })
		}})
	return cmd
}

func (e *env) listFeeds(ctx context.Context) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	all, err := list[raw[feed]](ctx, c, "/me/feeds", url.Values{}, 0)
	if err != nil {
		return err
	}
	return e.show(all, func() {
		rows := [][]string{}
		for _, f := range all {
			rows = append(rows, []string{f.known.ID, f.known.Kind, f.known.Team, "last read " + e.local(f.known.ReadAt)})
		}
		e.table(rows)
	})
}

func (e *env) rotateFeed() *cobra.Command {
	var handle string
	var dav bool
	cmd := &cobra.Command{Use: "rotate", Short: "Make your feed, or give it a new secret; the one before opens nothing", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		body := map[string]any{"kind": "mine"}
		switch {
		case dav && handle != "":
			return errors.New("choose --caldav or --team; a CalDAV sign-in shows your teams already")
		case dav:
			body["kind"] = "caldav"
		case handle != "":
			team, err := teamOf(cmd.Context(), c, handle)
			if err != nil {
				return err
			}
			body["kind"], body["team"] = "team", team
		}
		var f raw[feed]
		if err := c.call(cmd.Context(), "POST", "/me/feeds", body, &f); err != nil {
			return err
		}
		return e.show(f, func() {
			e.say("%s", f.known.URL)
			if f.known.Password != "" {
				e.say("Name: %s\nApp password: %s", f.known.Username, f.known.Password)
			}
			e.say("Shown this once. Whoever has it can read the calendar.")
		})
	}}
	cmd.Flags().StringVar(&handle, "team", "", "of a team, by its handle")
	cmd.Flags().BoolVar(&dav, "caldav", false, "an app password for programs that sign in")
	return cmd
}

func teamOf(ctx context.Context, c *client, handle string) (string, error) {
	all, err := list[team](ctx, c, "/teams", url.Values{}, 0)
	if err != nil {
		return "", err
	}
	for _, t := range all {
		if strings.EqualFold(t.Handle, strings.TrimPrefix(handle, "@")) {
			return t.ID, nil
		}
	}
	return "", errors.New("there is no team @" + strings.TrimPrefix(handle, "@"))
}
