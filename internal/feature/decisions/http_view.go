package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
	"example.org/meantime/tally"
	"example.org/meantime/worktime"
)

// SpaceView names a space.
type SpaceView struct {
	ID   string `json:"id" doc:"Empty for a guest of the decision."`
	Name string `json:"name"`
}

// DecisionLine is a decision in the register.
type DecisionLine struct {
	ID           string           `json:"id"`
	Title        string           `json:"title"`
	Kind         string           `json:"kind" enum:"sense_check,consent,advice,majority,approval,score,dots,ranked,time"`
	State        string           `json:"state" enum:"draft,scheduled,open,closed,decided,withdrawn,superseded"`
	Space        SpaceView        `json:"space"`
	Maker        people.PersonRef `json:"maker"`
	Decider      people.PersonRef `json:"decider"`
	MadeAt       time.Time        `json:"made_at"`
	OpensAt      *time.Time       `json:"opens_at"`
	OpenedAt     *time.Time       `json:"opened_at"`
	EndsAt       *time.Time       `json:"ends_at"`
	ClosedAt     *time.Time       `json:"closed_at"`
	DecidedAt    *time.Time       `json:"decided_at"`
	ReviewAt     *time.Time       `json:"review_at"`
	Outcome      string           `json:"outcome" doc:"Its first words; empty while there is none."`
	Entitled     int64            `json:"entitled"`
	Voted        int64            `json:"voted"`
	Expected     bool             `json:"expected" doc:"You are entitled, and have not had your say."`
	SupersededBy string           `json:"superseded_by" doc:"Empty unless a later decision replaces it."`
}

// DecisionRef names a decision.
type DecisionRef struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// OptionView is an option.
type OptionView struct {
	Key     string     `json:"key"`
	Name    string     `json:"name"`
	Meaning string     `json:"meaning"`
	Prompt  string     `json:"prompt"`
	Start   *time.Time `json:"start"`
	End     *time.Time `json:"end"`
}

// RulesView are the rules of a decision.
type RulesView struct {
	Method     string     `json:"method"`
	Seats      int        `json:"seats"`
	Share      string     `json:"share"`
	Quorum     int        `json:"quorum"`
	Most       int        `json:"most"`
	Reasons    string     `json:"reasons" enum:"optional,required,off"`
	Blind      string     `json:"blind" enum:"shown,until_voted,until_closed"`
	Anonymous  bool       `json:"anonymous"`
	Sealed     bool       `json:"sealed"`
	Silence    string     `json:"silence" enum:"nothing,consent,abstain,extend,decider"`
	Fair       int64      `json:"fair" doc:"Minutes; 0 with a fixed end."`
	End        *time.Time `json:"end"`
	Early      bool       `json:"early"`
	Objections int64      `json:"objections" doc:"Minutes; 0 for no such window."`
}

// ResultView is how the votes stand, or what was counted.
type ResultView struct {
	Entitled int          `json:"entitled"`
	Voted    int          `json:"voted"`
	Silent   int          `json:"silent"`
	SilentAs string       `json:"silent_as" doc:"What silence counted as: consent, abstain, decider, or empty for nothing."`
	Unopened string       `json:"unopened" enum:",few,lost" doc:"Why an anonymous vote was not counted: fewer than five ballots, or its key was lost."`
	Missing  int          `json:"missing" doc:"Of an anonymous vote: how many voted of whom no ballot was found. Anything but 0 means that the ballots were tampered with."`
	Count    tally.Result `json:"count"`

	Spread *tally.Spread `json:"spread,omitempty" doc:"Of a sense check: how people lie over its words in their order, 0 for the first, and whether they agree."`
}

// ObjectionView is an objection and what became of it.
type ObjectionView struct {
	Person     people.PersonRef  `json:"person"`
	Words      string            `json:"words"`
	MadeAt     time.Time         `json:"made_at"`
	Late       bool              `json:"late"`
	State      string            `json:"state" enum:"standing,resolved,overruled,withdrawn"`
	SettledBy  *people.PersonRef `json:"settled_by"`
	SettledAt  *time.Time        `json:"settled_at"`
	Settlement string            `json:"settlement"`
	May        ObjectionMay      `json:"may"`
}

