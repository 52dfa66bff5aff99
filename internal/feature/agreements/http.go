package agreements

import (
	"context"
	"strconv"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
)

const tag = "agreements"

// AgreementFields are the settings of an agreement.
type AgreementFields struct {
	Windows     map[string]string   `json:"windows,omitempty" doc:"Response windows by kind of ask: reply, review, approve, decide, do, acknowledge, check_in."`
	Checks      []string            `json:"checks,omitempty" nullable:"false" doc:"Suggested check times, such as 09:30, on each member's own clock." maxItems:"50"`
	Quiet       *AgreementBounds    `json:"quiet,omitempty" doc:"Between which times members may have hours. Admins alone set it."`
	Urgent      AgreementUrgent     `json:"urgent,omitzero"`
	MeetingFree map[string][]string `json:"meeting_free,omitempty" doc:"Weekday (mon … sun) to ranges such as 09:00-12:00, on each member's own clock."`
	Spaces      []string            `json:"spaces,omitempty" nullable:"false" doc:"Spaces in which the agreement holds." maxItems:"500"`
}

// AgreementBounds are the bounds of members' hours.
type AgreementBounds struct {
	Earliest string `json:"earliest" maxLength:"5"`
	Latest   string `json:"latest" maxLength:"5"`
}

// AgreementUrgent says when something may be asked urgently.
type AgreementUrgent struct {
	Who      string `json:"who,omitempty" enum:"anyone,members,admins"`
	PerMonth int    `json:"per_month,omitempty" doc:"How many a month; 0 for no number." minimum:"0" maximum:"1000"`
	Rule     string `json:"rule,omitempty" maxLength:"8000"`
}

// AgreementOut is an agreement in the API.
type AgreementOut struct {
	Team      people.TeamRef    `json:"team"`
	Version   int64             `json:"version" doc:"0 while the team has agreed on nothing."`
	Fields    AgreementFields   `json:"fields"`
	Prose     string            `json:"prose" doc:"Markdown."`
	ProseHTML string            `json:"prose_html"`
	Reason    string            `json:"reason"`
	Author    *people.PersonRef `json:"author"`
	At        *time.Time        `json:"at"`
	May       AgreementMay      `json:"may"`
}

// AgreementMay says what the reader may do.
type AgreementMay struct {
	Change bool `json:"change"`
	Bound  bool `json:"bound" doc:"Set the bounds of members' hours."`
}

// AgreementVersionOut is one line of an agreement's history.
type AgreementVersionOut struct {
	Version  int64                `json:"version"`
	Reason   string               `json:"reason"`
	Author   people.PersonRef     `json:"author"`
	At       time.Time            `json:"at"`
	Restored int64                `json:"restored" doc:"The version that this one brought back; 0 for none."`
	Changes  []AgreementChangeOut `json:"changes" nullable:"false"`
	Prose    []AgreementLine      `json:"prose" nullable:"false" doc:"The page against the version before, line by line; empty where it did not change."`
}

// AgreementChangeOut is one field that changed; empty stands for nothing agreed.
type AgreementChangeOut struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/teams/{team}/agreement", ID: "getAgreement", Summary: "A team's working agreement.", Tag: tag}, s.getAgreement)
	web.Handle(api, web.Op{Method: "PUT", Path: "/teams/{team}/agreement", ID: "setAgreement", Summary: "Change a team's working agreement, with a reason.", Tag: tag}, s.putAgreement)
	web.Handle(api, web.Op{Method: "GET", Path: "/teams/{team}/agreement/versions", ID: "listAgreementVersions", Summary: "How a working agreement changed, newest first.", Tag: tag}, s.listVersions)
	web.Handle(api, web.Op{Method: "GET", Path: "/teams/{team}/agreement/versions/{version}", ID: "getAgreementVersion", Summary: "A working agreement as it was.", Tag: tag}, s.getVersion)
	web.Handle(api, web.Op{Method: "POST", Path: "/teams/{team}/agreement/versions/{version}/restoration", ID: "restoreAgreement", Summary: "Bring an earlier working agreement back, with a reason.", Tag: tag}, s.postRestoration)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/agreements", ID: "myAgreements", Summary: "What your own teams agreed on.", Tag: tag}, s.getMine)
}

