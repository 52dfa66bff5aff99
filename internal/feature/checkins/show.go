package checkins

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// seen is what views of check-ins are made of, read once for all of them.
type seen struct {
	reader actor.Actor
	refs   map[id.ID]people.PersonRef
	spaces map[id.ID]spaces.Space
	leads  map[id.ID]bool // of spaces
	teams  map[id.ID]*people.TeamRef
	counts map[id.ID]int
	parts  map[id.ID]Person
	turns  map[id.ID]id.ID // that wait, by check-in
}

// views shows check-ins to a reader.
func (s *Service) views(ctx context.Context, a actor.Actor, list []Checkin) ([]CheckinView, error) {
	v, err := s.see(ctx, a, list)
	if err != nil {
		return nil, err
	}
	out := []CheckinView{}
	now := s.now()
	for _, c := range list {
		out = append(out, v.view(c, now))
	}
	return out, nil
}

func (s *Service) see(ctx context.Context, a actor.Actor, list []Checkin) (v seen, err error) {
	v = seen{reader: a, leads: map[id.ID]bool{}, teams: map[id.ID]*people.TeamRef{}, parts: map[id.ID]Person{}, turns: map[id.ID]id.ID{}}
	var who, in, ids []id.ID
	for _, c := range list {
		who, in, ids = append(append(who, c.Owner), c.People.V...), append(in, c.Space), append(ids, c.ID)
	}
	if v.refs, err = s.refsOf(ctx, a, who); err != nil {
		return v, err
	}
	if v.spaces, err = s.spaces.SpacesByID(ctx, s.db, a, unique(in)); err != nil {
		return v, err
	}
	for _, sp := range unique(in) {
		if v.leads[sp], err = s.spaces.MayChange(ctx, s.db, a, sp); err != nil {
			return v, err
		}
	}
	for _, c := range list {
		if _, known := v.teams[c.Team]; !known {
			if v.teams[c.Team], err = s.teamOf(ctx, a, c); err != nil {
				return v, err
			}
		}
	}
	if v.counts, err = countAsked(ctx, s.db, a.Workspace, ids); err != nil {
		return v, err
	}
	parts, err := partsOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return v, err
	}
	for _, p := range parts {
		v.parts[p.Checkin] = p
	}
	open, err := openTurns(ctx, s.db, a.Workspace, a.Person)
	for _, t := range open {
		v.turns[t.Checkin] = t.ID
	}
	return v, err
}

func (v seen) view(c Checkin, now clock.Instant) CheckinView {
	o := CheckinView{
		ID: id.Encode("chk", c.ID), Name: c.Name, Purpose: c.Purpose, Space: placeView(v.spaces[c.Space]), Thread: id.Encode("thr", c.Thread), Owner: v.refs[c.Owner],
		Template: c.Template, Team: v.teams[c.Team], People: []people.PersonRef{}, Asked: v.counts[c.ID], Questions: questionViews(c.Questions.V), Rhythm: CheckinRhythm(c.Rhythm.V),
		RhythmWords: c.Rhythm.V.Words(), Hidden: c.Hidden, BlockerWindow: c.BlockerWindow, State: c.State, Version: c.Version,
		MadeAt: c.MadeAt.Time(), EndedAt: c.EndedAt.Pointer(), Outcome: c.Outcome, OwnerLeft: !c.LeftAt.IsZero() && c.State != Ended,
	}
	for _, x := range c.People.V {
		o.People = append(o.People, v.refs[x])
	}
	if p, ok := v.parts[c.ID]; ok {
		o.My = CheckinMine{Asked: p.Asked, Follows: p.Reads, NextAt: p.NextAt.Pointer(), NextDate: p.NextDate, Turn: id.Encode("turn", v.turns[c.ID])}
	}
	if c.PauseUntil > dateIn(now).AddDays(-1).String() {
		o.PauseUntil = c.PauseUntil
	}
	may := v.leads[c.Space] || c.Owner == v.reader.Person && v.reader.Role != actor.Guest
	o.May = CheckinMay{Change: may && c.State != Ended && v.spaces[c.Space].ArchivedAt.IsZero(), Follow: c.State != Ended}
	open := o.OwnerLeft && v.reader.Role != actor.Guest && v.spaces[c.Space].ArchivedAt.IsZero()
	o.May.TakeOver = (o.May.Change || open) && c.Owner != v.reader.Person
	return o
}