// ObjectionMay says what the reader may do.
type ObjectionMay struct {
	Resolve  bool `json:"resolve"`
	Overrule bool `json:"overrule"`
	TakeBack bool `json:"take_back"`
}

// OutcomeView is what came of it.
type OutcomeView struct {
	Markdown   string           `json:"markdown"`
	HTML       string           `json:"html"`
	Chosen     []string         `json:"chosen" nullable:"false" doc:"Keys of options."`
	Differs    bool             `json:"differs" doc:"What was chosen is not what was counted; the reason says why."`
	Reason     string           `json:"reason"`
	Dissent    string           `json:"dissent"`
	By         people.PersonRef `json:"by"`
	At         time.Time        `json:"at"`
	ReviewAt   *time.Time       `json:"review_at"`
	ReviewedAt *time.Time       `json:"reviewed_at"`
	Supersedes []DecisionRef    `json:"supersedes" nullable:"false"`
}

// MineView is how the reader stands to it.
type MineView struct {
	VoterView
	Ballot *BallotView `json:"ballot"`
	Spoken string      `json:"spoken" doc:"Your ballot in words; empty while there is none."`
}

// DecisionMay says what the reader may do.
type DecisionMay struct {
	Change      bool `json:"change"`
	Open        bool `json:"open"`
	Discard     bool `json:"discard"`
	Vote        bool `json:"vote"`
	Unvote      bool `json:"unvote"`
	Revise      bool `json:"revise" doc:"Under sealed reasons: change your ballot once, and say what changed your mind."`
	Invite      bool `json:"invite"`
	Extend      bool `json:"extend"`
	Close       bool `json:"close"`
	Withdraw    bool `json:"withdraw"`
	NameDecider bool `json:"name_decider"`
	Decide      bool `json:"decide"`
	Undecide    bool `json:"undecide"`
	Review      bool `json:"review"`
	ObjectLate  bool `json:"object_late"`
}

// DecisionView is a decision as far as it is open to its reader.
type DecisionView struct {
	DecisionLine
	Thread      string          `json:"thread" doc:"Where it is discussed; empty for a draft, and for guests of the decision."`
	Context     string          `json:"context"`
	ContextHTML string          `json:"context_html"`
	Rules       RulesView       `json:"rules"`
	Options     []OptionView    `json:"options" nullable:"false"`
	People      []string        `json:"people" nullable:"false" doc:"Of a draft: who will be asked."`
	Teams       []string        `json:"teams" nullable:"false"`
	Seed        string          `json:"seed" doc:"What the order that breaks ties is drawn from; known from the opening on."`
	TieOrder    []string        `json:"tie_order" nullable:"false"`
	Extended    bool            `json:"extended" doc:"Because of silence."`
	EndedWhy    string          `json:"ended_why"`
	ObjectUntil *time.Time      `json:"object_until" doc:"Until then those who did not have their say may object."`
	Declined    int64           `json:"declined"`
	Hidden      string          `json:"hidden" enum:",until_voted,until_closed" doc:"Why results are not shown; empty when they are."`
	Result      *ResultView     `json:"result"`
	Mine        *MineView       `json:"mine" doc:"Null when you are not entitled."`
	Objections  []ObjectionView `json:"objections" nullable:"false"`
	Decided     *OutcomeView    `json:"decided" doc:"The outcome in full; null while there is none."`
	ReplacedBy  *DecisionRef    `json:"replaced_by"`
	Awaited     []AwaitedView   `json:"awaited" nullable:"false" doc:"Who was invited from outside and is not here yet; told to whoever may invite."`
	Version     int64           `json:"version"`
	May         DecisionMay     `json:"may"`
}

func (s *Service) viewOut(ctx context.Context, a actor.Actor, x id.ID) (*web.Out[DecisionView], error) {
	v, err := s.See(ctx, a, x)
	if err != nil {
		return nil, err
	}
	out, err := s.view(ctx, a, v)
	if err != nil {
		return nil, err
	}
	out.Awaited, err = s.awaitedOut(ctx, a, &v)
	return &web.Out[DecisionView]{Body: out}, err
}

