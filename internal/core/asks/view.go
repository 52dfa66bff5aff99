package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// AskView is an ask as the API shows it to one reader.
type AskView struct {
	ID          string           `json:"id"`
	Thread      string           `json:"thread"`
	Post        string           `json:"post"`
	ThreadTitle string           `json:"thread_title"`
	Space       SpaceView        `json:"space"`
	Asker       people.PersonRef `json:"asker"`
	Kind        string           `json:"kind" enum:"reply,review,approve,decide,do,acknowledge,check_in"`
	Text        string           `json:"text"`
	Urgency     string           `json:"urgency" enum:"routine,soon,urgent"`
	Reason      string           `json:"reason"`
	Otherwise   string           `json:"otherwise"`
	Window      string           `json:"window" doc:"Working time an answer may take, such as 4h or 1d; empty when there is a deadline."`
	Deadline    *time.Time       `json:"deadline"`
	Need        Need             `json:"need"`
	Choices     []string         `json:"choices" nullable:"false"`
	Silence     SilenceView      `json:"silence"`
	State       string           `json:"state" enum:"open,settled,released,lapsed"`
	Note        string           `json:"note" doc:"What silence led to."`
	Owed        []OwedView       `json:"owed" nullable:"false"`
	Answered    int              `json:"answered"`
	Needed      int              `json:"needed"`
	CreatedAt   time.Time        `json:"created_at"`
	SettledAt   *time.Time       `json:"settled_at"`
	LastDue     *time.Time       `json:"last_due"`
	Elsewhere   string           `json:"elsewhere" doc:"The path of the page on which it is answered; empty when it is answered here."`
	May         May              `json:"may"`
}

// SpaceView is the space an ask is in.
type SpaceView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

// SilenceView says what silence means.
type SilenceView struct {
	Then string            `json:"then" enum:"nothing,consent,escalate,i_decide"`
	To   *people.PersonRef `json:"to"`
}

// OwedView is one addressee.
type OwedView struct {
	Person     people.PersonRef  `json:"person"`
	State      string            `json:"state" enum:"waiting,acknowledged,answered,declined,passed,released"`
	Late       bool              `json:"late"`
	Reach      *time.Time        `json:"reach"`
	Due        *time.Time        `json:"due"`
	PromisedAt *time.Time        `json:"promised_at"`
	Answer     *AnswerView       `json:"answer"`
	Reason     string            `json:"reason"`
	PassedTo   *people.PersonRef `json:"passed_to"`
	PassedBy   *people.PersonRef `json:"passed_by"`
	InStead    bool              `json:"in_stead" doc:"Asked because others were silent; this answer alone is enough."`
	ChangedAt  time.Time         `json:"changed_at"`
}

// AnswerView is an answer that was given.
type AnswerView struct {
	Value *string   `json:"value"`
	Note  string    `json:"note"`
	Post  *string   `json:"post"`
	At    time.Time `json:"at"`
}

// May says what the reader may do with the ask now.
type May struct {
	Answer      bool `json:"answer"`
	Acknowledge bool `json:"acknowledge"`
	Decline     bool `json:"decline"`
	Pass        bool `json:"pass"`
	Release     bool `json:"release"`
	Extend      bool `json:"extend"`
	Remind      bool `json:"remind"`
	Undo        bool `json:"undo"`
}

// Views shows asks to a reader, in a constant number of queries. Those in threads
// that the reader may not see are left out.
func (s *Service) Views(ctx context.Context, q db.Queryer, a actor.Actor, list []Ask) ([]AskView, error) {
	if len(list) == 0 {
		return []AskView{}, nil
	}
	_, views, err := s.seen(ctx, q, a, list)
	return views, err
}

// seen is Views together with those asks that the reader may see.
func (s *Service) seen(ctx context.Context, q db.Queryer, a actor.Actor, list []Ask) (shown []*Ask, views []AskView, err error) {
	places, err := s.places(ctx, q, a, threadsOf(list))
	if err != nil {
		return nil, nil, err
	}
	who, err := s.people.Refs(ctx, q, a.Workspace, everybody(list))
	if err != nil {
		return nil, nil, err
	}
	now := s.db.Clock().Now()
	views = make([]AskView, 0, len(list))
	for i := range list {
		if w, ok := places[list[i].ThreadID]; ok && (list[i].Quiet == 0 || list[i].Of(a.Person) != nil) {
			shown, views = append(shown, &list[i]), append(views, list[i].view(a.Person, now, w, who))
		}
	}
	return shown, views, nil
}

