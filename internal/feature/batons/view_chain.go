package batons

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// ringOf is how much of the clock a chain is drawn on.
const ringOf = 24 * time.Hour

// ChainView is a chain as one reader sees it.
type ChainView struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Space   asks.SpaceView `json:"space"`
	Window  string         `json:"window"`
	Steps   []StepView     `json:"steps" nullable:"false"`
	From    time.Time      `json:"from" doc:"Now: where the hours of its people begin."`
	Members []MemberView   `json:"members" nullable:"false" doc:"Its people, whoever comes next in front."`
	Version int64          `json:"version"`
	May     ChainMay       `json:"may"`
}

// StepView is a person or a team of a chain.
type StepView struct {
	Person *people.PersonRef `json:"person,omitempty"`
	Team   *TeamView         `json:"team,omitempty"`
}

// TeamView names a team.
type TeamView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// MemberView is somebody of a chain: when they work within the next day, and when work
// would reach them.
type MemberView struct {
	Person people.PersonRef `json:"person"`
	Hours  []HoursView      `json:"hours" nullable:"false" doc:"Of the next 24 hours; when there are none, of the day on which work would reach them."`
	Works  bool             `json:"works" doc:"It is their working time now."`
	Reach  *time.Time       `json:"reach" doc:"Missing for somebody who does not work within five years."`
	Due    *time.Time       `json:"due"`
	Has    int              `json:"has" doc:"How many batons of this chain they have now."`
}

// HoursView is a stretch of somebody's working time.
type HoursView struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// ChainMay says what the reader may do.
type ChainMay struct {
	Change bool `json:"change"`
}

// showChains writes chains for a reader who may see them all. The number of queries
// does not grow with the list.
func (s *Service) showChains(ctx context.Context, q db.Queryer, a actor.Actor, list []Chain) ([]ChainView, error) {
	if len(list) == 0 {
		return []ChainView{}, nil
	}
	c, err := s.cast(ctx, q, a, list)
	if err != nil {
		return nil, err
	}
	out, now := make([]ChainView, 0, len(list)), s.now()
	for _, x := range list {
		sp := c.spaces[x.Space]
		v := ChainView{
			ID: id.Encode("chn", x.ID), Name: x.Name, Space: asks.SpaceView{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color},
			Window: x.Window, From: now.Time(), Steps: c.steps(x), Version: x.Version,
			May: ChainMay{Change: (sp.MayChange || x.MadeBy == a.Person) && a.Role != actor.Guest},
		}
		v.Members = c.members(x, now)
		out = append(out, v)
	}
	return out, nil
}

// cast is all that is known of the people of some chains.
type cast struct {
	spaces map[id.ID]spaces.Standing
	teams  map[id.ID]people.Team // as the reader sees them
	who    map[id.ID]people.PersonRef
	hours  map[id.ID]*worktime.Schedule
	folk   map[id.ID][]id.ID // the members of each chain whom the reader sees
	has    map[inHands]int
}

func (s *Service) cast(ctx context.Context, q db.Queryer, a actor.Actor, list []Chain) (c cast, err error) {
	var places, chains, teams, named []id.ID
	for _, x := range list {
		places, chains = append(places, x.Space), append(chains, x.ID)
		for _, st := range x.Steps.V {
			teams, named = append(teams, st.Team), append(named, st.Person)
		}
	}
	places = unique(places, id.ID{})
	if c.spaces, err = s.spaces.SpacesIn(ctx, q, a, places); err != nil {
		return c, err
	}
	if c.teams, err = s.people.TeamsIn(ctx, q, a, unique(teams, id.ID{})); err != nil {
		return c, err
	}
	whole := c.teams
	if a.Role == actor.Guest { // who comes next does not depend on who looks
		if whole, err = s.people.TeamsIn(ctx, q, house(a.Workspace), unique(teams, id.ID{})); err != nil {
			return c, err
		}
	}
	everybody := slices.Clone(named)
	for _, t := range whole {
		for _, p := range t.Members {
			everybody = append(everybody, p.ID)
		}
	}
	everybody = unique(everybody, id.ID{})
	known, err := s.people.ByIDs(ctx, q, a.Workspace, everybody)
	if err != nil {
		return c, err
	}
	reads, err := s.spaces.ReadersOf(ctx, q, a.Workspace, places)
	if err != nil {
		return c, err
	}
	visible, err := s.people.Visible(ctx, q, a, everybody)
	if err != nil {
		return c, err
	}
	seen := map[id.ID]bool{}
	for _, x := range visible {
		seen[x] = true
	}
	c.folk = map[id.ID][]id.ID{}
	for _, x := range list {
		for _, p := range stepped(x, whole) {
			if one, ok := known[p]; ok && !one.Bot && seen[p] && reads(x.Space, one) {
				c.folk[x.ID] = append(c.folk[x.ID], p)
			}
		}
	}
	if c.hours, err = s.people.HoursOf(ctx, q, a.Workspace, visible); err != nil {
		return c, err
	}
	if c.who, err = s.people.Refs(ctx, q, a.Workspace, everybody); err != nil {
		return c, err
	}
	c.has, err = heldOf(ctx, q, a.Workspace, chains)
	return c, err
}

// stepped lists whom the steps of a chain stand for, each once, in their order.
func stepped(c Chain, teams map[id.ID]people.Team) []id.ID {
	var list []id.ID
	for _, st := range c.Steps.V {
		list = append(list, st.Person)
		for _, p := range teams[st.Team].Members {
			list = append(list, p.ID)
		}
	}
	return unique(list, id.ID{})
}

func (c cast) steps(x Chain) []StepView {
	out := []StepView{}
	for _, st := range x.Steps.V {
		if st.Team.IsZero() {
			out = append(out, StepView{Person: ref(c.who, st.Person)})
		} else if t, ok := c.teams[st.Team]; ok { // else taken away, or not for this guest to see
			out = append(out, StepView{Team: &TeamView{ID: id.Encode("team", t.ID), Name: t.Name}})
		}
	}
	return out
}

func (c cast) members(x Chain, now clock.Instant) []MemberView {
	out, list := []MemberView{}, c.folk[x.ID]
	order := wakeAll(list, c.hours, now, x.Window)
	reached := map[id.ID]bool{}
	for _, w := range order {
		reached[w.Person] = true
	}
	for _, p := range list {
		if !reached[p] {
			order = append(order, Wake{Person: p})
		}
	}
	for _, w := range order {
		m := MemberView{Person: c.who[w.Person], Hours: []HoursView{}, Reach: w.Reach.Pointer(), Due: w.Due.Pointer(), Has: c.has[inHands{x.ID, w.Person}]}
		if h := c.hours[w.Person]; h != nil {
			m.Works, m.Hours = h.Working(now.Time()), ring(h, now, w.Reach)
		}
		out = append(out, m)
	}
	return out
}

// ring is when somebody works within a day from now, or else from when work would
// reach them: a weekend leaves nobody without a place on the clock.
func ring(h *worktime.Schedule, now, reach clock.Instant) []HoursView {
	out := []HoursView{}
	for _, from := range []clock.Instant{now, reach} {
		for _, r := range h.Ranges(from.Time(), from.Add(ringOf).Time()) {
			out = append(out, HoursView{From: r.From, To: r.To})
		}
		if len(out) > 0 || reach.IsZero() {
			break
		}
	}
	return out
}