func (s *Service) view(ctx context.Context, a actor.Actor, v Seen) (out DecisionView, err error) {
	named := []id.ID{a.Person, v.DecidedBy}
	if v.Ballot != nil {
		named = append(named, v.Ballot.MovedBy)
	}
	for _, o := range v.Objections {
		named = append(named, o.Person, o.SettledBy)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return out, err
	}
	mine, err := s.people.Hours(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return out, err
	}
	lines, err := s.linesOut(ctx, a, []Line{{Decision: v.Decision, Turnout: v.Turnout, Mine: v.Mine}})
	if err != nil {
		return out, err
	}
	out = DecisionView{
		DecisionLine: lines[0], Context: v.Context, ContextHTML: text.Render(v.Context), Rules: v.Rules.V.view(), Options: []OptionView{},
		People: id.EncodeAll("per", v.Invited.V.People), Teams: id.EncodeAll("team", v.Invited.V.Teams), Seed: v.Seed, TieOrder: v.tieOrder(),
		Extended: v.Extended, EndedWhy: v.EndedWhy, ObjectUntil: v.ObjectUntil.Pointer(), Declined: v.Turnout.Declined, Hidden: v.hiddenWhy(),
		Objections: []ObjectionView{}, Awaited: []AwaitedView{}, Version: v.Version, May: v.May.view(),
	}
	if !v.hidden() {
		out.People, out.Teams = []string{}, []string{}
	}
	if v.Reads {
		out.Thread = id.Encode("thr", v.Thread)
	}
	for _, o := range v.Options.V {
		out.Options = append(out.Options, OptionView{Key: o.Key, Name: o.Name, Meaning: o.Meaning, Prompt: o.Prompt, Start: o.Start.Pointer(), End: o.End.Pointer()})
	}
	if r := v.result(); r != nil {
		out.Result = r
	}
	v.fillView(a, who, mine, &out)
	return out, nil
}

// fillView adds what concerns people.
func (v *Seen) fillView(a actor.Actor, who map[id.ID]people.PersonRef, mine *worktime.Schedule, out *DecisionView) {
	if v.Mine != nil {
		out.Mine = &MineView{VoterView: v.Mine.view(who)}
		if v.Ballot != nil {
			b := v.Ballot.view(who)
			out.Mine.Ballot, out.Mine.Spoken = &b, v.Spoken(v.Ballot.Marks, mine)
		}
	}
	for _, o := range v.Objections {
		out.Objections = append(out.Objections, v.objection(a, who, o))
	}
	if v.State == Decided {
		out.Decided = v.outcome(who)
	}
	if v.ReplacedBy != nil {
		out.ReplacedBy = &DecisionRef{id.Encode("dec", v.ReplacedBy.ID), v.ReplacedBy.Title}
	}
}

// result is how the votes stand, in the API.
func (v *Seen) result() *ResultView {
	if v.Result == nil {
		return nil
	}
	return &ResultView{Entitled: v.Result.Entitled, Voted: v.Result.Voted, Silent: v.Result.Silent, SilentAs: v.Result.SilentAs, Unopened: v.Result.Unopened, Missing: v.Result.Missing, Count: v.Result.Count, Spread: v.Result.Spread}
}

func (v *Seen) hiddenWhy() string {
	if v.Results || v.State != Open {
		return ""
	}
	if v.Rules.V.Blind == UntilClosed {
		return UntilClosed
	}
	return UntilVoted
}

func (d *Decision) tieOrder() []string {
	if d.Seed == "" || len(d.Options.V) == 0 {
		return []string{}
	}
	keys := make([]string, len(d.Options.V))
	for i, o := range d.Options.V {
		keys[i] = o.Key
	}
	return tally.Order(d.Seed, keys)
}