// ViewOf shows one ask; a not_found fault when the reader may not see it.
func (s *Service) ViewOf(ctx context.Context, q db.Queryer, a actor.Actor, ask Ask) (AskView, error) {
	list, err := s.Views(ctx, q, a, []Ask{ask})
	if err != nil {
		return AskView{}, err
	}
	if len(list) == 0 {
		return AskView{}, missing()
	}
	return list[0], nil
}

func threadsOf(list []Ask) []id.ID {
	out := make([]id.ID, 0, len(list))
	for _, a := range list {
		out = append(out, a.ThreadID)
	}
	return out
}

func everybody(list []Ask) []id.ID {
	var out []id.ID
	for i := range list {
		out = append(out, list[i].Everybody()...)
	}
	return unique(out)
}

func (a *Ask) view(me id.ID, now clock.Instant, w where, who map[id.ID]people.PersonRef) AskView {
	answered, needed := a.needed()
	if a.Quiet != 0 {
		answered, needed = 0, 0
	}
	v := AskView{
		ID: id.Encode("ask", a.ID), Thread: id.Encode("thr", a.ThreadID), Post: id.Encode("post", a.PostID), ThreadTitle: w.Title,
		Space: w.Space, Asker: who[a.AskerID], Kind: string(a.Kind), Text: a.Text, Urgency: string(a.Urgency), Reason: a.Reason,
		Otherwise: a.Otherwise, Window: a.TimeWindow, Deadline: a.Deadline.Pointer(), Need: Need(a.Need), Choices: a.Choices.V,
		Silence: SilenceView{Then: a.Silence, To: ref(who, a.SilenceTo)}, State: string(a.State), Note: a.Note, Owed: []OwedView{},
		Answered: answered, Needed: needed, CreatedAt: a.CreatedAt.Time(), SettledAt: a.SettledAt.Pointer(),
		LastDue: a.LastDue.Pointer(), Elsewhere: a.HeldPath, May: a.may(me, now),
	}
	if v.Choices == nil {
		v.Choices = []string{}
	}
	for _, o := range a.Owed {
		if a.shownTo(me, o) {
			v.Owed = append(v.Owed, o.view(now, who))
		}
	}
	return v
}

func (o Owed) view(now clock.Instant, who map[id.ID]people.PersonRef) OwedView {
	v := OwedView{
		Person: who[o.PersonID], State: string(o.State), Late: o.Late(now), Reach: o.Reach.Pointer(), Due: o.Due.Pointer(),
		PromisedAt: o.PromisedAt.Pointer(), Reason: o.Reason, PassedTo: ref(who, o.PassedTo), PassedBy: ref(who, o.PassedBy),
		InStead: o.InStead, ChangedAt: o.ChangedAt.Time(),
	}
	if o.State == Answered {
		v.Answer = &AnswerView{Note: o.AnswerNote, At: o.AnsweredAt.Time()}
		if o.AnswerValue != "" {
			v.Answer.Value = &o.AnswerValue
		}
		if !o.AnswerPost.IsZero() {
			post := id.Encode("post", o.AnswerPost)
			v.Answer.Post = &post
		}
	}
	return v
}

func ref(who map[id.ID]people.PersonRef, x id.ID) *people.PersonRef {
	if r, ok := who[x]; ok {
		return &r
	}
	return nil
}

// shownTo says whether a reader sees how it stands with an addressee: of a quiet ask
// everybody sees their own row alone.
func (a *Ask) shownTo(me id.ID, o Owed) bool { return a.Quiet == 0 || o.PersonID == me }

// may says what one person may do now; it mirrors what the use cases check.
func (a *Ask) may(me id.ID, now clock.Instant) (m May) {
	o := a.Of(me)
	if a.held() {
		m.Acknowledge = a.State == Open && o != nil && (o.Open() || o.State == Declined)
		m.Decline = m.Acknowledge && o.Open()
		return m
	}
	if o != nil && o.State == Answered {
		m.Undo = now-o.AnsweredAt <= undoFor && (a.State == Open || (a.State == Settled && a.SettledBy == me))
	}
	if a.State != Open {
		return m
	}
	if o != nil && (o.Open() || o.State == Declined) {
		m.Answer, m.Acknowledge, m.Decline, m.Pass = true, true, o.Open(), true
	}
	if a.AskerID == me {
		m.Release, m.Extend = true, a.anyOpen()
		for _, r := range a.Owed {
			m.Remind = m.Remind || r.remindable(now)
		}
	}
	return m
}