func (s *Service) teamOf(ctx context.Context, a actor.Actor, c Checkin) (*people.TeamRef, error) {
	if c.Team.IsZero() {
		return nil, nil
	}
	t, err := s.people.Team(ctx, s.db, a, c.Team)
	if none, err := gone(err); none || err != nil {
		return nil, err
	}
	return &people.TeamRef{ID: id.Encode("team", t.ID), Name: t.Name}, nil
}

func placeView(sp spaces.Space) CheckinSpace {
	return CheckinSpace{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color}
}

// shown is what views of answers are made of.
type shown struct {
	reader   actor.Actor
	refs     map[id.ID]people.PersonRef
	blockers map[id.ID][]Block
	thread   id.ID
}

// look reads who and what some turns and blockers name.
func (s *Service) lookUp(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, turns []Turn, more []Block) (v shown, err error) {
	v = shown{reader: a, blockers: map[id.ID][]Block{}, thread: c.Thread}
	var who, ids []id.ID
	for _, t := range turns {
		who, ids = append(who, t.Person), append(ids, t.ID)
	}
	if len(ids) > 0 {
		list, err := blockersOfTurns(ctx, q, a.Workspace, ids)
		if err != nil {
			return v, err
		}
		for _, b := range list {
			v.blockers[b.Turn] = append(v.blockers[b.Turn], b)
		}
		more = append(more, list...)
	}
	for _, b := range more {
		who = append(who, b.Person, b.WaitsPerson)
	}
	v.refs, err = s.refsOf(ctx, a, append(who, a.Person))
	return v, err
}

// entry shows a published answer; moods only to whoever gave it.
func (v shown) entry(t Turn) CheckinEntry {
	e := CheckinEntry{
		Turn: id.Encode("turn", t.ID), Checkin: id.Encode("chk", t.Checkin), Person: v.refs[t.Person], Date: t.Date, PublishedAt: t.PublishedAt.Time(),
		Late: t.Late(), EditedAt: t.EditedAt.Pointer(), Nothing: t.Nothing, Said: []CheckinSaid{}, Blockers: v.blocks(v.blockers[t.ID]),
	}
	for _, a := range t.Answers.V {
		q, ok := byKey(t.Questions.V, a.Question)
		if !ok || q.private() && t.Person != v.reader.Person {
			continue
		}
		said := CheckinSaid{CheckinAnswer: CheckinAnswer(a), Kind: q.Kind, Asked: q.Text, Unit: q.Unit}
		if q.Kind == Text || q.Kind == OfWeek {
			said.HTML = text.Render(a.Text)
		}
		e.Said = append(e.Said, said)
	}
	return e
}

func (v shown) entries(list []Turn) []CheckinEntry {
	out := []CheckinEntry{}
	for _, t := range list {
		out = append(out, v.entry(t))
	}
	return out
}

func (v shown) block(b Block) CheckinBlocker {
	o := CheckinBlocker{
		ID: id.Encode("block", b.ID), Turn: id.Encode("turn", b.Turn), Person: v.refs[b.Person], Words: b.Words, What: b.WaitsWhat, Ask: id.Encode("ask", b.Ask),
		Thread: id.Encode("thr", v.thread), Post: id.Encode("post", b.Post), MadeAt: b.MadeAt.Time(), SettledAt: b.SettledAt.Pointer(),
		May: CheckinBlockerMay{Settle: b.SettledAt.IsZero() && b.Person == v.reader.Person},
	}
	if r, ok := v.refs[b.WaitsPerson]; ok && !b.WaitsPerson.IsZero() {
		o.For = &r
	}
	return o
}

func (v shown) blocks(list []Block) []CheckinBlocker {
	out := []CheckinBlocker{}
	for _, b := range list {
		out = append(out, v.block(b))
	}
	return out
}

