package brainstorms

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// BrainstormView is a brainstorm in the API.
type BrainstormView struct {
	ID          string               `json:"id"`
	Space       string               `json:"space"`
	Thread      string               `json:"thread" doc:"Where it is discussed."`
	Title       string               `json:"title"`
	Prompt      string               `json:"prompt" doc:"Markdown."`
	PromptHTML  string               `json:"prompt_html"`
	Template    string               `json:"template"`
	Facilitator people.PersonRef     `json:"facilitator"`
	Phase       string               `json:"phase" enum:"collect,reveal,cluster,refine,vote,act,ended"`
	PhaseAt     time.Time            `json:"phase_at"`
	EndsAt      *time.Time           `json:"ends_at" doc:"When the phase ends by itself; earlier when all are done; null when it does not."`
	State       string               `json:"state" doc:"Where it stands, in a sentence."`
	Anonymous   bool                 `json:"anonymous" doc:"Fixed at the start."`
	HideCount   bool                 `json:"hide_count"`
	ByHand      bool                 `json:"by_hand"`
	Plan        []BrainstormStepView `json:"plan" nullable:"false"`
	Vote        VoteRule             `json:"vote"`
	Seed        string               `json:"seed" doc:"Decides the order of the reveal and of ties."`
	Kept        string               `json:"kept" doc:"What is kept of who wrote and voted what, in words for those who take part."`
	Ideas       *int64               `json:"ideas" doc:"How many there are; null while their number is hidden."`
	People      []BrainstormPerson   `json:"people" nullable:"false" doc:"Who takes part, in the order of their shares."`
	Done        int                  `json:"done" doc:"How many of them are done with this phase."`
	Me          *BrainstormMine      `json:"me" doc:"Null when you do not take part."`
	Room        string               `json:"room" doc:"The name of this room; empty for a whole brainstorm."`
	Parent      *string              `json:"parent" doc:"The brainstorm that this is a room of."`
	InRooms     bool                 `json:"in_rooms" doc:"People think in small groups now."`
	Rooms       []BrainstormRoom     `json:"rooms" nullable:"false"`
	Conclusion  string               `json:"conclusion" doc:"Markdown."`
	Concluded   string               `json:"conclusion_html" doc:"The same to be shown; empty while there is none."`
	Warnings    BrainstormWarnings   `json:"warnings"`
	Fixed       Fixed                `json:"fixed" doc:"Why what cannot be changed any more cannot; empty where it can, and for whoever may change nothing."`
	May         BrainstormMay        `json:"may"`
	CreatedAt   time.Time            `json:"created_at"`
	EndedAt     *time.Time           `json:"ended_at"`
}

// BrainstormStepView is one phase of the plan.
type BrainstormStepView struct {
	Phase  string     `json:"phase"`
	Window string     `json:"window" doc:"Working time that everybody gets; empty for none."`
	Until  *time.Time `json:"until" doc:"A fixed end."`
	State  string     `json:"state" enum:"past,now,next"`
}

// BrainstormPerson is somebody who takes part.
type BrainstormPerson struct {
	Person  people.PersonRef `json:"person"`
	Share   *time.Time       `json:"share" doc:"By when they have had their share of this phase; null when there is none, or not within five years."`
	Minutes *int64           `json:"minutes" doc:"Working time that they have before the fixed end of this phase; null when it has none."`
	Unfair  bool             `json:"unfair" doc:"Of a fixed end: they have no working time before it, or less than half of what another has."`
}

// before tells of the time before a fixed end.
func (p *BrainstormPerson) before(d time.Duration, unfair bool) {
	m := int64(d / time.Minute)
	p.Minutes, p.Unfair = &m, unfair
}

// inHours are people by how much time they have, the least first.
func inHours(hours map[id.ID]time.Duration) []id.ID {
	out := slices.Collect(maps.Keys(hours))
	slices.SortFunc(out, func(x, y id.ID) int {
		return cmp.Or(cmp.Compare(hours[x], hours[y]), bytes.Compare(x[:], y[:]))
	})
	return out
}

