package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// checkinIn is what is said of a new check-in, or changed in one.
type checkinIn struct {
	often
	team, name, purpose, file, window string
	people, questions                 []string
	hidden                            bool
}

func (x *checkinIn) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&x.team, "team", "", "the team that is asked")
	f.StringSliceVar(&x.people, "to", nil, "people who are asked, by handle")
	f.StringVar(&x.name, "name", "", "its name")
	f.StringVar(&x.purpose, "purpose", "", "what it is for")
	f.StringArrayVar(&x.questions, "question", nil, "a question: \"text: What next?\", \"choice: How was it? | good | bad\", \"number: Tickets? | pieces\"; mood, yes_no, health, hill, blocker and of_week too; \"text!: …\" must be answered")
	f.StringVar(&x.window, "blocker-window", "", "how much of their working time those may take whom somebody waits for: 1d")
	f.StringVar(&x.file, "file", "", "questions, rhythm and the rest as JSON, as the API takes them (- for standard input)")
	f.BoolVar(&x.hidden, "hidden", false, "others' answers only after one's own")
	x.often.flags(cmd)
}

// into puts what was given into a check-in as the API takes it.
func (x checkinIn) into(ctx context.Context, c *client, body map[string]any, given func(string) bool, had rhythm, asked []question) (err error) {
	for name, v := range map[string]any{"name": x.name, "purpose": x.purpose, "blocker-window": x.window, "hidden": x.hidden} {
		if given(name) {
			body[strings.ReplaceAll(name, "-", "_")] = v
		}
	}
	if given("team") {
		body["team"] = ""
		if x.team != "" {
			if body["team"], err = teamID(ctx, c, x.team); err != nil {
				return err
			}
		}
	}
	if given("to") {
		to, err := recipients(ctx, c, x.people)
		if err != nil {
			return err
		}
		body["people"] = to["people"]
	}
	if given("question") {
		if body["questions"], err = questionsFrom(x.questions, asked); err != nil {
			return err
		}
	}
	if x.said() {
		if body["rhythm"], err = x.over(had); err != nil {
			return err
		}
	}
	return nil
}

// fromFile is the JSON that was given, or nothing.
func (e *env) fromFile(file string) (map[string]any, error) {
	if file == "" {
		return map[string]any{}, nil
	}
	own, err := e.jsonFrom(file)
	if err != nil {
		return nil, err
	}
	fields, ok := own.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s holds no JSON object; write one with name, questions and rhythm, as the API takes them", file)
	}
	return fields, nil
}

// checkinTemplate is something to begin with.
type checkinTemplate struct {
	Key         string     `json:"key"`
	Name        string     `json:"name"`
	Purpose     string     `json:"purpose"`
	RhythmWords string     `json:"rhythm_words"`
	Rhythm      rhythm     `json:"rhythm"`
	Questions   []question `json:"questions"`
}

// templateNamed finds a template by its key or its name; what is not found is for the
// server to refuse.
func templateNamed(ctx context.Context, c *client, given string) (checkinTemplate, error) {
	all, err := list[checkinTemplate](ctx, c, "/checkin-templates", url.Values{}, 0)
	if err != nil {
		return checkinTemplate{}, err
	}
	for _, t := range all {
		if strings.EqualFold(t.Key, given) || strings.EqualFold(t.Name, given) {
			return t, nil
		}
	}
	return checkinTemplate{Key: given}, nil
}

func (e *env) checkinNew() *cobra.Command {
	var x checkinIn
	var preview bool
	cmd := &cobra.Command{
		Use: "new SPACE [TEMPLATE]", Short: "Begin a check-in: standup, weekly, retro, project or team_question, or one of your own", Args: cobra.RangeArgs(1, 2),
		Example: "  meantime checkin new launch standup --team crew --at end\n" +
			"  meantime checkin new launch --name \"Friday note\" --team crew --every \"2 weeks on fri\" --at 16:00 \\\n    --question \"text: What next?\" --question \"choice: How was it? | good | bad\"\n" +
			"  meantime checkin new launch retro --to ana,mei --on \"last fri\" --preview",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			body, err := e.fromFile(x.file)
			if err != nil {
				return err
			}
			if body["space"], err = spaceID(cmd.Context(), c, args[0]); err != nil {
				return err
			}
			var from checkinTemplate
			if len(args) == 2 {
				if from, err = templateNamed(cmd.Context(), c, args[1]); err != nil {
					return err
				}
				body["template"] = from.Key
			}
			had := from.Rhythm
			had.From = ""
			if had.Every == "" && x.said() && x.every == "" && x.on == "" && x.once == "" && x.file == "" {
				return errors.New("say how often, too: --every weekday, --every \"2 weeks on tue\", --on \"last fri\" or --once 2026-12-01")
			}
			if err := x.into(cmd.Context(), c, body, cmd.Flags().Changed, had, from.Questions); err != nil {
				return err
			}
			if preview {
				return e.checkinPreview(cmd.Context(), c, body, had)
			}
			var out raw[checkin]
			if err := c.call(cmd.Context(), "POST", "/checkins", body, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.say("%s begins: %s. %s", out.known.Name, out.known.Words, out.known.ID) })
		},
	}
	x.flags(cmd)
	cmd.Flags().BoolVar(&preview, "preview", false, "only say when each person would be asked next")
	return cmd
}

// checkinPreview says when each person would be asked next.
func (e *env) checkinPreview(ctx context.Context, c *client, body map[string]any, had rhythm) error {
	ask := map[string]any{"rhythm": had}
	for _, f := range []string{"space", "team", "people", "rhythm"} {
		if v, ok := body[f]; ok {
			ask[f] = v
		}
	}
	var out raw[struct {
		Asked  int `json:"asked"`
		People []struct {
			Person personRef `json:"person"`
			Times  []struct {
				At   *time.Time `json:"at"`
				Date string     `json:"date"`
			} `json:"times"`
		} `json:"people"`
	}]
	if err := c.call(ctx, "POST", "/checkin-previews", ask, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		e.say("%d would be asked; on your clock:", out.known.Asked)
		for _, p := range out.known.People {
			var times []string
			for _, t := range p.Times {
				times = append(times, e.local(t.At))
			}
			e.say("  %s: %s", p.Person.Name, strings.Join(times, ", "))
		}
	})
}