func (v *Seen) objection(a actor.Actor, who map[id.ID]people.PersonRef, o Objection) ObjectionView {
	out := ObjectionView{Person: who[o.Person], Words: o.Words, MadeAt: o.MadeAt.Time(), Late: o.Late, State: o.State, SettledAt: o.SettledAt.Pointer(), Settlement: o.Settlement}
	if !o.SettledBy.IsZero() {
		by := who[o.SettledBy]
		out.SettledBy = &by
	}
	at := seen{Decision: v.Decision}
	out.May = ObjectionMay{Resolve: at.maySettle(a, o, Resolved) == nil, Overrule: at.maySettle(a, o, Overruled) == nil, TakeBack: at.maySettle(a, o, TakenBack) == nil}
	return out
}

func (v *Seen) outcome(who map[id.ID]people.PersonRef) *OutcomeView {
	out := &OutcomeView{
		Markdown: v.Outcome, HTML: text.Render(v.Outcome), Chosen: v.Notes.V.Chosen, Differs: v.differs(v.Notes.V.Chosen), Reason: v.Notes.V.Reason, Dissent: v.Notes.V.Dissent,
		By: who[v.DecidedBy], At: v.DecidedAt.Time(), ReviewAt: v.ReviewAt.Pointer(), ReviewedAt: v.ReviewedAt.Pointer(), Supersedes: []DecisionRef{},
	}
	if out.Chosen == nil {
		out.Chosen = []string{}
	}
	for _, o := range v.Replaces {
		out.Supersedes = append(out.Supersedes, DecisionRef{id.Encode("dec", o.ID), o.Title})
	}
	return out
}

func (m May) view() DecisionMay {
	return DecisionMay{
		Change: m.Change, Open: m.Open, Discard: m.Discard, Vote: m.Vote, Unvote: m.Unvote, Revise: m.Revise, Invite: m.Invite, Extend: m.Extend,
		Close: m.Close, Withdraw: m.Withdraw, NameDecider: m.NameDecider, Decide: m.Decide, Undecide: m.Undecide, Review: m.Review, ObjectLate: m.ObjectLate,
	}
}

func (r Rules) view() RulesView {
	return RulesView{
		Method: r.Method, Seats: r.Seats, Share: r.Share, Quorum: r.Quorum, Most: r.Most, Reasons: r.Reasons, Blind: r.Blind, Anonymous: r.Anonymous, Sealed: r.Sealed,
		Silence: r.Silence, Fair: int64(r.Fair / time.Minute), End: r.End.Pointer(), Early: r.Early, Objections: int64(r.Objections / time.Minute),
	}
}

// shownState is the state as people know it.
func (d *Decision) shownState() State {
	if d.State == Decided && !d.Superseded.IsZero() {
		return stateSuperseded
	}
	return d.State
}

const outcomeExcerpt = 240

func (s *Service) linesOut(ctx context.Context, a actor.Actor, list []Line) ([]DecisionLine, error) {
	var persons, within []id.ID
	for _, l := range list {
		persons, within = append(persons, l.Maker, l.Decider), append(within, l.Space)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, persons)
	if err != nil {
		return nil, err
	}
	spaces, err := s.spaces.SpacesByID(ctx, s.db, a, within)
	out := make([]DecisionLine, len(list))
	for i, l := range list {
		out[i] = DecisionLine{
			ID: id.Encode("dec", l.ID), Title: l.Title, Kind: string(l.Kind), State: string(l.shownState()), Maker: who[l.Maker], Decider: who[l.Decider],
			MadeAt: l.MadeAt.Time(), OpensAt: l.OpensAt.Pointer(), OpenedAt: l.OpenedAt.Pointer(), EndsAt: l.EndsAt.Pointer(), ClosedAt: l.ClosedAt.Pointer(),
			DecidedAt: l.DecidedAt.Pointer(), ReviewAt: l.ReviewAt.Pointer(), Outcome: text.Excerpt(l.Outcome, outcomeExcerpt),
			Entitled: l.Turnout.Entitled, Voted: l.Turnout.Voted, SupersededBy: id.Encode("dec", l.Superseded),
			Expected: l.State == Open && l.Mine != nil && !l.Mine.Done(),
		}
		if sp, ok := spaces[l.Space]; ok {
			out[i].Space = SpaceView{id.Encode("sp", l.Space), sp.Name}
		}
	}
	return out, err
}