// turnView shows a turn: with draft and what to begin with to whoever is asked.
func (s *Service) turnView(ctx context.Context, a actor.Actor, c Checkin, t Turn) (CheckinTurn, error) {
	o := CheckinTurn{
		ID: id.Encode("turn", t.ID), Checkin: id.Encode("chk", c.ID), Name: c.Name, Thread: id.Encode("thr", c.Thread), Date: t.Date, AskedAt: t.AskedAt.Time(),
		DueAt: t.DueAt.Time(), State: t.State, Questions: questionViews(t.Questions.V), Hidden: c.Hidden, Draft: []CheckinAnswer{}, Did: []CheckinDoing{}, Waiting: []CheckinBlocker{},
	}
	known, err := s.spaces.SpacesByID(ctx, s.db, a, []id.ID{c.Space})
	if err != nil {
		return o, err
	}
	o.Space = placeView(known[c.Space])
	turns, waits := []Turn{t}, []Block{}
	var last Turn
	if t.Person == a.Person {
		var ok bool
		if last, ok, err = lastTurn(ctx, s.db, a.Workspace, c.ID, a.Person, t.AskedAt); err != nil {
			return o, err
		}
		if ok && !last.PublishedAt.IsZero() {
			turns = append(turns, last)
		}
		if waits, err = s.waitsOf(ctx, a, c); err != nil {
			return o, err
		}
	}
	v, err := s.lookUp(ctx, s.db, a, c, turns, waits)
	if err != nil {
		return o, err
	}
	o.Person = v.refs[t.Person]
	if !t.PublishedAt.IsZero() {
		e := v.entry(t)
		o.Answer = &e
	}
	if t.Person != a.Person {
		return o, nil
	}
	if len(turns) > 1 {
		e := v.entry(last)
		o.Last = &e
	}
	o.Waiting = v.blocks(waits)
	o.May = t.may(c, s.now())
	o.Draft, o.DraftAt = answerViews(t.Draft.V.Answers), t.DraftAt.Pointer()
	if t.PublishedAt.IsZero() && o.May.Answer {
		did, err := s.before(ctx, s.db, a, c, t)
		if err != nil {
			return o, err
		}
		for _, d := range did {
			o.Did = append(o.Did, CheckinDoing{Words: d.Words, Path: d.Path, At: d.At.Time()})
		}
	}
	return o, nil
}

// may says what whoever is asked may do.
func (t Turn) may(c Checkin, now clock.Instant) CheckinTurnMay {
	if c.State == Ended {
		return CheckinTurnMay{}
	}
	published := !t.PublishedAt.IsZero()
	return CheckinTurnMay{
		Answer: published || now <= t.DueAt.Add(stale), Skip: t.State == Open, Withdraw: published && !c.Hidden && t.DeliveredAt.IsZero(),
	}
}

// waitsOf lists what the actor waits for in a check-in.
func (s *Service) waitsOf(ctx context.Context, a actor.Actor, c Checkin) ([]Block, error) {
	list, err := openBlockers(ctx, s.db, a.Workspace, c.ID, id.ID{}, mostLines)
	out := []Block{}
	for _, b := range list {
		if b.Person == a.Person {
			out = append(out, b)
		}
	}
	return out, err
}

func (s *Service) reportView(ctx context.Context, a actor.Actor, c Checkin, r Report) (CheckinReport, error) {
	o := CheckinReport{
		ID: id.Encode("crep", r.ID), Checkin: id.Encode("chk", c.ID), Name: c.Name, Date: r.Date, MadeAt: r.MadeAt.Time(), Answered: r.Answered, Asked: some(r.Asked),
		People: []CheckinVoice{},
	}
	waits, err := openBlockers(ctx, s.db, a.Workspace, c.ID, id.ID{}, mostLines)
	if err != nil {
		return o, err
	}
	if waits, err = s.seenBlocks(ctx, s.db, a, c, waits); err != nil {
		return o, err
	}
	v, err := s.lookUp(ctx, s.db, a, c, r.Turns, waits)
	if err != nil {
		return o, err
	}
	o.Waiting = v.blocks(waits)
	of := byPerson(r.Turns)
	for _, t := range r.Turns {
		list := of[t.Person]
		if len(list) == 0 {
			continue
		}
		delete(of, t.Person)
		o.People = append(o.People, CheckinVoice{Person: v.refs[t.Person], Latest: v.entry(list[0]), Earlier: v.entries(list[1:])})
	}
	return o, nil
}

// seenBlocks keeps the blockers that a reader may read: those of answers that are
// hidden from them wait, unless they are what somebody asked in the thread.
func (s *Service) seenBlocks(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, list []Block) ([]Block, error) {
	var ids []id.ID
	for _, b := range list {
		ids = append(ids, b.Turn)
	}
	if len(ids) == 0 {
		return list, nil
	}
	turns, err := turnsByID(ctx, q, a.Workspace, unique(ids))
	if err != nil {
		return nil, err
	}
	if turns, err = s.readable(ctx, q, a, c, turns); err != nil {
		return nil, err
	}
	seen := map[id.ID]bool{}
	for _, t := range turns {
		seen[t.ID] = true
	}
	out := []Block{}
	for _, b := range list {
		if seen[b.Turn] || !b.Ask.IsZero() || b.Person == a.Person {
			out = append(out, b)
		}
	}
	return out, nil
}
