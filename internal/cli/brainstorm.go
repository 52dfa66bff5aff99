package cli

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

type brainstorm struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Phase  string     `json:"phase"`
	State  string     `json:"state"`
	EndsAt *time.Time `json:"ends_at"`
	Ideas  *int64     `json:"ideas"`
	Kept   string     `json:"kept"`
	Done   int        `json:"done"`
	Me     *struct {
		Room *string `json:"room"`
	} `json:"me"`
	Prompt string       `json:"prompt"`
	People []stormShare `json:"people"`
	Rooms  []struct {
		ID     string      `json:"id"`
		Name   string      `json:"name"`
		Phase  string      `json:"phase"`
		People []personRef `json:"people"`
	} `json:"rooms"`
	Parent   *string `json:"parent"`
	Warnings struct {
		Back string `json:"back"`
		End  string `json:"end"`
	} `json:"warnings"`
}

func (e *env) brainstorm() *cobra.Command {
	cmd := &cobra.Command{
		Use: "brainstorm", Short: "Think alone first, then together: ideas, votes, and what becomes of them",
		Example: "  meantime brainstorm new @team --in launch \"How might we hand over better?\"\n  meantime brainstorm idea BRAINSTORM \"A note at the end of the day\"\n  meantime brainstorm vote BRAINSTORM 4=2 7=1",
	}
	cmd.AddCommand(e.stormNew(), e.stormTemplates(), e.stormList(), e.stormShow(), e.stormChange(), e.stormRooms(),
		e.stormPeople(), e.stormJoin(), e.stormInvite(), e.stormLeave(),
		e.stormIdea(), e.stormReword(), e.stormDrop(), e.stormPicture(), e.stormDone(), e.stormNext(),
		e.stormGroup(), e.stormRename(), e.stormDissolve(), e.stormRegroup(), e.stormMove(), e.stormMerge(), e.stormSplit(), e.stormSuggest(),
		e.stormNote(), e.stormUnnote(), e.stormVote(), e.stormClaim(), e.stormMake(), e.stormFinish(), e.stormEnd(), e.stormExport())
	return cmd
}

func storm(x string) string { return "/brainstorms/" + url.PathEscape(x) }

func (e *env) stormNew() *cobra.Command {
	var in, template, prompt, vote string
	var plan []string
	var anonymous, hide, byHand, preview bool
	var dots, most int
	cmd := &cobra.Command{
		Use: "new @WHO... TITLE", Short: "Begin a brainstorm", Args: cobra.MinimumNArgs(2),
		Long: "Begin a brainstorm with people and teams. A plan is phases with the working time that everybody gets, such as collect=8h,cluster=4h,vote=4h.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			space, err := spaceID(cmd.Context(), c, in)
			if err != nil {
				return err
			}
			to, err := recipients(cmd.Context(), c, args[:len(args)-1])
			if err != nil {
				return err
			}
			body := map[string]any{"space": space, "title": args[len(args)-1], "prompt": prompt, "people": to["people"], "teams": to["teams"], "hide_count": hide, "by_hand": byHand}
			if template != "" {
				body["template"] = template
			}
			if cmd.Flags().Changed("anonymous") {
				body["anonymous"] = anonymous
			}
			rule, err := voteRule(vote, dots, most)
			if err != nil {
				return err
			}
			if rule != nil {
				body["vote"] = rule
			}
			if len(plan) > 0 {
				body["plan"] = planWords(plan)
			}
			if preview {
				return e.stormAhead(c, cmd, "/brainstorm-forecasts", body)
			}
			return e.stormCall(cmd.Context(), c, "POST", "/brainstorms", body)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in, "in", "", "the space, by its handle")
	f.StringVar(&template, "template", "", "open, retro, hmw, naming, risks or next (see: meantime brainstorm templates)")
	f.StringVar(&prompt, "prompt", "", "what people should think about, in Markdown")
	f.StringVar(&vote, "vote", "", "likes, dots, points, scale or impact_effort")
	f.StringSliceVar(&plan, "plan", nil, "phases with working time: collect=8h,cluster=4h,refine=4h,vote=4h")
	f.BoolVar(&anonymous, "anonymous", false, "nobody is shown whose ideas are whose; fixed from here on")
	f.IntVar(&dots, "dots", 0, "how many dots everybody has: 5 when not given")
	f.IntVar(&most, "most-dots", 0, "how many of them may go to one idea: 3 when not given")
	f.BoolVar(&preview, "preview", false, "only say when each phase would end, and who makes it long")
	f.BoolVar(&hide, "hide-count", false, "hide how many ideas there are while they are collected")
	f.BoolVar(&byHand, "by-hand", false, "phases change only when you say so")
	return cmd
}

