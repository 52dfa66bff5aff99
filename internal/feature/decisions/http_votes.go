package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesVotes(api *web.API) {
	web.Handle(api, web.Op{Method: "PUT", Path: "/decisions/{decision}/ballot", ID: "vote", Summary: "Have your say, or say it anew.", Tag: tag}, s.putBallotOp)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/decisions/{decision}/ballot", ID: "unvote", Summary: "Take your ballot back while the decision is open.", Tag: tag}, s.acting(s.Unvote))
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/ballots", ID: "listBallots", Summary: "What others said, as far as it is open to you.", Tag: tag}, s.getBallots)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/voters", ID: "listVoters", Summary: "Who is entitled, by when each has had their share of hours, and who has had their say.", Tag: tag}, s.getVoters)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/voters", ID: "inviteVoters", Summary: "Entitle more people; the end waits for their share of hours.", Tag: tag}, s.postVoters)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/decisions/{decision}/voters/{person}", ID: "uninviteVoter", Summary: "Entitle somebody no more who has not had their say.", Tag: tag}, s.deleteVoterOp)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/objections", ID: "objectLate", Summary: "Object after the close, as somebody who was absent: the decision goes on.", Tag: tag}, s.postObjection)
	web.Handle(api, web.Op{Method: "PUT", Path: "/decisions/{decision}/objections/{person}", ID: "settleObjection", Summary: "Say what became of an objection.", Tag: tag}, s.putObjectionOp)
}

// MarksView is what is said on a ballot.
type MarksView struct {
	Abstain  bool              `json:"abstain,omitempty"`
	Choice   string            `json:"choice,omitempty" maxLength:"20" doc:"The key of an option. Where consent is asked for: consent, concern or object."`
	Approved []string          `json:"approved,omitempty" maxItems:"100" doc:"Keys of options."`
	Scores   map[string]int    `json:"scores,omitempty" doc:"Key to points or dots; of a time 2 is yes, 1 if need be, 0 no."`
	Ranking  [][]string        `json:"ranking,omitempty" maxItems:"100" doc:"Keys, best first; those side by side are equal."`
	Reason   string            `json:"reason,omitempty" maxLength:"16000"`
	Reasons  map[string]string `json:"reasons,omitempty" doc:"For single options, by key."`
}

// MovedView says what changed somebody's mind.
type MovedView struct {
	By  string `json:"by,omitempty" doc:"Whose reason it was, if it was one."`
	Why string `json:"why,omitempty" maxLength:"16000"`
}

type ballotIn struct {
	Decision string `path:"decision"`
	Body     struct {
		MarksView
		Line  string     `json:"line,omitempty" maxLength:"4000" doc:"Instead of marks: what one would write as the first line of a mail, such as “B > A > C”, “A 4, B 2”, “object: why” or “abstain”."`
		Moved *MovedView `json:"moved,omitempty" doc:"Of a revision under sealed reasons: what changed your mind."`
	}
}

