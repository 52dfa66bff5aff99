package cli

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// deciding is what is said of a new decision, or changed in a draft.
type deciding struct {
	space, title, kind, context, method, share, blind, silence, reasons, end, decider, opens string
	options, to                                                                              []string
	fair, objections                                                                         time.Duration
	quorum, seats, most                                                                      int
	early, sealed, anonymous, draft, preview                                                 bool
}

func (d *deciding) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&d.space, "space", "", "handle of the space")
	f.StringVar(&d.kind, "kind", "majority", "sense_check, consent, advice, majority, approval, score, dots, ranked or time (see: meantime decision kinds)")
	f.StringVar(&d.context, "context", "", "what it is about, in Markdown")
	f.StringArrayVar(&d.options, "option", nil, "an option: \"Name\", \"Name | what it means\" or \"Name | what it means | what is asked for as its reason\"; a time by its begin and end: \"2026-10-05T09:00:00Z/2026-10-05T10:00:00Z\"")
	f.StringSliceVar(&d.to, "to", nil, "handles of people and teams who are entitled")
	f.StringVar(&d.decider, "decider", "", "handle of who writes the outcome; you when empty")
	f.DurationVar(&d.fair, "fair", 0, "how much of their own working time everybody gets: 16h when there is no --end")
	f.StringVar(&d.end, "end", "", "a fixed end instead: \"2026-10-05 16:00\" on your clock, or 2026-10-05T09:00:00Z")
	f.DurationVar(&d.objections, "objections", 0, "how much of their working time the absent have to object after the close")
	f.StringVar(&d.method, "method", "", "of a ranking: borda, instant_runoff, schulze, ranked_pairs or stv")
	f.StringVar(&d.share, "share", "", "of a majority: most, more_than_half, two_thirds, three_quarters or all")
	f.StringVar(&d.blind, "blind", "", "results: shown, until_voted or until_closed")
	f.StringVar(&d.reasons, "reasons", "", "optional, required or off")
	f.StringVar(&d.silence, "silence", "", "what silence means: nothing, consent, abstain, extend or decider")
	f.IntVar(&d.quorum, "quorum", 0, "how many must take part, in per cent")
	f.IntVar(&d.seats, "seats", 0, "how many are chosen")
	f.IntVar(&d.most, "most", 0, "the highest score, or the number of dots")
	f.BoolVar(&d.sealed, "sealed", false, "others' reasons open with one's own ballot")
	f.BoolVar(&d.anonymous, "anonymous", false, "votes carry no names")
	f.BoolVar(&d.early, "early", false, "end when all have had their say")
}

func (e *env) decisionNew() *cobra.Command {
	var d deciding
	cmd := &cobra.Command{
		Use: "new TITLE", Short: "Open a decision, draft it, or see by when it could end", Args: cobra.ExactArgs(1),
		Example: "  meantime decision new \"Which logo?\" --space product --kind ranked --to @design --fair 16h \\\n    --option \"Anchor | what we have\" --option \"Boat | drawn by Mei | What would customers say?\"\n" +
			"  meantime decision new \"Move to Porto?\" --space product --kind consent --to @crew --opens \"2026-12-01 09:00\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			d.title = args[0]
			return e.runDecision(cmd.Context(), d, cmd.Flags().Changed)
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&d.opens, "opens", "", "open by itself then: \"2026-12-01 09:00\" on your clock, or 2026-12-01T09:00:00Z")
	f.BoolVar(&d.draft, "draft", false, "do not open it yet")
	f.BoolVar(&d.preview, "preview", false, "only say by when everybody would have had their hours")
	return cmd
}

// rules puts what was given over the rules that are there.
func (d deciding) rules(e *env, rules map[string]any, given func(string) bool) (map[string]any, error) {
	for name, v := range map[string]any{
		"method": d.method, "share": d.share, "blind": d.blind, "reasons": d.reasons, "silence": d.silence, "quorum": d.quorum, "seats": d.seats, "most": d.most,
		"early": d.early, "sealed": d.sealed, "anonymous": d.anonymous, "objections": int64(d.objections / time.Minute), "fair": int64(d.fair / time.Minute),
	} {
		if given(name) {
			rules[name] = v
		}
	}
	if given("fair") {
		delete(rules, "end")
	}
	if given("end") {
		if !given("fair") {
			delete(rules, "fair")
		}
		return rules, e.momentInto(rules, "end", d.end)
	}
	return rules, nil
}