// BrainstormMine is how the reader stands.
type BrainstormMine struct {
	Done  bool       `json:"done"`
	Share *time.Time `json:"share"`
	Room  *string    `json:"room" doc:"Your own room, while people think in small groups."`
}

// BrainstormRoom is a room.
type BrainstormRoom struct {
	ID     string             `json:"id"`
	Name   string             `json:"name"`
	Phase  string             `json:"phase" doc:"act: it is done and waits for the others."`
	People []people.PersonRef `json:"people" nullable:"false"`
}

// BrainstormWarnings is what a step that cannot simply be undone means.
type BrainstormWarnings struct {
	Back string `json:"back" doc:"Empty when there is no phase to go back to."`
	End  string `json:"end"`
}

// BrainstormMay says what the reader may do.
type BrainstormMay struct {
	Join     bool `json:"join"`
	Write    bool `json:"write" doc:"Ideas."`
	Arrange  bool `json:"arrange" doc:"Move, group and merge."`
	Note     bool `json:"note"`
	Vote     bool `json:"vote"`
	Done     bool `json:"done"`
	Step     bool `json:"step"`
	Back     bool `json:"back"`
	Change   bool `json:"change" doc:"Its words, plan and people."`
	Divide   bool `json:"divide"`
	Undivide bool `json:"undivide" doc:"Take the rooms away again: nobody has written in one."`
	Gather   bool `json:"gather"`
	Act      bool `json:"act" doc:"Make tasks, decisions and threads of ideas."`
	Decide   bool `json:"decide" doc:"Decisions can be made here."`
	End      bool `json:"end"`
}

func (s *Service) may(at *at) BrainstormMay {
	b := at.b
	takes := at.mayPost && !b.over() && b.taker(at.a.Person) != nil
	leads := at.facilitates && !b.over()
	whole := b.Parent.IsZero()
	_, back := b.former()
	back = back && !b.final()
	_, on := b.following()
	return BrainstormMay{
		Join:  at.mayPost && !b.over() && b.taker(at.a.Person) == nil && whole,
		Write: takes && at.mayWrite() == nil, Arrange: at.mayPost && !b.over() && at.mayArrange() == nil, Note: takes && at.mayNote() == nil,
		Vote: takes && b.Phase == Vote, Done: takes && b.Phase != Act && !b.inRooms(),
		Step: leads && !b.inRooms() && (on || !whole && b.Phase != Act), Back: leads && back && !b.inRooms() && whole, Change: leads,
		Divide: leads && b.Phase == Collect && whole && len(b.People) > mostInRoom, Gather: leads && b.inRooms(),
		Act: leads && b.Phase == Act && whole, Decide: leads && b.Phase == Act && whole && s.decider != nil, End: leads && whole,
	}
}

// kept says what is kept of who wrote what.
func (b *Brainstorm) kept() string {
	if !b.Settings.V.Anonymous {
		return "Ideas and notes stand under their authors' names once they are revealed. Votes are shown to nobody else, and deleted when the brainstorm ends; what was counted stays."
	}
	if b.over() {
		return "Ideas are anonymous. Whose they were was forgotten when the brainstorm ended, unless their authors claimed them."
	}
	if b.final() {
		return fmt.Sprintf("Ideas, notes and votes are anonymous. The votes are counted and deleted. Whoever wrote an idea can still put their name on it: for that a mark is kept beside it, sealed with a key that is neither in the database nor in backups. The key is destroyed when the brainstorm ends, and %d days after the results opened at the latest. Until then whoever runs this server could find authors out with key and database in hand.", int(claimFor.Hours())/24)
	}
	return fmt.Sprintf("Ideas, notes and votes are anonymous. Beside each is kept a mark, another on each, so that you can change your own and do not vote on it; nobody is shown it. The key to the marks is neither in the database nor in backups, and is destroyed at the end. With fewer than %d votes nothing is counted; once counted, the votes are deleted. Until the end whoever runs this server could find authors out with key and database in hand. Nothing is taken by mail, which would carry your name; and how you write may tell who you are.", fewest)
}