func (s *Service) putBallotOp(ctx context.Context, in *ballotIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	var moved Moved
	if m := in.Body.Moved; m != nil {
		moved.Why = m.Why
		if m.By != "" {
			if moved.By, err = id.Decode("per", m.By); err != nil {
				return nil, err
			}
		}
	}
	m := Marks(in.Body.MarksView)
	if in.Body.Line != "" {
		about := m.Reasons
		if m, err = s.ReadLine(ctx, a, x, in.Body.Line, m.Reason); err != nil {
			return nil, err
		}
		m.Reasons = about
	}
	if _, err := s.Vote(ctx, a, x, m, moved); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type pageIn struct {
	Decision string `path:"decision"`
	After    string `query:"after"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (in *pageIn) after() (id.ID, error) { return web.After("per", in.After) }

// BallotView is what somebody said.
type BallotView struct {
	Person    people.PersonRef  `json:"person"`
	Marks     MarksView         `json:"marks"`
	First     *MarksView        `json:"first" doc:"Before the one revision that sealed reasons allow; null when it was not revised."`
	MovedBy   *people.PersonRef `json:"moved_by" doc:"Whose reason changed their mind."`
	MovedWhy  string            `json:"moved_why"`
	CastAt    time.Time         `json:"cast_at"`
	ChangedAt time.Time         `json:"changed_at"`
}

func (b Ballot) view(who map[id.ID]people.PersonRef) BallotView {
	v := BallotView{Person: who[b.Person], Marks: MarksView(b.Marks), MovedWhy: b.MovedWhy, CastAt: b.CastAt.Time(), ChangedAt: b.ChangedAt.Time()}
	if b.First != nil {
		first := MarksView(*b.First)
		v.First = &first
	}
	if !b.MovedBy.IsZero() {
		by := who[b.MovedBy]
		v.MovedBy = &by
	}
	return v
}

func (s *Service) getBallots(ctx context.Context, in *pageIn) (*web.Out[web.Page[BallotView]], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, more, err := s.Ballots(ctx, a, x, after, in.Limit)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	for _, b := range list {
		ids = append(ids, b.Person, b.MovedBy)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, ids)
	page := web.Page[BallotView]{Items: []BallotView{}}
	for _, b := range list {
		page.Items = append(page.Items, b.view(who))
	}
	if more {
		page.Next = id.Encode("per", list[len(list)-1].Person)
	}
	return &web.Out[web.Page[BallotView]]{Body: page}, err
}

// VoterView is somebody entitled.
type VoterView struct {
	Person   people.PersonRef `json:"person"`
	Guest    bool             `json:"guest" doc:"Sees this decision and nothing else of its space."`
	From     time.Time        `json:"from"`
	ShareAt  *time.Time       `json:"share_at" doc:"When they have had their share of hours; null with a fixed end, or when that is not in sight."`
	Voted    bool             `json:"voted"`
	Declined bool             `json:"declined" doc:"Said that they will not vote; they may all the same."`
}

func (v Voter) view(who map[id.ID]people.PersonRef) VoterView {
	return VoterView{Person: who[v.Person], Guest: v.Guest, From: v.From.Time(), ShareAt: v.Share.Pointer(), Voted: v.Voted, Declined: v.Declined}
}

func (s *Service) getVoters(ctx context.Context, in *pageIn) (*web.Out[web.Page[VoterView]], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, more, err := s.Voters(ctx, a, x, after, in.Limit)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	for _, v := range list {
		ids = append(ids, v.Person)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, ids)
	page := web.Page[VoterView]{Items: []VoterView{}}
	for _, v := range list {
		page.Items = append(page.Items, v.view(who))
	}
	if more {
		page.Next = id.Encode("per", list[len(list)-1].Person)
	}
	return &web.Out[web.Page[VoterView]]{Body: page}, err
}

type votersIn struct {
	Decision string `path:"decision"`
	Body     struct {
		People []string `json:"people,omitempty" maxItems:"1000"`
		Teams  []string `json:"teams,omitempty" maxItems:"100"`
	}
}

func (s *Service) postVoters(ctx context.Context, in *votersIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	who, err := readInvited(in.Body.People, in.Body.Teams)
	if err != nil {
		return nil, err
	}
	if err := s.Invite(ctx, a, x, who); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type onPersonIn struct {
	Decision string `path:"decision"`
	Person   string `path:"person"`
}

func (s *Service) deleteVoterOp(ctx context.Context, in *onPersonIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	person, err := id.Decode("per", in.Person)
	if err != nil {
		return nil, err
	}
	if err := s.Uninvite(ctx, a, x, person); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type objectIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Words string `json:"words" maxLength:"16000"`
	}
}

func (s *Service) postObjection(ctx context.Context, in *objectIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	if err := s.ObjectLate(ctx, a, x, in.Body.Words); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type settleIn struct {
	Decision string `path:"decision"`
	Person   string `path:"person"`
	Body     struct {
		State string `json:"state" enum:"resolved,overruled,withdrawn"`
		Words string `json:"words,omitempty" maxLength:"16000"`
	}
}

func (s *Service) putObjectionOp(ctx context.Context, in *settleIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	person, err := id.Decode("per", in.Person)
	if err != nil {
		return nil, err
	}
	if err := s.Settle(ctx, a, x, person, in.Body.State, in.Body.Words); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}