// into puts what was given into a decision as the API takes it.
func (d deciding) into(ctx context.Context, e *env, c *client, in map[string]any, given func(string) bool) (err error) {
	if given("kind") {
		in["kind"] = d.kind
	}
	if given("context") {
		in["context"] = d.context
	}
	if given("space") {
		if in["space"], err = spaceID(ctx, c, d.space); err != nil {
			return err
		}
	}
	if given("to") {
		to, err := recipients(ctx, c, d.to)
		if err != nil {
			return err
		}
		in["people"], in["teams"] = to["people"], to["teams"]
	}
	if given("option") {
		if in["options"], err = e.optionsIn(d.options, in["kind"] == "time"); err != nil {
			return err
		}
	}
	if given("decider") {
		if in["decider"], err = personOf(ctx, c, d.decider); err != nil {
			return errors.New("--decider is the handle of one person")
		}
	}
	return nil
}

// optionsIn reads options as they are typed: name | meaning | prompt. Of times to choose
// from the first part is begin and end, and a name may follow before the others.
func (e *env) optionsIn(list []string, times bool) ([]map[string]any, error) {
	out := []map[string]any{}
	for _, o := range list {
		parts := strings.Split(o, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		one, fields := map[string]any{}, []string{"name", "meaning", "prompt"}
		if times {
			from, to, _ := strings.Cut(parts[0], "/")
			if err := errors.Join(e.momentInto(one, "start", from), e.momentInto(one, "end", to)); err != nil {
				return nil, err
			}
			parts = parts[1:]
		}
		if len(parts) > len(fields) {
			return nil, errors.New("an option is written \"name | what it means | what is asked for as its reason\"")
		}
		for i, p := range parts {
			if p != "" {
				one[fields[i]] = p
			}
		}
		out = append(out, one)
	}
	return out, nil
}

func (e *env) runDecision(ctx context.Context, d deciding, given func(string) bool) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	in := map[string]any{"title": d.title, "kind": d.kind, "open": !d.draft, "people": []string{}, "teams": []string{}, "options": []any{}}
	if in["space"], err = spaceID(ctx, c, d.space); err != nil {
		return err
	}
	if err := d.into(ctx, e, c, in, given); err != nil {
		return err
	}
	if in["rules"], err = d.rules(e, map[string]any{}, given); err != nil {
		return err
	}
	if err := e.momentInto(in, "opens_at", d.opens); err != nil {
		return err
	}
	if d.preview {
		return e.decisionPreview(ctx, c, in)
	}
	return e.decisionShow(ctx, "POST", "", "", in)
}

// decisionPreview says by when everybody would have had their hours.
func (e *env) decisionPreview(ctx context.Context, c *client, in map[string]any) error {
	ask := map[string]any{}
	for _, f := range []string{"space", "people", "teams", "rules", "opens_at"} {
		if v, ok := in[f]; ok {
			ask[f] = v
		}
	}
	var out raw[struct {
		EndsAt *time.Time `json:"ends_at"`
		People []struct {
			Person  personRef  `json:"person"`
			ShareAt *time.Time `json:"share_at"`
			Minutes int64      `json:"minutes"`
			Why     []string   `json:"why"`
		} `json:"people"`
		Warnings []string `json:"warnings"`
	}]
	if err := c.call(ctx, "POST", "/decisions/preview", ask, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		e.say("It would end %s.", e.local(out.known.EndsAt))
		for _, p := range out.known.People {
			e.say("  %s: %s of working time before that; their share by %s", p.Person.Name, (time.Duration(p.Minutes) * time.Minute).String(), e.local(p.ShareAt))
			for _, why := range p.Why {
				e.say("    %s", why)
			}
		}
		for _, w := range out.known.Warnings {
			e.say("! %s", w)
		}
	})
}

// decisionKey is the path of a decision.
func decisionKey(x string) string { return "/decisions/" + url.PathEscape(x) }

// personOf is the id of the one person whom a handle names.
func personOf(ctx context.Context, c *client, handle string) (string, error) {
	found, err := recipients(ctx, c, []string{handle})
	if err != nil {
		return "", err
	}
	if len(found["people"]) != 1 {
		return "", errors.New("@" + strings.TrimPrefix(handle, "@") + " is no person; name one by their handle")
	}
	return found["people"][0], nil
}