type teamIn struct {
	Team string `path:"team"`
}

type versionIn struct {
	Team    string `path:"team"`
	Version string `path:"version" maxLength:"18"`
}

func acting(ctx context.Context, team string) (a actor.Actor, x id.ID, err error) {
	if a, err = actor.From(ctx); err != nil {
		return a, x, err
	}
	x, err = id.Decode("team", team)
	return a, x, err
}

func (in versionIn) acting(ctx context.Context) (a actor.Actor, team id.ID, version int64, err error) {
	if a, team, err = acting(ctx, in.Team); err != nil {
		return a, team, 0, err
	}
	version, err = strconv.ParseInt(in.Version, 10, 64)
	if err != nil || version < 1 {
		err = fault.Missing("version")
	}
	return a, team, version, err
}

func (s *Service) getAgreement(ctx context.Context, in *teamIn) (*web.Out[AgreementOut], error) {
	a, team, err := acting(ctx, in.Team)
	if err != nil {
		return nil, err
	}
	x, err := s.Of(ctx, s.db, a, team)
	return s.out(ctx, a, x, err)
}

func (s *Service) getVersion(ctx context.Context, in *versionIn) (*web.Out[AgreementOut], error) {
	a, team, version, err := in.acting(ctx)
	if err != nil {
		return nil, err
	}
	x, err := s.At(ctx, s.db, a, team, version)
	return s.out(ctx, a, x, err)
}

type setAgreementIn struct {
	Team string `path:"team"`
	Body struct {
		Version int64           `json:"version" doc:"The version that was changed; a newer one meanwhile is a conflict."`
		Fields  AgreementFields `json:"fields"`
		Prose   string          `json:"prose,omitempty" maxLength:"50000"`
		Reason  string          `json:"reason" maxLength:"2000" doc:"The team reads it with the change."`
	}
}

func (s *Service) putAgreement(ctx context.Context, in *setAgreementIn) (*web.Out[AgreementOut], error) {
	a, team, err := acting(ctx, in.Team)
	if err != nil {
		return nil, err
	}
	c := Change{From: in.Body.Version, Prose: in.Body.Prose, Reason: in.Body.Reason}
	if c.Fields, err = in.Body.Fields.read(); err != nil {
		return nil, err
	}
	if err := s.Set(ctx, a, team, c); err != nil {
		return nil, err
	}
	x, err := s.Of(ctx, s.db, a, team)
	return s.out(ctx, a, x, err)
}

