package cli

import (
	"time"

	"github.com/spf13/cobra"
)

func (e *env) stormJoin() *cobra.Command {
	return &cobra.Command{Use: "join BRAINSTORM", Short: "Take part", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		who, err := me(cmd.Context(), c)
		if err != nil {
			return err
		}
		return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/participants", map[string]any{"people": []string{who}})
	}}
}

func (e *env) stormInvite() *cobra.Command {
	return &cobra.Command{Use: "invite BRAINSTORM HANDLE...", Short: "Let more people take part", Args: cobra.MinimumNArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		to, err := recipients(cmd.Context(), c, args[1:])
		if err != nil {
			return err
		}
		return e.stormCall(cmd.Context(), c, "POST", storm(args[0])+"/participants", map[string]any{"people": to["people"], "teams": to["teams"]})
	}}
}

func (e *env) stormLeave() *cobra.Command {
	return &cobra.Command{Use: "leave BRAINSTORM [PERSON]", Short: "Take part no longer, or take somebody out", Args: cobra.RangeArgs(1, 2), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		who, err := me(cmd.Context(), c)
		if err == nil && len(args) == 2 {
			who, err = personOf(cmd.Context(), c, args[1])
		}
		if err != nil {
			return err
		}
		return e.stormCall(cmd.Context(), c, "DELETE", storm(args[0])+"/participants/"+who, nil)
	}}
}

func (e *env) stormPeople() *cobra.Command {
	return &cobra.Command{Use: "people BRAINSTORM", Short: "Who takes part, and by when each has had their share of this phase", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := signedIn()
		if err != nil {
			return err
		}
		var b raw[brainstorm]
		if err := c.call(cmd.Context(), "GET", storm(args[0]), nil, &b); err != nil {
			return err
		}
		return e.show(b, func() { e.stormShares(b.known.People) })
	}}
}

// stormShare is by when somebody has had their share of a phase.
type stormShare struct {
	Person  personRef  `json:"person"`
	Share   *time.Time `json:"share"`
	Unfair  bool       `json:"unfair"`
	Minutes *int64     `json:"minutes"`
}

func (e *env) stormShares(people []stormShare) {
	rows := [][]string{}
	for _, p := range people {
		when := e.local(p.Share)
		if p.Minutes != nil {
			when = (time.Duration(*p.Minutes) * time.Minute).String() + " of working time"
		}
		if p.Unfair {
			when += ", which is unfair"
		}
		rows = append(rows, []string{"  @" + p.Person.Handle + " " + p.Person.Name, when})
	}
	e.table(rows)
}

// ahead is when a phase would end.
type ahead struct {
	Phase  string       `json:"phase"`
	End    *time.Time   `json:"end"`
	People []stormShare `json:"people"`

	Without *struct {
		Says string `json:"says"`
	} `json:"without"`
}

// stormAhead says when each phase would end, before it is so.
func (e *env) stormAhead(c *client, cmd *cobra.Command, path string, body any) error {
	var out raw[struct {
		Items []ahead `json:"items"`
	}]
	if err := c.call(cmd.Context(), "POST", path, body, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		for _, p := range out.known.Items {
			if p.End == nil {
				e.say("%s ends by hand, or when all are done.", p.Phase)
				continue
			}
			e.say("%s ends %s.", p.Phase, e.local(p.End))
			e.stormShares(p.People)
			if p.Without != nil {
				e.say("  %s", p.Without.Says)
			}
		}
	})
}