// view puts a brainstorm together for its reader.
func (s *Service) view(ctx context.Context, q db.Queryer, at *at) (v BrainstormView, err error) {
	b := at.b
	who, err := s.eligible(ctx, q, b)
	if err != nil {
		return v, err
	}
	shares, err := s.shares(ctx, q, b, who)
	if err != nil {
		return v, err
	}
	list, err := rooms(ctx, q, b.WorkspaceID, b.ID)
	if err != nil {
		return v, err
	}
	for i := range list {
		r, _, err := load(ctx, q, b.WorkspaceID, list[i].ID)
		if err != nil {
			return v, err
		}
		list[i] = *r
	}
	if b.inRooms() {
		list = slices.DeleteFunc(list, func(r Brainstorm) bool { return r.over() }) // divided anew since
	}
	refs, err := s.refs(ctx, q, b, list)
	if err != nil {
		return v, err
	}
	v = b.plainView()
	v.Facilitator, v.May = refs[b.Facilitator], s.may(at)
	if v.May.Change {
		if v.Fixed, err = s.fixed(ctx, q, b); err != nil {
			return v, err
		}
	}
	v.May.Divide = v.May.Divide && (!b.inRooms() || v.Fixed.Rooms == "")
	v.May.Undivide = v.May.Gather && v.Fixed.Rooms == ""
	if v.Ideas, err = s.number(ctx, q, b); err != nil {
		return v, err
	}
	b.viewPeople(&v, at.a.Person, who, shares, refs)
	hours, err := s.hoursBefore(ctx, q, b, who)
	if err != nil {
		return v, err
	}
	unfair, name := unfairTo(hours), map[string]id.ID{}
	for p := range hours {
		name[refs[p].ID] = p
	}
	for i := range v.People {
		if p, ok := name[v.People[i].Person.ID]; ok {
			v.People[i].before(hours[p], unfair[p])
		}
	}
	for _, r := range list {
		v.Rooms = append(v.Rooms, roomView(r, refs))
		if v.Me != nil && b.inRooms() && r.taker(at.a.Person) != nil {
			x := id.Encode(prefix, r.ID)
			v.Me.Room = &x
		}
	}
	return v, nil
}

func (s *Service) refs(ctx context.Context, q db.Queryer, b *Brainstorm, rooms []Brainstorm) (map[id.ID]people.PersonRef, error) {
	all := []id.ID{b.Facilitator}
	for _, t := range b.People {
		all = append(all, t.Person)
	}
	for _, r := range rooms {
		for _, t := range r.People {
			all = append(all, t.Person)
		}
	}
	return s.people.Refs(ctx, q, b.WorkspaceID, all)
}

// plainView is what needs no look into anything else.
func (b *Brainstorm) plainView() BrainstormView {
	v := BrainstormView{
		ID: id.Encode(prefix, b.ID), Space: id.Encode("sp", b.Space), Thread: id.Encode("thr", b.Thread), Title: b.Title, Prompt: b.Prompt,
		PromptHTML: text.Render(b.Prompt), Template: b.Settings.V.Template, Phase: string(b.Phase), PhaseAt: b.PhaseAt.Time(), EndsAt: b.EndsAt.Pointer(),
		State: b.state(), Anonymous: b.Settings.V.Anonymous, HideCount: b.Settings.V.HideCount, ByHand: b.Settings.V.ByHand, Vote: b.Settings.V.Vote, Seed: b.Seed,
		Kept: b.kept(), Room: b.Room, InRooms: b.inRooms(), Conclusion: b.Conclusion, Concluded: text.Render(b.Conclusion), CreatedAt: b.CreatedAt.Time(), EndedAt: b.EndedAt.Pointer(),
		Plan: []BrainstormStepView{}, People: []BrainstormPerson{}, Rooms: []BrainstormRoom{},
	}
	if !b.Parent.IsZero() {
		x := id.Encode(prefix, b.Parent)
		v.Parent = &x
	}
	for _, st := range b.Settings.V.Plan {
		v.Plan = append(v.Plan, BrainstormStepView{Phase: string(st.Phase), Window: st.Window, Until: st.Until.Pointer(), State: b.when(st.Phase)})
	}
	if b.Parent.IsZero() {
		v.Plan = append(v.Plan, BrainstormStepView{Phase: string(Act), State: b.when(Act)})
	}
	if !b.over() {
		v.Warnings.End = b.endWarning()
		if to, ok := b.former(); ok && b.Parent.IsZero() && !b.final() {
			v.Warnings.Back = b.warning(to)
		}
	}
	return v
}