type restoreAgreementIn struct {
	Team    string `path:"team"`
	Version string `path:"version" maxLength:"18"`
	Body    struct {
		From   int64  `json:"from" doc:"The version that holds now; a newer one meanwhile is a conflict."`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Service) postRestoration(ctx context.Context, in *restoreAgreementIn) (*web.Out[AgreementOut], error) {
	a, team, version, err := versionIn{in.Team, in.Version}.acting(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.Restore(ctx, a, team, version, in.Body.From, in.Body.Reason); err != nil {
		return nil, err
	}
	x, err := s.Of(ctx, s.db, a, team)
	return s.out(ctx, a, x, err)
}

type listIn struct {
	Team  string `path:"team"`
	After string `query:"after" maxLength:"18"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

func (s *Service) listVersions(ctx context.Context, in *listIn) (*web.Out[web.Page[AgreementVersionOut]], error) {
	a, team, err := acting(ctx, in.Team)
	if err != nil {
		return nil, err
	}
	before := int64(0)
	if in.After != "" {
		if before, err = strconv.ParseInt(in.After, 10, 64); err != nil || before < 1 {
			return nil, web.BadCursor("after")
		}
	}
	list, more, err := s.History(ctx, s.db, a, team, before, in.Limit)
	if err != nil {
		return nil, err
	}
	page, err := s.historyOut(ctx, a, list, in.Limit, more)
	return &web.Out[web.Page[AgreementVersionOut]]{Body: page}, err
}

func (s *Service) historyOut(ctx context.Context, a actor.Actor, list []Version, limit int, more bool) (web.Page[AgreementVersionOut], error) {
	page := web.Page[AgreementVersionOut]{Items: []AgreementVersionOut{}}
	var who []id.ID
	for _, v := range list {
		who = append(who, v.Author)
	}
	refs, err := s.people.Refs(ctx, s.db, a.Workspace, who)
	if err != nil {
		return page, err
	}
	for i, v := range list[:min(limit, len(list))] {
		var was Version
		if i+1 < len(list) {
			was = list[i+1]
		}
		o := AgreementVersionOut{Version: v.Version, Reason: v.Reason, Author: refs[v.Author], At: v.At.Time(), Restored: v.Restored, Changes: []AgreementChangeOut{}, Prose: []AgreementLine{}}
		for _, d := range compare(was, v) {
			if d.Field == "prose" {
				o.Prose = diff(d.Was, d.Is)
				continue
			}
			o.Changes = append(o.Changes, AgreementChangeOut(d))
		}
		page.Items = append(page.Items, o)
	}
	if more {
		page.Next = strconv.FormatInt(page.Items[len(page.Items)-1].Version, 10)
	}
	return page, nil
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Out[web.Page[AgreementOut]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Mine(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	page := web.Page[AgreementOut]{Items: []AgreementOut{}}
	for _, x := range list {
		o, err := s.out(ctx, a, x, nil)
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, o.Body)
	}
	return &web.Out[web.Page[AgreementOut]]{Body: page}, nil
}

func (s *Service) out(ctx context.Context, a actor.Actor, x Agreement, err error) (*web.Out[AgreementOut], error) {
	if err != nil {
		return nil, err
	}
	refs, err := s.people.Refs(ctx, s.db, a.Workspace, []id.ID{x.Author})
	if err != nil {
		return nil, err
	}
	o := AgreementOut{
		Team: people.TeamRef{ID: id.Encode("team", x.Team.ID), Name: x.Team.Name}, Version: x.Version.Version, Fields: x.Fields.V.body(),
		Prose: x.Prose, ProseHTML: text.Render(x.Prose), Reason: x.Reason, At: x.At.Pointer(), May: AgreementMay{x.MayChange, x.MayBound},
	}
	if r, ok := refs[x.Author]; ok {
		o.Author = &r
	}
	return &web.Out[AgreementOut]{Body: o}, nil
}

func (b AgreementFields) read() (f Fields, err error) {
	f = Fields{Windows: map[asks.Kind]string{}, Checks: b.Checks, Urgent: Urgent(b.Urgent), MeetingFree: b.MeetingFree}
	for k, w := range b.Windows {
		f.Windows[asks.Kind(k)] = w
	}
	if b.Quiet != nil {
		q := Bounds(*b.Quiet)
		f.Quiet = &q
	}
	f.Spaces, err = id.DecodeAll("sp", b.Spaces)
	return f, err
}

func (f Fields) body() AgreementFields {
	b := AgreementFields{Windows: map[string]string{}, Checks: f.Checks, Urgent: AgreementUrgent(f.Urgent), MeetingFree: f.MeetingFree, Spaces: id.EncodeAll("sp", f.Spaces)}
	for k, w := range f.Windows {
		b.Windows[string(k)] = w
	}
	if f.Quiet != nil {
		q := AgreementBounds(*f.Quiet)
		b.Quiet = &q
	}
	return b
}
