package cli

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// decided is a decision as the register shows it.
type decided struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Kind     string     `json:"kind"`
	State    string     `json:"state"`
	Entitled int        `json:"entitled"`
	Voted    int        `json:"voted"`
	OpensAt  *time.Time `json:"opens_at"`
	EndsAt   *time.Time `json:"ends_at"`
	Space    struct {
		Name string `json:"name"`
	} `json:"space"`
	Decider personRef `json:"decider"`
}

// objection is what speaks against a decision, and what became of it.
type objection struct {
	Person     personRef `json:"person"`
	Words      string    `json:"words"`
	State      string    `json:"state"`
	Settlement string    `json:"settlement"`
}

// option is what can be chosen.
type option struct {
	Key     string     `json:"key"`
	Name    string     `json:"name"`
	Meaning string     `json:"meaning"`
	Prompt  string     `json:"prompt"`
	Start   *time.Time `json:"start"`
	End     *time.Time `json:"end"`
}

// titleOf is what an option is called; a time stands on one's own clock.
func (e *env) titleOf(o option) string {
	if o.Start == nil {
		return o.Name
	}
	when := e.local(o.Start)
	if o.End != nil {
		when += "–" + o.End.In(e.zone()).Format("15:04")
	}
	return when
}

type decidedWhole struct {
	decided
	Context  string   `json:"context"`
	EndedWhy string   `json:"ended_why"`
	Hidden   string   `json:"hidden"`
	Options  []option `json:"options"`
	Mine     *struct {
		Spoken  string     `json:"spoken"`
		ShareAt *time.Time `json:"share_at"`
	} `json:"mine"`
	Result *struct {
		Silent int `json:"silent"`
		Spread *struct {
			Verdict string `json:"verdict"`
		} `json:"spread"`
		Count struct {
			Outcome string   `json:"outcome"`
			Winners []string `json:"winners"`
			Figures []struct {
				Option string  `json:"option"`
				Total  float64 `json:"total"`
			} `json:"figures"`
		} `json:"count"`
	} `json:"result"`
	Objections []objection `json:"objections"`
	Rules      struct {
		Anonymous bool `json:"anonymous"`
	} `json:"rules"`
	ObjectUntil *time.Time `json:"object_until"`
	ReplacedBy  *struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	} `json:"replaced_by"`
	Done *struct {
		Markdown   string     `json:"markdown"`
		Reason     string     `json:"reason"`
		Dissent    string     `json:"dissent"`
		ReviewAt   *time.Time `json:"review_at"`
		Supersedes []struct {
			ID    string `json:"id"`
			Title string `json:"title"`
		} `json:"supersedes"`
	} `json:"decided"`
}

// decisionShow does something to a decision, or makes one, and shows it.
func (e *env) decisionShow(ctx context.Context, method, decision, path string, body any) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	where := "/decisions"
	if decision != "" {
		where += "/" + url.PathEscape(decision) + path
	}
	var out raw[decidedWhole]
	if err := c.call(ctx, method, where, body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.sayDecision(out.known) })
}

// decisionFor reads a decision for whoever is signed in.
func decisionFor(ctx context.Context, x string) (c *client, d decidedWhole, err error) {
	if c, err = signedIn(); err == nil {
		err = c.call(ctx, "GET", decisionKey(x), nil, &d)
	}
	return c, d, err
}

func (e *env) sayDecision(d decidedWhole) {
	e.say("%s · %s · %s · %s", d.Title, d.Kind, d.State, d.ID)
	if d.Context != "" {
		e.say("%s", d.Context)
	}
	totals := map[string]string{}
	if d.Result != nil {
		for _, f := range d.Result.Count.Figures {
			totals[f.Option] = strconv.FormatFloat(f.Total, 'f', -1, 64)
		}
	}
	rows := [][]string{}
	for _, o := range d.Options {
		about := o.Meaning
		if o.Prompt != "" {
			about = strings.TrimSpace(about + " (" + o.Prompt + ")")
		}
		rows = append(rows, []string{o.Key, e.titleOf(o), about, totals[o.Key]})
	}
	e.table(rows)
	e.sayWhen(d)
	switch {
	case d.Hidden != "":
		e.say("Results are hidden %s.", strings.ReplaceAll(d.Hidden, "_", " "))
	case d.Result != nil && d.Kind == "sense_check":
		if s := d.Result.Spread; s != nil && s.Verdict != "" {
			e.say("%s", map[string]string{"agreement": "People agree.", "mixed": "Opinions are mixed.", "split": "People are split."}[s.Verdict])
		}
	case d.Result != nil && len(d.Result.Count.Winners) > 0:
		word := "Counted first"
		if d.State == "open" {
			word = "Ahead so far"
		}
		e.say("%s: %s.", word, strings.Join(e.names(d, d.Result.Count.Winners), ", "))
	case d.Result != nil && d.State != "open":
		e.say("Counted: %s.", strings.ReplaceAll(d.Result.Count.Outcome, "_", " "))
	}
	for _, o := range d.Objections {
		e.say("%s objects (%s): %s", o.Person.Name, o.State, o.Words)
		if o.Settlement != "" {
			e.say("    %s", o.Settlement)
		}
	}
	if d.Mine != nil && d.Mine.Spoken != "" {
		e.say("%s", d.Mine.Spoken)
	}
	e.sayOutcome(d)
}

// sayOutcome writes what was decided, and what it replaces or was replaced by.
func (e *env) sayOutcome(d decidedWhole) {
	if d.Done != nil {
		e.say("Outcome: %s", d.Done.Markdown)
		if d.Done.Reason != "" {
			e.say("Reason: %s", d.Done.Reason)
		}
		if d.Done.Dissent != "" {
			e.say("Dissent: %s", d.Done.Dissent)
		}
		for _, old := range d.Done.Supersedes {
			e.say("It replaces “%s”   %s", old.Title, old.ID)
		}
		if d.Done.ReviewAt != nil {
			e.say("To be looked at again %s.", e.local(d.Done.ReviewAt))
		}
	}
	if d.ReplacedBy != nil {
		e.say("Replaced by “%s”   %s", d.ReplacedBy.Title, d.ReplacedBy.ID)
	}
}

// sayWhen says when it opens or ends, and until when the absent may object.
func (e *env) sayWhen(d decidedWhole) {
	if d.Decider.Name != "" && d.Done == nil {
		e.say("%s decides.", d.Decider.Name)
	}
	switch {
	case d.State == "scheduled":
		e.say("It opens %s.", e.local(d.OpensAt))
	case d.State == "open" && d.EndsAt != nil:
		e.say("%d of %d have had their say; it ends %s.", d.Voted, d.Entitled, e.local(d.EndsAt))
	case d.State == "open":
		e.say("%d of %d have had their say.", d.Voted, d.Entitled)
	}
	if d.State == "closed" && d.ObjectUntil != nil {
		e.say("Whoever was absent may object until %s.", e.local(d.ObjectUntil))
	}
}

// names are what options are called, by their keys.
func (e *env) names(d decidedWhole, keys []string) []string {
	out := slices.Clone(keys)
	for i, k := range out {
		for _, o := range d.Options {
			if o.Key == k {
				out[i] = e.titleOf(o)
			}
		}
	}
	return out
}