// stormCall does something to a brainstorm and shows it.
func (e *env) stormCall(ctx context.Context, c *client, method, path string, body any) error {
	var out raw[brainstorm]
	if err := c.call(ctx, method, path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.stormSays(out.known) })
}

func (e *env) stormSays(b brainstorm) {
	e.say("%s  %s", b.ID, b.Title)
	if b.Prompt != "" {
		e.say("%s", b.Prompt)
	}
	e.say("%s", b.State)
	if b.EndsAt != nil {
		e.say("This phase ends on %s, or when all are done (%s of %s are).", e.local(b.EndsAt), strconv.Itoa(b.Done), strconv.Itoa(len(b.People)))
	}
	if b.Ideas != nil {
		e.say("Ideas: %s", strconv.FormatInt(*b.Ideas, 10))
	}
	if b.Me != nil && b.Me.Room != nil {
		e.say("Your room: %s", *b.Me.Room)
	}
	for _, r := range b.Rooms {
		var names []string
		for _, p := range r.People {
			names = append(names, p.Name)
		}
		e.say("  %s, %s: %s   %s", r.Name, r.Phase, strings.Join(names, ", "), r.ID)
	}
}

func (e *env) stormList() *cobra.Command {
	var all bool
	cmd := &cobra.Command{Use: "list", Short: "Brainstorms under way, newest first", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		query := url.Values{"state": {"open"}}
		if all {
			query = url.Values{}
		}
		found, err := list[raw[brainstorm]](cmd.Context(), c, "/brainstorms", query, 100)
		if err != nil {
			return err
		}
		return e.show(found, func() {
			rows := [][]string{}
			for _, b := range found {
				rows = append(rows, []string{b.known.ID, b.known.Phase, e.local(b.known.EndsAt), b.known.Title})
			}
			e.table(rows)
		})
	}}
	cmd.Flags().BoolVar(&all, "all", false, "those that have ended, too")
	return cmd
}

func (e *env) stormShow() *cobra.Command {
	return &cobra.Command{Use: "show BRAINSTORM", Short: "A brainstorm and its board, as you may see it", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var b raw[brainstorm]
		if err := c.call(cmd.Context(), "GET", storm(args[0]), nil, &b); err != nil {
			return err
		}
		var board raw[boardOf]
		if err := c.call(cmd.Context(), "GET", storm(args[0])+"/board", nil, &board); err != nil {
			return err
		}
		return e.show(map[string]any{"brainstorm": b, "board": board}, func() {
			e.stormSays(b.known)
			e.stormBoard(board.known)
		})
	}}
}

func (e *env) stormExport() *cobra.Command {
	var file string
	var asCSV bool
	cmd := &cobra.Command{Use: "export BRAINSTORM", Short: "The board as you may see it, as Markdown or CSV", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		path := storm(args[0]) + "/export"
		if asCSV {
			path += "?format=csv"
		}
		var out []byte
		if err := c.call(cmd.Context(), "GET", path, nil, &out); err != nil {
			return err
		}
		if file != "" {
			return os.WriteFile(filepath.Clean(file), out, 0o600)
		}
		e.say("%s", strings.TrimRight(string(out), "\n"))
		return nil
	}}
	cmd.Flags().BoolVar(&asCSV, "csv", false, "as CSV")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write into this file")
	return cmd
}