func (b *Brainstorm) when(p Phase) string {
	switch {
	case p == b.Phase:
		return "now"
	case p.before(b.Phase):
		return "past"
	}
	return "next"
}

// number counts the ideas, unless that is hidden.
func (s *Service) number(ctx context.Context, q db.Queryer, b *Brainstorm) (*int64, error) {
	if b.Phase == Collect && b.Settings.V.HideCount {
		return nil, nil //nolint:nilnil // hidden is not an error
	}
	n, err := countIdeas(ctx, q, b.WorkspaceID, []id.ID{b.ID})
	k := n[b.ID]
	return &k, err
}

func (b *Brainstorm) viewPeople(v *BrainstormView, me id.ID, who []Taker, shares []people.Share, refs map[id.ID]people.PersonRef) {
	ends := map[id.ID]clock.Instant{}
	order := make([]id.ID, 0, len(who))
	for _, x := range shares {
		ends[x.Person] = x.End
		order = append(order, x.Person)
	}
	if len(shares) == 0 {
		for _, t := range who {
			order = append(order, t.Person)
		}
	}
	for _, p := range order {
		v.People = append(v.People, BrainstormPerson{Person: refs[p], Share: ends[p].Pointer()})
		t := b.taker(p)
		if b.done(*t) {
			v.Done++
		}
		if p == me {
			v.Me = &BrainstormMine{Done: b.done(*t), Share: ends[p].Pointer()}
		}
	}
}

func roomView(r Brainstorm, refs map[id.ID]people.PersonRef) BrainstormRoom {
	v := BrainstormRoom{ID: id.Encode(prefix, r.ID), Name: r.Room, Phase: string(r.Phase), People: []people.PersonRef{}}
	for _, t := range r.People {
		v.People = append(v.People, refs[t.Person])
	}
	return v
}

// BrainstormLine is a brainstorm in a list.
type BrainstormLine struct {
	ID     string     `json:"id"`
	Space  string     `json:"space"`
	Thread string     `json:"thread"`
	Title  string     `json:"title"`
	Phase  string     `json:"phase" enum:"collect,reveal,cluster,refine,vote,act,ended"`
	State  string     `json:"state"`
	EndsAt *time.Time `json:"ends_at"`
	Ideas  *int64     `json:"ideas" doc:"Null while their number is hidden."`

	Facilitator people.PersonRef `json:"facilitator"`
	Anonymous   bool             `json:"anonymous"`
	CreatedAt   time.Time        `json:"created_at"`
	EndedAt     *time.Time       `json:"ended_at"`
}

func (s *Service) lines(ctx context.Context, q db.Queryer, ws id.ID, list []Brainstorm) ([]BrainstormLine, error) {
	ids, persons := make([]id.ID, len(list)), make([]id.ID, len(list))
	for i, b := range list {
		ids[i], persons[i] = b.ID, b.Facilitator
	}
	n, err := countIdeas(ctx, q, ws, ids)
	if err != nil {
		return nil, err
	}
	refs, err := s.people.Refs(ctx, q, ws, persons)
	if err != nil {
		return nil, err
	}
	out := []BrainstormLine{}
	for _, b := range list {
		v := BrainstormLine{
			ID: id.Encode(prefix, b.ID), Space: id.Encode("sp", b.Space), Thread: id.Encode("thr", b.Thread), Title: b.Title, Phase: string(b.Phase),
			State: b.state(), EndsAt: b.EndsAt.Pointer(), Facilitator: refs[b.Facilitator], Anonymous: b.Settings.V.Anonymous,
			CreatedAt: b.CreatedAt.Time(), EndedAt: b.EndedAt.Pointer(),
		}
		if b.Phase != Collect || !b.Settings.V.HideCount {
			k := n[b.ID]
			v.Ideas = &k
		}
		out = append(out, v)
	}
	return out, nil
}
